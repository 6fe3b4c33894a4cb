"""The canonical form of a body: shorthands written out, lists without an order sorted."""

from typing import Any

from crmgov.model.canonical import Body
from crmgov.model.shape import KEY, Shape, shape_of


def canonical_body(kind: str, body: Body) -> Body:
    """The body with shorthands written out; equal configurations give equal bodies. Idempotent."""
    return _struct(shape_of(kind), body)


def canonical_value(shape: Shape, value: Any) -> Any:
    """The same for the value of one attribute or element."""
    return value if shape.form == "leaf" or value is None else _value(shape, value)


def _struct(shape: Shape, body: Body) -> Body:
    attributes = shape.attributes
    result = body
    # Most attributes are leaves, which are in canonical form already.
    for name in shape.composed & body.keys():
        value = body[name]
        new = canonical_value(attributes[name], value)
        if new is not value:
            if result is body:
                result = dict(body)
            result[name] = new
    return result


def _value(shape: Shape, value: Any) -> Any:
    item = shape.item
    if shape.form == "struct":
        if isinstance(value, list) and "values" in shape.attributes:
            return {"values": sorted(set(value))}
        return _struct(shape, value) if isinstance(value, dict) else value
    if shape.form == "set" and isinstance(value, list):
        return _distinct(value)
    if shape.form == "map" and isinstance(value, dict) and item is not None and item.form != "leaf":
        return {key: _value(item, inner) for key, inner in value.items()}
    if shape.form == "keyed" and isinstance(value, list) and item is not None:
        rows = [_struct(item, row) if isinstance(row, dict) else {KEY: row} for row in value]
        return rows if shape.ordered else sorted(rows, key=lambda row: str(row[KEY]))
    return value


def _distinct(values: list[Any]) -> list[Any]:
    """Each value once, in order; values of several sorts by their sort first, as true is not 1."""
    if all(isinstance(value, str) for value in values):
        return sorted(set(values))
    by_sort = {(type(value).__name__, value): value for value in values}
    return [by_sort[key] for key in sorted(by_sort)]
