"""The words of a query."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import Refused, at

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<datetime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))
      | (?P<date>\d{4}-\d\d-\d\d(?![\dT]))
      | (?P<time>\d\d:\d\d:\d\d(?:\.\d+)?Z?)
      | (?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![A-Za-z_]))
      | (?P<name>[A-Za-z][A-Za-z0-9_]*(?:\s*\.\s*[A-Za-z][A-Za-z0-9_]*)*)
      | (?P<string>'(?:[^'\\]|\\.)*')
      | (?P<sign><>|!=|<=|>=|[=<>(),:])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True)
class Token:
    """A word: its kind, its text as written, its place."""

    kind: str
    text: str
    at: int


def malformed(text: str, position: int, said: str) -> Refused:
    """What the vendor says of a query that is none."""
    return Refused(400, "MALFORMED_QUERY", at(text, position, said))


def tokens(text: str) -> list[Token]:
    """All words, with one of kind `end` after them."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise malformed(text, position, f"line 1:{position} no viable alternative at character '{text[position]}'")
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, match.group(), position))
        position = match.end()
    return [*found, Token("end", "<EOF>", len(text))]


def unescaped(text: str, token: Token) -> tuple[str, str]:
    """The value of a quoted text, and its form for LIKE, in which `\\%` and `\\_` keep their backslash."""
    body, value, pattern = token.text[1:-1], "", ""
    position = 0
    while position < len(body):
        char = body[position]
        if char != "\\":
            value, pattern, position = value + char, pattern + char, position + 1
            continue
        follower = body[position + 1]
        if follower in "%_":
            value, pattern, position = value + follower, pattern + "\\" + follower, position + 2
        elif follower in "uU" and re.fullmatch(r"[0-9A-Fa-f]{4}", body[position + 2 : position + 6]):
            char = chr(int(body[position + 2 : position + 6], 16))
            value, pattern, position = value + char, pattern + char, position + 6
        elif follower.lower() in _ESCAPES:
            char = _ESCAPES[follower.lower()]
            value, pattern, position = value + char, pattern + ("\\\\" if char == "\\" else char), position + 2
        else:
            raise malformed(
                text,
                token.at,
                f"Invalid string literal '{body}'. Illegal character sequence '\\{follower}' in string literal.",
            )
    return value, pattern
