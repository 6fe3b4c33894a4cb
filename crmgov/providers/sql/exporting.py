"""Values that are about to be destroyed, handed to a store."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from crmgov.model.address import Address, parse
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.operations import Operation
from crmgov.model.provider import ValueStore
from crmgov.providers.sql.checks import blank
from crmgov.providers.sql.dialect import Database
from crmgov.providers.sql.reading import Live
from crmgov.providers.sql.storage import RECORD, VALUE, Link

DESTROYING = frozenset({"remove", "replace"})


def export(database: Database, operations: Sequence[Operation], store: ValueStore) -> list[Diagnostic]:
    """Hand over every record of a removed Object and every filled value of a removed Field, in one transaction.

    Fields of a removed Object go with its records, except those whose values stand in a link table. Nothing else
    destroys values here: a type that does not convert and a picklist value in use are refused.
    """
    doomed = [parse(operation.address) for operation in operations if operation.action in DESTROYING]
    objects = {at.name for at in doomed if at.kind == "Object"}
    found: list[Diagnostic] = []
    if not any(at.kind in ("Object", "Field") for at in doomed):
        return found
    with database.reading() as connection:
        live = Live(connection, database.names, database.inspect(connection))
        for at in doomed:
            if at.kind == "Object":
                found += _object(live, connection, at, store)
            elif at.kind == "Field":
                found += _field(live, connection, at, at.parent in objects, store)
    return found


def _object(live: Live, connection: Connection, at: Address, store: ValueStore) -> list[Diagnostic]:
    table = live.catalog.get(live.configuration.object_table(at.name))
    if table is None:
        return []
    others = [name for name in table.columns if name not in table.key]
    names = [*table.key, *others]
    query: Any = sa.select(*[sa.column(name) for name in names]).select_from(sa.table(table.name))
    return _save(connection, query, at, names, store)


def _field(live: Live, connection: Connection, at: Address, with_object: bool, store: ValueStore) -> list[Diagnostic]:
    table = live.catalog.get(live.configuration.object_table(at.parent or ""))
    body = live.field(table, at, live.bodies.get(at.resource)) if table is not None else None
    if table is None or body is None:
        return []
    storage = live.configuration.storage(at.parent or "", at.name, body)
    if storage.link is not None:
        return _link(connection, at, storage.link, store)
    names = [column.name for column in storage.columns] or [live.names.column(at.name)]
    present = [column for name in names if (column := live.catalog.column(table, name)) is not None]
    if with_object or not present:
        return []
    filled = sa.or_(*(sa.not_(blank(column)) for column in present))
    columns = [*table.key, *(column.name for column in present)]
    query: Any = sa.select(*[sa.column(name) for name in columns]).select_from(sa.table(table.name)).where(filled)
    return _save(connection, query, at, columns, store)


def _link(connection: Connection, at: Address, link: Link, store: ValueStore) -> list[Diagnostic]:
    rows = sa.table(link.table, sa.column(RECORD), sa.column(VALUE))
    query = sa.select(rows.c[RECORD], rows.c[VALUE]).order_by(rows.c[RECORD], rows.c[VALUE])
    return _save(connection, query, at, [RECORD, at.name], store)


class _Counted:
    """Rows on their way, counted."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> "_Counted":
        return self

    def __next__(self) -> tuple[object, ...]:
        row = tuple(next(self._rows))
        self.count += 1
        return row


def _save(
    connection: Connection, query: Any, at: Address, columns: Sequence[str], store: ValueStore
) -> list[Diagnostic]:  # fmt: skip
    result = connection.execute(query, execution_options={"yield_per": 2000})
    first = next(iter(result), None)
    if first is None:
        return []
    rows = _Counted(_with_first(first, result))
    written = store.save(at.resource, columns, rows)
    left = sum(1 for _ in rows)
    if written == rows.count and not left:
        return []
    message = f"{at.resource}: {written:,} of {rows.count:,} rows were written to the export store"
    return [of("SQL009", message, address=at.resource)]


def _with_first(first: Any, rest: Any) -> Iterator[Any]:
    yield first
    yield from rest
