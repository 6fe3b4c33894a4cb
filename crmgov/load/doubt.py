"""Bodies that hold numbers in a doubtful spelling: the problem is told already, so it is not told a second time."""

from collections.abc import Iterator
from typing import Any

from crmgov.load.accept import accepted
from crmgov.load.events import Doubtful
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route, Where
from crmgov.model.shape import KEY


def undoubted(kind: str, body: Body, where: Where, address: str) -> tuple[Body | None, list[Diagnostic]]:
    """A body whose doubtful numbers stand as text where text is right and are left out where it is not."""
    doubts = {(*where.route, *route) for route in _doubts(body, ())}
    usable, told = accepted(kind, plain_texts(body), where, address)
    return usable, [problem for problem in told if not (isinstance(problem.at, Where) and problem.at.route in doubts)]


def plain_texts(value: Any) -> Any:
    """The value with every doubtful number as ordinary text."""
    if isinstance(value, dict):
        return {key: plain_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain_texts(inner) for inner in value]
    return str(value) if isinstance(value, Doubtful) else value


def _doubts(value: Any, route: Route) -> Iterator[Route]:
    if isinstance(value, Doubtful):
        yield route
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _doubts(inner, (*route, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            named = inner.get(KEY) if isinstance(inner, dict) else inner
            yield from _doubts(inner, (*route, str(named) if isinstance(named, str) else str(index)))
            yield from ((*route, str(index)) for _ in [0] if isinstance(inner, Doubtful))
