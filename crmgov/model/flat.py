"""Bodies taken apart into routes, and put together again.

A route is a tuple of attribute names and element keys in turn, as the shape says. An element is present by a route of
its own with the value PRESENT; the order of an ordered collection stands at the collection's route plus ORDER. An empty
collection or part is a route with an empty list or map as its value.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from crmgov.model.address import quote
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.model.shape import KEY, Shape, shape_of

PRESENT = "\u0000present"
"""The value at an element's own route."""
ORDER = "\u0000order"
"""The last step of the route of a collection's order; the value is the list of keys."""

Flat = dict[Route, Any]


def flatten(kind: str, body: Body) -> Flat:
    """All routes of a body with their values."""
    flat: Flat = {}
    _struct(shape_of(kind), body, (), flat)
    return flat


def _struct(shape: Shape, body: Body, route: Route, flat: Flat) -> None:
    for name, value in body.items():
        attribute = shape.attributes.get(name)
        if attribute is None or attribute.form == "leaf" or value in ([], {}):
            flat[(*route, name)] = value
        else:
            _value(attribute, value, (*route, name), flat)


def _value(shape: Shape, value: Any, route: Route, flat: Flat) -> None:
    item = shape.item
    if shape.form == "struct" and isinstance(value, dict):
        _struct(shape, value, route, flat)
    elif shape.form == "map" and isinstance(value, dict) and item is not None:
        for key, inner in value.items():
            _element(item, inner, (*route, key), flat)
    elif shape.form == "keyed" and isinstance(value, list) and item is not None:
        for inner in value:
            named = inner if isinstance(inner, dict) else {KEY: inner}
            _element(item, {k: v for k, v in named.items() if k != KEY}, (*route, named[KEY]), flat)
        _order(shape, [inner[KEY] if isinstance(inner, dict) else inner for inner in value], route, flat)
    elif shape.form == "set" and isinstance(value, list):
        for inner in value:
            flat[(*route, inner)] = PRESENT
    else:
        flat[route] = value


def _element(item: Shape, value: Any, route: Route, flat: Flat) -> None:
    if item.form == "leaf" or not isinstance(value, (dict, list)):
        flat[route] = value
        return
    flat[route] = PRESENT
    _value(item, value, route, flat)


def _order(shape: Shape, keys: list[str], route: Route, flat: Flat) -> None:
    if shape.ordered and len(keys) > 1:
        flat[(*route, ORDER)] = keys


def build(kind: str, flat: Mapping[Route, Any]) -> Body:
    """The body that has these routes; the inverse of :func:`flatten` up to canonical form. What stands below a route
    counts, whatever emptiness the route itself has.
    """
    tree: dict[str, Any] = {}
    for route in sorted(flat, key=len):
        value = flat[route]
        node = tree
        for step in route[:-1]:
            inner = node.get(step)
            node[step] = inner if isinstance(inner, dict) else {}
            node = node[step]
        if value is PRESENT or value == PRESENT:
            node.setdefault(route[-1], {})
        else:
            node[route[-1]] = value
    return _rebuild_struct(shape_of(kind), tree)


def _rebuild_struct(shape: Shape, tree: dict[str, Any]) -> Body:
    return {
        name: _rebuild(shape.attributes[name], value) if name in shape.attributes else value
        for name, value in tree.items()
    }


def _rebuild(shape: Shape, value: Any) -> Any:
    if shape.form == "leaf" or not isinstance(value, dict):
        return value
    if shape.form == "struct":
        return _rebuild_struct(shape, value)
    order = value.pop(ORDER, [])
    if shape.form == "set":
        return sorted(value)
    item = shape.item
    assert item is not None
    if shape.form == "map":
        return {key: _rebuild(item, inner) for key, inner in value.items()}
    ordered = set(order)
    keys = [key for key in order if key in value] + [key for key in value if key not in ordered]
    return [{KEY: key, **_rebuild_struct(item, value[key])} for key in keys]


def is_element(kind: str, route: Route) -> bool:
    """Whether a route names an element of a collection (rather than an attribute of something)."""
    return any(is_key for _, is_key in _steps(kind, route)[-1:])


def _steps(kind: str, route: Iterable[str]) -> list[tuple[str, bool]]:
    """Each step of a route with whether it is an element's key."""
    shape: Shape | None = shape_of(kind)
    steps = []
    for step in route:
        collection = shape is not None and shape.form in ("map", "keyed", "set")
        steps.append((step, collection and step != ORDER))
        if shape is None:
            continue
        shape = shape.item if collection else shape.attributes.get(step)
    return steps


def route_text(kind: str, route: Route) -> str:
    """A route as people read it: ``values[New].label``; an order as ``values (order)``."""
    text = ""
    for step, is_key in _steps(kind, route):
        if step == ORDER:
            text += " (order)"
        elif is_key:
            text += f"[{quote(step)}]"
        else:
            text += f".{step}" if text else step
    return text


def element_of(kind: str, route: Route) -> tuple[str, str]:
    """A route as (element suffix of an address, attribute in it): ``("#values[New]", "label")``."""
    suffix, pending = "", ""
    for step, is_key in _steps(kind, route):
        if is_key:
            suffix += f"#{pending}[{quote(step)}]"
            pending = ""
        elif step == ORDER:
            pending += " (order)"
        else:
            pending += f".{step}" if pending else step
    return suffix, pending


def is_local(kind: str, route: Route) -> bool:
    """Whether a route lies in an attribute that crmgov itself uses and that no CRM needs to be in order."""
    shape: Shape | None = shape_of(kind)
    for step in route:
        if shape is None:
            return False
        shape = shape.item if shape.form in ("map", "keyed", "set") else shape.attributes.get(step)
        if shape is not None and shape.local:
            return True
    return False
