"""Bodies as tidy YAML: attributes in the model's order, elements one line each where they fit, texts as blocks.

Written by hand rather than with a YAML library for speed (a project has some 130,000 permission rows); that what is
written is read back equal is proved by tests for arbitrary bodies.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from crmgov.model.canonical import Body
from crmgov.model.shape import KEY, Shape, shape_of
from crmgov.write.named import named_rows
from crmgov.write.scalars import key, literal, scalar

WIDTH = 120
"""Columns up to which a list or an element stands on one line."""
ROW_WIDTH = 200
"""The same for an element of a map, such as a permission row: one line each wherever that is at all readable."""
STEP = "  "

_FIRST = ("label", "description", "owner", "tags")
_LAST = ("protect", "lifecycle", "renamed_from", "complete", "native")
_LEAF = Shape(form="leaf")


def document(kind: str, name: str, parent: str | None, body: Body) -> str:
    """A whole document. ``body`` is in canonical form; raises ValueError for values YAML cannot hold."""
    out = [f"kind: {kind}"]
    put(out, "", "name:", name, _LEAF)
    if parent is not None:
        put(out, "", "object:", parent, _LEAF)
    out += body_lines(kind, body)
    return "\n".join(out) + "\n"


def body_lines(kind: str, body: Body, pad: str = "") -> list[str]:
    """The lines of a body, each after ``pad``."""
    shape = shape_of(kind)
    out: list[str] = []
    for name in top_order(shape, body):
        if kind == "PermissionSet" and name == "objects" and body[name]:
            out.append(f"{pad}objects:")
            out += [f"{pad}{STEP}{key(row, pad + STEP)} {text}" for row, text in named_rows(_rows(shape, body[name]))]
        else:
            put(out, pad, key(name, pad), body[name], shape.attributes.get(name, _LEAF), top=True)
    return out


def top_order(shape: Shape, body: Mapping[str, Any]) -> list[str]:
    """The attributes of a body: who and what first, its own next, how it is governed last."""
    own = [name for name in shape.attributes if name not in _FIRST and name not in _LAST]
    order = {name: place for place, name in enumerate((*_FIRST, *own, *_LAST))}
    return sorted(body, key=lambda name: (order.get(name, len(order)), name))


def is_kind(shape: Shape) -> bool:
    """Whether a shape is that of a whole kind, a document's or an inline resource's."""
    return "renamed_from" in shape.attributes


def ordered(shape: Shape, body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The entries of a part or map in the order in which they are written."""
    if shape.form == "map" or not shape.attributes:
        yield from sorted(body.items()) if shape.form == "map" else body.items()
        return
    for name in shape.attributes:
        if name in body:
            yield name, body[name]
    yield from ((name, value) for name, value in body.items() if name not in shape.attributes)


def put(out: list[str], pad: str, head: str, value: Any, shape: Shape, *, top: bool = False) -> None:
    """Add the lines of one entry. ``head`` is its key with the colon, or a dash."""
    if isinstance(value, str) and "\n" in value:
        block = literal(value, len(pad) + 2)
        if block is not None:
            out.append(f"{pad}{head} {block[0]}")
            out += block[1:]
            return
    if not isinstance(value, (dict, list)) or not value:
        out.append(f"{pad}{head} {_short(value)}")
        return
    if is_unordered(shape) and isinstance(value, list):
        _block(out, pad, head, value, shape)
        return
    row = one_line(value, shape, top=top, room=_room(value, shape, top=top) - len(pad) - len(head) - 1)
    if row is not None:
        out.append(f"{pad}{head} {row}")
    elif isinstance(value, dict) and is_offer(shape):
        out.append(f"{pad}{head} {{")
        rows = [f"{pad}{STEP}{_pair(name, inner, shape)}" for name, inner in ordered(shape, value)]
        out += [f"{line}," for line in rows[:-1]] + [f"{rows[-1]} }}"]
    else:
        _block(out, pad, head, value, shape)


