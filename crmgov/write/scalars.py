"""Single values as YAML text: plain where every reader takes it for what it is, quoted where one might not."""

import re
from decimal import Decimal
from functools import lru_cache

from crmgov.load.odd import INVISIBLE, OPENING

_PLAIN = re.compile(r"[A-Za-z_$/(][A-Za-z0-9_$/().+*=<>@%&;|~^'\"! -]*\Z")
"""Texts that can only be texts, but for the words below: most names. What it leaves out is looked at closely."""
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
"""The last six for readers of YAML 1.1."""
_NUMBER_LIKE = re.compile(
    r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?\.[0-9_]+([eE][-+]?[0-9]+)?|[-+]?0[xob][0-9a-fA-F_]+"
    r"|[-+]?\.(inf|nan)|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?",
    re.IGNORECASE,
)
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~")
_FLOW = re.compile(r"[,\[\]{}:?]")
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[" + "".join(sorted(INVISIBLE)) + "]"
)
"""What is written as an escape: control characters, and spaces and marks that cannot be seen."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_MUST_ESCAPE = re.compile(r'[\\"\n\t]|' + _UNPRINTABLE.pattern)
_LONGEST_KEY = 1000
"""Characters; libyaml takes a key for one only up to 1,024."""


@lru_cache(maxsize=65536)
def text(value: str, *, flow: bool = False) -> str:
    """A text on one line; ``flow`` says that it stands within brackets or braces."""
    if _PLAIN.match(value) and value[-1] != " " and value.lower() not in _WORDS:
        return value
    if _is_plain(value) and not (flow and _FLOW.search(value)):
        return value
    if '"' in value and "'" not in value and not _UNPRINTABLE.search(value) and "\n" not in value and "\t" not in value:
        return f"'{value}'"
    return f'"{_MUST_ESCAPE.sub(_escape, value)}"'


def _is_plain(value: str) -> bool:
    if not value or value[0] in _INDICATORS or value[-1] in ": \t" or value[0] in " \t":
        return False
    if value.lower() in _WORDS or _NUMBER_LIKE.fullmatch(value) or value.startswith(("---", "...")):
        return False
    if ": " in value or " #" in value or "\n" in value or "\t" in value or _UNPRINTABLE.search(value):
        return False
    return value[0] not in OPENING


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if character in _ESCAPES:
        return _ESCAPES[character]
    number = ord(character)
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"


def key(name: str, pad: str = "", *, flow: bool = False) -> str:
    """A key with its colon. One too long for a key on one line is written the long way, with a question mark."""
    written = name if name == "on" else text(name, flow=flow)
    return f"{written}:" if len(written) <= _LONGEST_KEY else f"? {written}\n{pad}:"


def scalar(value: object, *, flow: bool = False) -> str:
    """Any single value on one line. Raises ValueError for what cannot be written (NaN, infinity, other types)."""
    if isinstance(value, str):
        return text(value, flow=flow)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value)
    raise ValueError(f"{type(value).__name__} cannot be written as YAML")


def number(value: float) -> str:
    """A fraction as it is read as a number: no exponent, no zero at the end, whole ones as integers."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN differs from itself
        raise ValueError(f"{value} is no number that can be written")
    written = format(Decimal(repr(value)), "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written


def literal(value: str, indent: int) -> list[str] | None:
    """A text of several lines as a literal block: its header and its lines; None where it must be quoted.

    ``indent`` is the number of spaces before the block's lines.
    """
    if "\n" not in value.strip("\n") or _UNPRINTABLE.search(value):
        return None
    body = value.rstrip("\n")
    lines = body.split("\n")
    if any(line and not line.strip() for line in lines):
        return None
    ended = len(value) - len(body)
    header = "|" + ("2" if lines[0][:1] in (" ", "\t", "") else "") + ("-" if not ended else "" if ended == 1 else "+")
    pad = " " * indent
    return [header, *(pad + line if line else "" for line in lines), *([""] * (ended - 1))]
