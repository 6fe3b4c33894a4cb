"""Whether bodies are well formed, and what is left of one that is not once everything at fault is taken out."""

from typing import Any

from crmgov.load.routes import without
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route, Where, of
from crmgov.schema.validate import is_valid, problems

_MOST_ROUNDS = 8
"""Times that what is at fault is taken out; each goes at least one level up, and the model has 9."""
_MOST_VALUES = 50_000
"""Values of one resource that are looked through for what is wrong; the largest real profile has about 30,000."""


def accepted(kind: str, body: Body, where: Where, address: str) -> tuple[Body | None, list[Diagnostic]]:
    """A well-formed body, and what was told of the parts left out; None where nothing usable remains."""
    if is_valid(kind, body):
        return body, []
    part, whole = _beginning(body)
    found = told = problems(kind, part, where, address)
    if not whole:
        more = f"Something is wrong with {address}, which is too large to be looked through whole"
        return None, [*told, of("DOC011", more, at=where, address=address)]
    for _ in range(_MOST_ROUNDS):
        routes = [_inner(where, problem) for problem in found if problem.severity == "error"]
        body = without(body, routes)
        if is_valid(kind, body):
            return body, told
        if not any(routes):
            break
        found = problems(kind, body, where)
    return None, told


def _inner(where: Where, problem: Diagnostic) -> Route:
    at = problem.at
    return at.route[len(where.route) :] if isinstance(at, Where) else ()


def _beginning(body: Body) -> tuple[Body, bool]:
    """A body cut off after so many values that looking through it takes seconds, and whether it is the whole."""
    left = _MOST_VALUES

    def cut(value: Any) -> Any:
        nonlocal left
        left -= 1
        if isinstance(value, dict):
            return {key: cut(inner) for key, inner in value.items() if left > 0}
        if isinstance(value, list):
            return [cut(inner) for inner in value if left > 0]
        return value

    part = cut(body)
    return (body, True) if left > 0 else (part, False)
