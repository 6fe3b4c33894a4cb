"""Whether bodies are well formed, and what is left of one that is not once everything at fault is taken out."""

from crmgov.load.routes import without
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route, Where
from crmgov.schema.validate import is_valid, problems

_MOST_ROUNDS = 8


def accepted(kind: str, body: Body, where: Where, address: str) -> tuple[Body | None, list[Diagnostic]]:
    """A well-formed body, and what was told of the parts left out; None where nothing usable remains."""
    if is_valid(kind, body):
        return body, []
    told = problems(kind, body, where, address)
    found = told
    for _ in range(_MOST_ROUNDS):
        routes = {_inner(where, problem) for problem in found if problem.severity == "error"}
        for route in sorted(routes, key=len, reverse=True):
            body = without(body, route)
        if is_valid(kind, body):
            return body, told
        found = problems(kind, body, where, address)
        if not any(_inner(where, problem) for problem in found):
            break
    return None, told


def _inner(where: Where, problem: Diagnostic) -> Route:
    at = problem.at
    return at.route[len(where.route) :] if isinstance(at, Where) else ()
