"""What automations read, write and start on, whether their body is written here or is the vendor's own."""

from collections.abc import Iterator
from typing import Any

import msgspec

from crmgov.check.tree import Tree, parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.model.references import references

Field = tuple[str, str]
"""An object and one of its fields, or a dotted path that begins there."""


class Behaviour(msgspec.Struct, frozen=True, kw_only=True):
    """One automation.

    ``reads``, ``writes`` and ``starts_on`` hold (object, field) with the route of the first place; the route is empty
    inside a body that is not structured. ``on`` is the trigger's event; ``sets`` what fixed value a field gets.
    """

    address: str
    object: str
    active: bool
    opaque: bool
    on: str
    order: int | None
    starts_on: dict[Field, Route]
    reads: dict[Field, Route]
    writes: dict[Field, Route]
    sets: dict[Field, Any]
    routes: tuple[Route, ...]
    """The actions that give the record an owner."""


def behaviours(tree: Tree) -> dict[str, Behaviour]:
    """All automations by address."""
    return {address: _one(tree, address) for address in tree.of_kind("Automation")}


def _one(tree: Tree, address: str) -> Behaviour:
    body, parent = tree.body(address), parts(address)[1] or ""
    held = body.get("trigger")
    trigger: Body = held if isinstance(held, dict) else {}
    writes, sets = _written(body, parent)
    starts_on: dict[Field, Route] = {
        (parent, name): ("trigger", "fields", name) for name in trigger.get("fields") or ()
    }
    reads: dict[Field, Route] = {}
    for reference in references("Automation", body, parent):
        if reference.kind in ("Field", "FieldPath") and not _is_written(reference.route):
            reads.setdefault((reference.context or parent, reference.name), reference.route)
    derived = tree.snapshot.derived.get(address)
    if derived is not None:
        for names, into in ((derived.reads, reads), (derived.writes, writes), (derived.triggers, starts_on)):
            for field in _fields(names):
                into.setdefault(field, ())
    return Behaviour(
        address=address,
        object=parent,
        active=body.get("active") is not False,
        opaque=body.get("body") == "opaque",
        on=str(trigger.get("on") or ""),
        order=body.get("order") if isinstance(body.get("order"), int) else None,
        starts_on=starts_on,
        reads=reads,
        writes=writes,
        sets=sets,
        routes=tuple(_routes(body)),
    )


def _fields(names: tuple[str, ...]) -> Iterator[Field]:
    for name in names:
        parent, _, field = name.partition(".")
        if field and ":" not in name:
            yield parent, field


def _is_written(route: Route) -> bool:
    """Whether a reference stands where a field is written: the field of set_field, the fields of a new record."""
    return len(route) > 2 and route[0] in ("actions", "otherwise") and route[2] in ("field", "fields")


def _written(body: Body, parent: str) -> tuple[dict[Field, Route], dict[Field, Any]]:
    writes: dict[Field, Route] = {}
    sets: dict[Field, Any] = {}
    for collection in ("actions", "otherwise"):
        for action in body.get(collection) or ():
            if not isinstance(action, dict):
                continue
            route = (collection, str(action.get("name")))
            if action.get("type") == "set_field" and isinstance(action.get("field"), str):
                field = (parent, str(action["field"]))
                writes.setdefault(field, (*route, "field"))
                if "value" in action:
                    sets.setdefault(field, action["value"])
            if action.get("type") == "create_record" and isinstance(action.get("fields"), dict):
                for name, value in action["fields"].items():
                    writes.setdefault((str(action.get("object")), name), (*route, "fields", name))
                    sets.setdefault((str(action.get("object")), name), value)
    return writes, sets


def _routes(body: Body) -> Iterator[Route]:
    for collection in ("actions", "otherwise"):
        for action in body.get(collection) or ():
            if isinstance(action, dict) and action.get("type") == "route":
                yield collection, str(action.get("name"))
