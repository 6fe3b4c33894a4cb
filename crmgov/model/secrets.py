"""Passwords within connection texts: whether one is there, and the text with it covered. Pure."""

import re
from collections.abc import Iterator

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


_AFTER_KEY = re.compile(r"((?:^|[\s{,])[\"']?(?:token|secret|key)[\"']?\s*:\s*[\"']?)(?![|>\s])([^\s\"',}]+)")
_RUN = re.compile(r"(?<![^\s\"':{,])(?=[^\s\"',}]*[0-9])(?=[^\s\"',}]*[A-Za-z])[A-Za-z0-9+/=!._~-]{32,}")
"""A run of letters and digits as long as tokens and lines of keys are."""


def _without(found: re.Match[str]) -> str:
    return found[1] + (found[2] if _named(found[2]) else "*" * len(found[2]))


def covered_line(line: str) -> str:
    """A line of an environment's file fit to show, whatever is wrong with it: passwords, what stands at the keys of
    secrets, and anything that looks like a token are covered.
    """
    line = _AFTER_KEY.sub(
        lambda found: found[1] + (found[2] if _named(found[2]) else "*" * len(found[2])), covered(line)
    )
    return _RUN.sub(lambda found: "*" * len(found[0]), line)


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
