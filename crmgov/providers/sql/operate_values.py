"""Picklists, stage sets and fields' own values: value tables and those who use them."""

import sqlalchemy as sa

from crmgov.model.address import Address, parse
from crmgov.model.canonical import Body
from crmgov.providers.sql import values
from crmgov.providers.sql.errors import Refused
from crmgov.providers.sql.physical import Table
from crmgov.providers.sql.storage import COLLECTION, VALUE_KEY
from crmgov.providers.sql.types import VALUED
from crmgov.providers.sql.work import Work, records


def put(work: Work, at: Address, body: Body) -> list[Address]:
    """Make a Picklist or StageSet what the body says; returns the fields whose constraints have to follow."""
    collection = COLLECTION[at.kind]
    before = work.bodies.get(at.resource, {})
    keep_rows(work, at.kind, work.names.values(at.kind, at.name), body.get(collection) or [])
    work.keep(at.resource, {name: value for name, value in body.items() if name != collection})
    if before.get("restricted") == body.get("restricted"):
        return []
    return [
        parse(text) for text, kept in work.bodies.items()
        if text.startswith("Field/") and kept.get("type") in VALUED and kept.get("picklist") == at.name
    ]  # fmt: skip


def remove(work: Work, at: Address) -> None:
    """Remove a Picklist or StageSet that no column takes its values from any more."""
    table = work.names.values(at.kind, at.name)
    using = sorted(f"{other.name}.{column}" for other, _, column in work.catalog.pointing_at(table))
    if using:
        raise Refused(f"{', '.join(using)} still take their values from it")
    if work.catalog.get(table) is not None:
        work.ddl.drop_table(table)
        work.refresh(table)
    work.forget(at.resource)


def keep_rows(work: Work, kind: str, name: str, rows: list[Body]) -> None:
    """Make the value table if need be, and bring its rows to these. Values still used by records must stay."""
    table = _table(work, kind, name)
    held = values.names_of(work.connection, table)
    kept = {row[VALUE_KEY] for row in rows}
    gone = [value for value in held if value not in kept]
    if gone:
        _check_unused(work, table, gone)
    values.write_rows(work.connection, table, rows, held)


def add_rows(work: Work, kind: str, name: str, rows: list[Body]) -> None:
    """Make the value table if need be, and add what is missing in it; nothing is changed or removed."""
    table = _table(work, kind, name)
    held = set(values.names_of(work.connection, table))
    values.insert_rows(work.connection, table, [row for row in rows if row[VALUE_KEY] not in held], len(held))


def _table(work: Work, kind: str, name: str) -> Table:
    table = work.catalog.get(name) or work.create_plain(name, values.columns(kind), VALUE_KEY)
    if VALUE_KEY not in table.columns:
        raise Refused(f'the table "{name}" has lost the column of its names')
    return table


def _check_unused(work: Work, table: Table, gone: list[str]) -> None:
    for other, _, column in work.catalog.pointing_at(table.name):
        for name in gone:
            found = work.count(other, sa.column(column) == name)
            if found:
                raise Refused(f'{records(found)} of "{other.name}"."{column}" still hold the value {name!r}')
