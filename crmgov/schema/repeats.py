"""Names that stand twice in a list whose entries are known by their names."""

from collections.abc import Iterator
from functools import cache

from crmgov.model.shape import KEY, Shape, shape_of

Branches = dict[str, "Branch"]
Branch = tuple[bool, Branches]
"""Of one attribute: whether it is such a list, and the attributes below that hold one."""


@cache
def _branches(kind: str) -> Branches:
    return _below(shape_of(kind))


def _below(shape: Shape) -> Branches:
    found: Branches = {}
    for name, attribute in shape.attributes.items():
        inner = attribute.item if attribute.form in ("keyed", "map") else attribute
        below = _below(inner) if inner is not None else {}
        if attribute.form == "keyed" or below:
            found[name] = (attribute.form == "keyed", below)
    return found


def repeated(kind: str, body: object) -> Iterator[tuple[list[str | int], str]]:
    """Each name that stands in a list more than once, with the path of the list."""
    branches = _branches(kind)
    if isinstance(body, dict) and not branches.keys().isdisjoint(body):
        yield from _walk(branches, body, [])


def any_repeated(kind: str, body: object) -> bool:
    """Whether there is any."""
    if isinstance(body, dict) and _branches(kind).keys().isdisjoint(body):
        return False
    return next(repeated(kind, body), None) is not None


def _walk(branches: Branches, body: dict[str, object], path: list[str | int]) -> Iterator[tuple[list[str | int], str]]:
    for name, (keyed, below) in branches.items():
        value = body.get(name)
        if not value:
            continue
        if keyed and isinstance(value, list):
            yield from (([*path, name], twice) for twice in _twice(value))
        if below:
            yield from _entries(below, value, [*path, name])


def _entries(below: Branches, value: object, path: list[str | int]) -> Iterator[tuple[list[str | int], str]]:
    if isinstance(value, list):
        for index, inner in enumerate(value):
            if isinstance(inner, dict):
                yield from _walk(below, inner, [*path, index])
    elif isinstance(value, dict):
        yield from _walk(below, value, path)
        for key, inner in value.items():
            if isinstance(inner, dict):
                yield from _walk(below, inner, [*path, key])


def _twice(entries: list[object]) -> Iterator[str]:
    seen: set[str] = set()
    for entry in entries:
        name = entry.get(KEY) if isinstance(entry, dict) else entry
        if not isinstance(name, str):
            continue
        if name in seen:
            yield name
        seen.add(name)
