"""Routes walked in plain values: looked up, and replaced in a copy."""

from typing import Any

from crmgov.load.accept import position
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
