"""Every reference a body makes: what is named, where, and in whose context."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from crmgov.model.address import address
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.model.kinds import KINDS
from crmgov.model.shape import KEY, Shape, shape_of


class Reference(NamedTuple):
    """A name used at a route.

    ``kind`` is what it names: a kind; ``Field`` (of ``context``), ``FieldPath`` (dotted, from ``context``),
    ``ObjectField`` (``Object.Field``), ``ValueSet`` (a Picklist or StageSet), ``Stage`` (of the pipeline or stage set
    in the document), ``PipelineStage`` (of this pipeline). ``context`` is the object the name is read in, if any.
    """

    route: Route
    kind: str
    name: str
    context: str | None
    is_key: bool = False


def targets(reference: Reference) -> tuple[str, ...]:
    """The addresses a reference can mean, most likely first; none where that takes more than the name.

    A path means its first hop; a stage has no address of its own, its stage set is referred to beside it.
    """
    kind, name, context = reference.kind, reference.name, reference.context
    if kind == "ValueSet":
        return address("Picklist", name), address("StageSet", name)
    if kind == "ObjectField":
        parent, _, field = name.partition(".")
        return (address("Field", field, parent),) if field else ()
    if kind == "FieldPath":
        return (address("Field", name.partition(".")[0], context),) if context else ()
    if kind in ("Stage", "PipelineStage"):
        return ()
    needed = KINDS[kind].parent
    if needed == "always":
        return (address(kind, name, context),) if context else ()
    return (address(kind, name),)


def references(kind: str, body: Body, parent: str | None = None) -> Iterator[Reference]:
    """All references of a body, in document order. ``parent`` is the document's object (an Object: its own name)."""
    shape = shape_of(kind)
    if shape.refers:
        yield from _struct(shape, body, (), parent)


def _struct(shape: Shape, body: Body, route: Route, context: str | None) -> Iterator[Reference]:
    own = body.get("object")
    inner = own if isinstance(own, str) and "object" in shape.attributes else context
    for name, value in body.items():
        attribute = shape.attributes.get(name)
        if attribute is not None and attribute.refers and value is not None:
            yield from _value(attribute, value, (*route, name), inner)


def _value(shape: Shape, value: Any, route: Route, context: str | None) -> Iterator[Reference]:
    if shape.criteria:
        yield from _criteria(value, route, context)
    elif isinstance(value, str):
        if shape.ref:
            yield Reference(route, shape.ref, value, context)
    elif isinstance(value, list):
        yield from _list(shape, value, route, context)
    elif isinstance(value, dict):
        if shape.form == "map":
            yield from _map(shape, value, route, context)
        else:
            yield from _struct(shape, value, route, context)


def _list(shape: Shape, value: list[Any], route: Route, context: str | None) -> Iterator[Reference]:
    item = shape.item
    for index, inner in enumerate(value):
        if isinstance(inner, str):
            ref = shape.ref or (item.attributes[KEY].ref if item is not None and KEY in item.attributes else "")
            if ref:
                yield Reference((*route, inner), ref, inner, context)
        elif isinstance(inner, dict) and item is not None:
            yield from _struct(item, inner, (*route, str(inner.get(KEY, index))), context)


def _map(shape: Shape, value: dict[str, Any], route: Route, context: str | None) -> Iterator[Reference]:
    item = shape.item
    for key, inner in value.items():
        if shape.key_ref:
            yield Reference((*route, key), shape.key_ref, key, context, is_key=True)
        if item is not None and item.refers:
            yield from _value(item, inner, (*route, key), key if shape.key_ref == "Object" else context)


def _criteria(value: Any, route: Route, context: str | None) -> Iterator[Reference]:
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _criteria(inner, (*route, str(index)), context)
    elif isinstance(value, dict):
        for name in ("field", "other_field"):
            if isinstance(value.get(name), str):
                yield Reference((*route, name), "FieldPath", value[name], context)
        for name in ("all", "any", "not"):
            if value.get(name) is not None:
                yield from _criteria(value[name], (*route, name), context)
