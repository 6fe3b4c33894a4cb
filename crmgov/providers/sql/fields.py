"""What the database says of a Field, against what crmgov keeps of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmgov.model.address import Address, parse
from crmgov.model.canonical import Body
from crmgov.providers.sql import values
from crmgov.providers.sql.literals import canonical, default_value
from crmgov.providers.sql.names import PREFIX, USERS
from crmgov.providers.sql.physical import Column, ForeignKey, Table, Wanted
from crmgov.providers.sql.storage import ON_DELETE, Storage
from crmgov.providers.sql.types import POINTING, VALUED, field_body

if TYPE_CHECKING:
    from crmgov.providers.sql.reading import Live

_SIZES = ("length", "precision", "scale")
_OF_VALUES = ("picklist", "values", "restricted")
_OF_POINTERS = ("references", "on_delete", "relationship")
_ON_DELETE = {sql: name for name, sql in ON_DELETE.items()} | {"NO ACTION": "restrict"}


def known_field(live: Live, table: Table, at: Address, kept: Body) -> Body | None:
    """The live body of a field crmgov keeps; None where its columns are gone."""
    storage = live.configuration.storage(at.parent or "", at.name, kept)
    body = dict(kept)
    if storage.own_values:
        _own_values(live, storage, body)
    if storage.link is not None:
        return _linked(live, storage, body)
    if "type" not in kept:
        return _untyped(live, table, at, body)
    found = [live.catalog.column(table, column.name) for column in storage.columns]
    columns = [column for column in found if column is not None and column.plain]
    if len(columns) < len(storage.columns):
        return None
    if len(columns) == 1:
        return _observed(live, table, columns[0], storage.columns[0], body)
    if any(column.type != wanted.type for column, wanted in zip(columns, storage.columns, strict=True)):
        return None
    if columns:
        body["required"] = not any(column.nullable for column in columns)
    return body


def _untyped(live: Live, table: Table, at: Address, body: Body) -> Body | None:
    """A field whose type fits no field type: the column says what can be said."""
    column = live.catalog.column(table, live.names.column(at.name))
    if column is None or not column.plain:
        return None
    for name in _SIZES:
        body.pop(name, None)
    return {**body, **found_field(live, table, column)}


def found_field(live: Live, table: Table, column: Column) -> Body:
    """The body of a field nobody told crmgov of."""
    body = field_body(column.type)
    if "type" not in body:
        live.left[f"columns of type {column.type.raw or 'unknown'}"] += 1
    _constraints(table, column, body)
    _default(live, column, None, body)
    foreign = table.foreign.get(column.name)
    if foreign is not None:
        _point(live, foreign, body)
    return body


def _own_values(live: Live, storage: Storage, body: Body) -> None:
    table = live.catalog.get(storage.own_values)
    rows = values.read_rows(live.connection, table) if table is not None else None
    if rows:
        body["values"] = rows
    else:
        body.pop("values", None)


def _linked(live: Live, storage: Storage, body: Body) -> Body | None:
    link = storage.link
    assert link is not None
    table = live.catalog.get(link.table)
    if table is None:
        return None
    foreign = table.foreign.get("value")
    _restriction(live, None if link.values is None else link.values, foreign, body)
    return body


def _observed(live: Live, table: Table, column: Column, wanted: Wanted, body: Body) -> Body:
    _type(column, wanted, body)
    _constraints(table, column, body)
    _default(live, column, wanted, body)
    foreign = table.foreign.get(column.name)
    kind = body.get("type")
    if kind == "picklist":
        _restriction(live, wanted.foreign.table if wanted.foreign else None, foreign, body)
    elif kind in POINTING:
        _target(live, wanted.foreign, foreign, body)
    elif foreign is not None:
        _point(live, foreign, body)
    return body


def _type(column: Column, wanted: Wanted, body: Body) -> None:
    """Where the column's type is not the one kept, the column's is told."""
    if column.type == wanted.type:
        return
    found = field_body(column.type)
    for name in _SIZES:
        body.pop(name, None)
    if column.type.family == wanted.type.family:
        body.update({name: found[name] for name in _SIZES if name in found})
        return
    for name in ("type", *_OF_VALUES, *_OF_POINTERS):
        body.pop(name, None)
    body.update(found)


def _constraints(table: Table, column: Column, body: Body) -> None:
    key = table.key == (column.name,)
    body["required"] = not column.nullable or key
    body["unique"] = key or any(item.column == column.name for item in table.uniques)


def _default(live: Live, column: Column, wanted: Wanted | None, body: Body) -> None:
    family = column.type.family
    understood, value = default_value(column.default, family)
    if not understood:
        live.left["defaults that are expressions"] += 1
    kept = body.get("default")
    if understood and kept is not None and wanted is not None and _equal(kept, value, family):
        return
    body.pop("default", None)
    if understood and value is not None:
        body["default"] = value


def _equal(kept: Any, value: Any, family: str) -> bool:
    left = canonical(kept, family)
    return left is not None and left == canonical(value, family)


def _restriction(live: Live, wanted: str | None, foreign: ForeignKey | None, body: Body) -> None:
    """Whether only listed values can be stored, and which list that is, is what the foreign key says."""
    fold = live.names.fold
    if foreign is None:
        if wanted is not None:
            body["restricted"] = False
        return
    if wanted is None:
        body["restricted"] = True
    shared = _shared_set(live, foreign.table)
    own = live.catalog.get(foreign.table)
    if wanted is None or fold(wanted) != fold(foreign.table):
        if shared is not None:
            body["picklist"] = shared
            body.pop("values", None)
        elif own is None or not foreign.table.startswith(PREFIX):
            _point(live, foreign, body)


def _shared_set(live: Live, table: str) -> str | None:
    """The Picklist or StageSet whose values stand in a table."""
    fold = live.names.fold
    for text in live.bodies:
        kind = text.partition("/")[0]
        if kind in ("Picklist", "StageSet") and fold(live.names.values(kind, parse(text).name)) == fold(table):
            return parse(text).name
    return None


def _target(live: Live, wanted: ForeignKey | None, foreign: ForeignKey | None, body: Body) -> None:
    """What a lookup points at is what the foreign key says."""
    if foreign is None:
        if wanted is not None:
            body.pop("references", None)
            body.pop("on_delete", None)
        return
    if wanted is None or live.names.fold(wanted.table) != live.names.fold(foreign.table):
        _point(live, foreign, body)
        return
    body["on_delete"] = _ON_DELETE.get(foreign.on_delete, "restrict")


def _point(live: Live, foreign: ForeignKey, body: Body) -> None:
    """A column becomes what its foreign key makes it: a picklist, a person, or a lookup."""
    shared = _shared_set(live, foreign.table)
    if shared is not None:
        body.update({"type": body["type"] if body.get("type") in VALUED else "picklist", "picklist": shared})
        return
    if foreign.table == USERS and body.get("type") != "lookup":
        body["type"] = "user"
        body.pop("references", None)
    else:
        body["type"] = body["type"] if body.get("type") in ("lookup", "master_detail") else "lookup"
        body["references"] = [_object_of(live, foreign.table)]
    for name in (*_SIZES, *_OF_VALUES):
        body.pop(name, None)
    body["on_delete"] = _ON_DELETE.get(foreign.on_delete, "restrict")


def _object_of(live: Live, table: str) -> str:
    fold = live.names.fold
    if table == USERS:
        return "User"
    for text in live.bodies:
        if text.startswith("Object/") and fold(live.names.table(parse(text).name)) == fold(table):
            return parse(text).name
    found = live.catalog.get(table)
    return found.name if found is not None else table
