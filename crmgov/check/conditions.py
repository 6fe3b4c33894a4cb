"""Walking the conditions of a resource: each criterion with its route and the object it is about."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.model.shape import KEY, Shape, shape_of


class Condition(NamedTuple):
    """One criterion where it stands; ``context`` is the object whose records it is about."""

    route: Route
    value: dict[str, Any]
    context: str | None


def conditions(kind: str, body: Body, context: str | None) -> Iterator[Condition]:
    """All criteria of a body, inner ones after the ones that hold them."""
    yield from _struct(shape_of(kind), body, (), context)


def _struct(shape: Shape, body: Body, route: Route, context: str | None) -> Iterator[Condition]:
    own = body.get("object")
    inner = own if isinstance(own, str) and "object" in shape.attributes else context
    for name, value in body.items():
        attribute = shape.attributes.get(name)
        if attribute is not None and attribute.refers:
            yield from _value(attribute, value, (*route, name), inner)


def _value(shape: Shape, value: Any, route: Route, context: str | None) -> Iterator[Condition]:
    item = shape.item
    if shape.criteria:
        yield from _criteria(value, route, context)
    elif isinstance(value, dict) and shape.form == "map" and item is not None and item.refers:
        for key, inner in value.items():
            yield from _value(item, inner, (*route, key), key if shape.key_ref == "Object" else context)
    elif isinstance(value, dict):
        yield from _struct(shape, value, route, context)
    elif isinstance(value, list) and item is not None:
        for index, inner in enumerate(value):
            if isinstance(inner, dict):
                yield from _struct(item, inner, (*route, str(inner.get(KEY, index))), context)


def _criteria(value: Any, route: Route, context: str | None) -> Iterator[Condition]:
    waiting = [(value, route)]
    while waiting:
        one, at = waiting.pop()
        if isinstance(one, list):
            waiting += reversed([(inner, (*at, str(index))) for index, inner in enumerate(one)])
        elif isinstance(one, dict):
            yield Condition(at, one, context)
            waiting += [(one[name], (*at, name)) for name in ("not", "any", "all") if one.get(name) is not None]
