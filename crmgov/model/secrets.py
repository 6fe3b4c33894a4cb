"""Passwords within connection texts: whether one is there, and the text with it covered. Pure."""

import re
from collections.abc import Iterable, Iterator

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.model.flat import build, flatten
from crmgov.model.shape import Shape, shape_of

_IN_URL = re.compile(r"(://[^\s/:@\"'<>]*:)([^\s\"'<>]+)(?=@)")
_IN_QUERY = re.compile(r"(?i)([?&](?:password|passwd|pwd|sslpassword|token|secret)=)([^&#\s\"'<>]+)")
_REFERENCE = re.compile(r"(?:\$\{[A-Za-z_][A-Za-z0-9_]*\})+\Z")
"""Names of environment variables and nothing else: what may stand where a password goes."""


def covered(text: str) -> str:
    """The text with every password in it covered by as many asterisks; names of variables stay."""
    for form in (_IN_URL, _IN_QUERY):
        text = form.sub(_without, text)
    return text


_AFTER_KEY = re.compile(
    r"""(?xi) ( (?: ^ | [\s{,] ) ["']? [\w-]* (?: token | secret | key | password | passphrase ) ["']? \s* : \s* )
        ( "(?:[^"\\]|\\.)*"? | '(?:[^']|\'\')*'? | \[[^\]]*\]? | \$\{\w+\} | (?![|>]) [^,}]+ | [|>].* | $ )"""
)
"""A key of a secret, and what stands there: between quotes, in brackets, to the next comma, or below."""
_RUN = re.compile(r"(?<![^\s\"':{,])(?=[^\s\"',}]*[0-9])(?=[^\s\"',}]*[A-Za-z])[A-Za-z0-9+/=!._~-]{32,}")
"""A run of letters and digits as long as tokens and lines of keys are."""


def _without(found: re.Match[str]) -> str:
    return found[1] + (found[2] if _named(found[2]) else "*" * len(found[2]))


def covered_lines(lines: Iterable[str]) -> Iterator[str]:
    """Lines of an environment's file fit to show, whatever is wrong with it: passwords, what stands at the keys of
    secrets or below them, and anything that looks like a token are covered.
    """
    within = -1
    for line in lines:
        deep = len(line) - len(line.lstrip())
        if not line.strip():
            yield line
        elif 0 <= within < deep:
            yield line[:deep] + _value(line[deep:])
        else:
            within = deep if _AFTER_KEY.search(line) else -1
            at_keys = _AFTER_KEY.sub(lambda found: found[1] + _value(found[2]), covered(line))
            yield _RUN.sub(lambda found: "*" * len(found[0]), at_keys)


def _value(text: str) -> str:
    """A value covered, but for names of variables and the signs of a text that follows below."""
    plain = text.strip().strip("\"'")
    return text if _named(plain) or re.fullmatch(r"[|>][-+0-9]*", plain) else re.sub(r"\S", "*", text)


def holds_password(text: str) -> bool:
    """Whether a password itself is written in the text, and not the name of a variable."""
    return covered(text) != text


def _named(part: str) -> bool:
    return _REFERENCE.match(part) is not None


def secret_texts(kind: str, body: Body) -> Iterator[tuple[Route, str]]:
    """The texts of a body at attributes that hold secrets."""
    for route, value in flatten(kind, body).items():
        if isinstance(value, str) and _is_secret(shape_of(kind), route):
            yield route, value


def without_passwords(kind: str, body: Body) -> Body:
    """A body fit to show: the same, with passwords covered."""
    found = {route: covered(text) for route, text in secret_texts(kind, body) if holds_password(text)}
    return build(kind, {**flatten(kind, body), **found}) if found else body


def _is_secret(shape: Shape | None, route: Route) -> bool:
    for step in route:
        if shape is None:
            return False
        shape = shape.item if shape.form in ("map", "keyed", "set") else shape.attributes.get(step)
        if shape is not None and shape.secret:
            return True
    return False
