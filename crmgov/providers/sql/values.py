"""Value tables: the values of picklists, stage sets and fields as rows."""

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from crmgov.model.canonical import Body, encode
from crmgov.providers.sql.dialect import quoted, run
from crmgov.providers.sql.physical import SqlType, Table, Wanted
from crmgov.providers.sql.storage import VALUE_KEY
from crmgov.providers.sql.types import TEXT

_TYPES: dict[str, SqlType] = {
    "label": TEXT, "active": SqlType("boolean"), "default": SqlType("boolean"), "probability": SqlType("integer"),
    "outcome": TEXT, "forecast": TEXT,
}  # fmt: skip
"""Attributes of a value with a column of their own, by name; NULL means not stated."""
_COMMON = ("label", "active", "default")
_STAGES = (*_COMMON, "probability", "outcome", "forecast")
_COLUMN = {"default": "is_default"}
POSITION, REST = "position", "rest"
_LAST = 2**31
"""The place of values entered by hand without one."""


def columns(kind: str) -> list[Wanted]:
    """The columns of a value table. ``rest`` holds, as JSON, what has no column of its own."""
    names = _STAGES if kind == "StageSet" else _COMMON
    return [
        Wanted(name=VALUE_KEY, type=TEXT, required=True),
        *(Wanted(name=_COLUMN.get(name, name), type=_TYPES[name]) for name in names),
        Wanted(name=POSITION, type=SqlType("integer")),
        Wanted(name=REST, type=TEXT),
    ]


def read_rows(connection: Connection, table: Table) -> list[Body] | None:
    """The values in their order; None where the table has lost the column of their names."""
    present = [name for name in _STAGES if _COLUMN.get(name, name) in table.columns]
    if VALUE_KEY not in table.columns:
        return None
    rest = [REST] if REST in table.columns else []
    wanted = [VALUE_KEY, *(_COLUMN.get(name, name) for name in present), *rest]
    order = [quoted(VALUE_KEY)]
    if POSITION in table.columns:
        order.insert(0, f"coalesce({quoted(POSITION)}, {_LAST})")
    # Written out rather than composed: a large configuration has a thousand such tables.
    text = f"SELECT {', '.join(map(quoted, wanted))} FROM {quoted(table.name)} ORDER BY {', '.join(order)}"
    return [_value(row, present, bool(rest)) for row in run(connection, text)]


def _value(row: Sequence[Any], present: Sequence[str], has_rest: bool) -> Body:
    value: Body = {VALUE_KEY: str(row[0])}
    for name, found in zip(present, row[1:], strict=False):
        if found is not None:
            family = _TYPES[name].family
            value[name] = bool(found) if family == "boolean" else found if family == "integer" else str(found)
    if has_rest and row[-1]:
        value.update(_rest(row[-1], value))
    return value


def _rest(text: Any, value: Body) -> Body:
    """What the JSON says beside the columns; a text that was broken by hand says nothing."""
    try:
        rest = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return {}
    return {key: inner for key, inner in rest.items() if key not in value} if isinstance(rest, dict) else {}


def names_of(connection: Connection, table: Table) -> list[str]:
    """The names of all values."""
    query: Any = sa.select(sa.column(VALUE_KEY)).select_from(sa.table(table.name))
    return [str(name) for name in connection.execute(query).scalars()]


def write_rows(connection: Connection, table: Table, rows: Sequence[Body], held: Sequence[str]) -> None:
    """Bring the rows, of which those named in ``held`` exist, to these values, in this order."""
    target = _target(table)
    key, known = target.c[VALUE_KEY], set(held)
    records = [(row[VALUE_KEY], _record(table, row, position)) for position, row in enumerate(rows)]
    old = [{"k": name, **record} for name, record in records if name in known]
    if old:
        columns: dict[Any, Any] = {target.c[name]: sa.bindparam(name) for name in records[0][1]}
        connection.execute(sa.update(target).where(key == sa.bindparam("k")).values(columns), old)
    new = [{VALUE_KEY: name, **record} for name, record in records if name not in known]
    if new:
        connection.execute(sa.insert(target), new)
    gone = known - {name for name, _ in records}
    if gone:
        connection.execute(sa.delete(target).where(key == sa.bindparam("k")), [{"k": name} for name in sorted(gone)])


def insert_rows(connection: Connection, table: Table, rows: Sequence[Body], position: int) -> None:
    """Add values, the first at this position."""
    records = [
        {VALUE_KEY: row[VALUE_KEY], **_record(table, row, place)} for place, row in enumerate(rows, start=position)
    ]
    if records:
        connection.execute(sa.insert(_target(table)), records)


def _target(table: Table) -> sa.TableClause:
    return sa.table(table.name, *(sa.column(name) for name in table.columns))


def _record(table: Table, row: Body, position: int) -> dict[str, object]:
    record: dict[str, object] = {}
    rest: Body = {}
    for name, value in row.items():
        column = _COLUMN.get(name, name)
        if name in _TYPES and column in table.columns:
            record[column] = value
        elif name != VALUE_KEY:
            rest[name] = value
    for name in _STAGES:
        column = _COLUMN.get(name, name)
        if column in table.columns:
            record.setdefault(column, None)
    further = {POSITION: position, REST: encode(rest).decode() if rest else None}
    return {**record, **{name: value for name, value in further.items() if name in table.columns}}
