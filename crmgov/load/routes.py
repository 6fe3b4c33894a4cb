"""Routes walked in plain values: looked up, and replaced or left out in a copy."""

from typing import Any

from crmgov.model.diagnostics import Route
from crmgov.model.shape import KEY


def held(value: Any, route: Route) -> Any:
    """What stands at a route; None where nothing does."""
    for step in route:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            at = position(value, step)
            value = None if at is None else value[at]
        else:
            return None
    return value


def replaced(value: Any, route: Route, new: Any) -> Any:
    """A copy of a value with another one at a route; None where the route leads into a text or number.

    Maps on the way are made where they are missing; an element named only by its text becomes one with attributes.
    """
    if not route:
        return new
    step, rest = route[0], route[1:]
    if value is None:
        value = {}
    if isinstance(value, dict):
        inner = replaced(value.get(step), rest, new)
        return None if inner is None and rest else {**value, step: inner}
    if isinstance(value, list):
        at = position(value, step)
        if at is None:
            return None
        old = value[at] if isinstance(value[at], (dict, list)) or not rest else {KEY: value[at]}
        inner = replaced(old, rest, new)
        return None if inner is None else [*value[:at], inner, *value[at + 1 :]]
    return None


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
