"""Routes walked in plain values: looked up, and replaced or left out in a copy."""

from collections.abc import Iterable
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


def without(value: Any, routes: Iterable[Route]) -> Any:
    """A copy of a value without what stands at the routes; elements of lists go by name, text or position.

    Of entries with one name all but the first are left out, since the first stands.
    """
    branches: _Branches = {}
    for route in routes:
        node = branches
        for step in route[:-1]:
            node = node.setdefault(step, {})
        if route:
            node.setdefault(route[-1], {})[_END] = {}
    return _pruned(value, branches)


_Branches = dict[str, "_Branches"]
_END = "\0end"
"""Stands in a branch whose route ends there; no key of a document holds a NUL."""


def _pruned(value: Any, branches: _Branches) -> Any:
    if isinstance(value, dict):
        return {
            key: _pruned(inner, branches[key]) if key in branches else inner
            for key, inner in value.items()
            if _END not in branches.get(key, ())
        }
    if not isinstance(value, list):
        return value
    places: dict[str, list[int]] = {}
    for index, item in enumerate(value):
        name = name_of(item)
        if isinstance(name, str) and name in branches:
            places.setdefault(name, []).append(index)
    gone: set[int] = set()
    changed: dict[int, Any] = {}
    for step, below in branches.items():
        found = places.get(step) or [index for index in [_index(value, step)] if index is not None]
        if _END in below:
            gone.update(found[1:] or found)
        elif found:
            changed[found[0]] = _pruned(value[found[0]], below)
    return [changed.get(index, item) for index, item in enumerate(value) if index not in gone]


def name_of(item: Any) -> Any:
    """What an element of a list is known by: its name, or itself."""
    return item.get(KEY) if isinstance(item, dict) else item


def position(items: list[Any], step: str) -> int | None:
    """Where the element that a step of a route names stands in a list: by name, by its text, or by position."""
    for index, item in enumerate(items):
        if name_of(item) == step:
            return index
    return _index(items, step)


def _index(items: list[Any], step: str) -> int | None:
    return int(step) if step.isascii() and step.isdigit() and len(step) < 9 and int(step) < len(items) else None
