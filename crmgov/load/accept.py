"""Whether bodies are well formed, and what is left of one that is not once everything at fault is taken out."""

from typing import Any

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route, Where
from crmgov.model.shape import KEY
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


def without(value: Any, route: Route) -> Any:
    """A copy of a value without what stands at a route; elements of lists go by name, text or position."""
    if not route:
        return value
    if isinstance(value, dict):
        if route[0] not in value:
            return value
        rest = {key: inner for key, inner in value.items() if key != route[0]}
        return rest if len(route) == 1 else {**value, route[0]: without(value[route[0]], route[1:])}
    if isinstance(value, list):
        named = [index for index, item in enumerate(value) if name_of(item) == route[0]]
        at = named[0] if named else position(value, route[0])
        if at is None:
            return value
        if len(route) > 1:
            return [*value[:at], without(value[at], route[1:]), *value[at + 1 :]]
        # Of entries with one name the first stands.
        gone = set(named[1:] or [at])
        return [item for index, item in enumerate(value) if index not in gone]
    return value


def name_of(item: Any) -> Any:
    """What an element of a list is known by: its name, or itself."""
    return item.get(KEY) if isinstance(item, dict) else item


def position(items: list[Any], step: str) -> int | None:
    """Where the element that a step of a route names stands in a list: by name, by its text, or by position."""
    for index, item in enumerate(items):
        if name_of(item) == step:
            return index
    return int(step) if step.isascii() and step.isdigit() and len(step) < 9 and int(step) < len(items) else None