def _block(out: list[str], pad: str, head: str, value: dict[str, Any] | list[Any], shape: Shape) -> None:
    inner: list[str] = []
    below = pad + STEP
    if isinstance(value, dict):
        for name, entry in ordered(shape, value):
            put(inner, below, key(name, below), shorthand(entry, shape), entry_shape(shape, name))
    else:
        for entry in value:
            put(inner, below, "-", shorthand(entry, shape), shape.item or _LEAF)
    if head == "-":
        out.append(f"{pad}- {inner[0][len(below) :]}")
        out += inner[1:]
    else:
        out.append(f"{pad}{head}")
        out += inner


def shorthand(entry: Any, shape: Shape) -> Any:
    """An element in its short form: by its name alone where that is all it holds, a choice by its values alone."""
    if isinstance(entry, dict) and len(entry) == 1:
        if shape.form == "keyed" and KEY in entry:
            return entry[KEY]
        if is_offer(shape) and isinstance(entry.get("values"), list):
            return entry["values"]
    return entry


def entry_shape(shape: Shape, name: str) -> Shape:
    """The shape of an entry of a part or map."""
    if shape.form == "map":
        return shape.item or _LEAF
    if shape.criteria:
        return shape
    return shape.attributes.get(name, _LEAF)


def is_offer(shape: Shape) -> bool:
    """Whether a map gives values by name (a record type's picklists, dependent values): written as a flow map."""
    item = shape.item
    return shape.form == "map" and item is not None and (item.form == "set" or "values" in item.attributes)


def is_unordered(shape: Shape) -> bool:
    """Whether a list has no order: it is sorted, one entry a line, so that branches which add to it merge."""
    return shape.form in ("set", "keyed") and not shape.ordered


def one_line(value: dict[str, Any] | list[Any], shape: Shape, *, top: bool, room: int) -> str | None:
    """A collection within brackets or braces; None where it does not fit or would not be readable so."""
    if isinstance(value, list):
        entries = [shorthand(entry, shape) for entry in value]
        if not all(_simple(entry) for entry in entries):
            return None
        text = "[" + ", ".join([scalar(entry, flow=True) for entry in entries]) + "]"
    elif is_offer(shape):
        text = "{" + ", ".join([_pair(name, inner, shape) for name, inner in ordered(shape, value)]) + "}"
    else:
        if (top and not shape.criteria) or shape.form == "map" or not all(map(_simple_or_list, value.values())):
            return None
        text = flow(value, shape)
    return text if len(text) <= room else None


def flow(value: Any, shape: Shape) -> str:
    """Any value within brackets and braces, however long."""
    if isinstance(value, dict) and value:
        return "{" + ", ".join([_pair(name, inner, shape) for name, inner in ordered(shape, value)]) + "}"
    if isinstance(value, list) and value:
        return "[" + ", ".join([flow(shorthand(entry, shape), shape.item or _LEAF) for entry in value]) + "]"
    return _short(value, flow=True)


def _pair(name: str, value: Any, shape: Shape) -> str:
    return f"{key(name, flow=True)} {flow(shorthand(value, shape), entry_shape(shape, name))}"


def _rows(shape: Shape, objects: Mapping[str, Body]) -> dict[str, str]:
    row = shape.attributes["objects"].item or _LEAF
    return {name: flow(objects[name], row) for name in sorted(objects)}


def _room(value: object, shape: Shape, *, top: bool) -> int:
    return ROW_WIDTH if isinstance(value, dict) and shape.form == "struct" and not top else WIDTH


def _short(value: Any, *, flow: bool = False) -> str:
    if isinstance(value, dict):
        return "{}"
    return "[]" if isinstance(value, list) else scalar(value, flow=flow)


def _simple(value: object) -> bool:
    if isinstance(value, str):
        return "\n" not in value and len(value) <= WIDTH
    return not isinstance(value, (dict, list))


def _simple_or_list(value: object) -> bool:
    return all(map(_simple, value)) if isinstance(value, list) else _simple(value)
