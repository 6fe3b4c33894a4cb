"""How many records hold a value that a field would not hold after a change."""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from crmgov.model.canonical import Body
from crmgov.model.evidence import Question
from crmgov.providers.sql import values
from crmgov.providers.sql.convert import Unconvertible, converter
from crmgov.providers.sql.physical import SqlType, Table
from crmgov.providers.sql.reading import Live
from crmgov.providers.sql.storage import RECORD, VALUE, VALUE_KEY, Storage
from crmgov.providers.sql.transfer import SEPARATOR, parts_of
from crmgov.providers.sql.types import COMPUTED, TEXT, VALUED, sql_type


class Unknown(Exception):  # noqa: N818 - an answer, not an error
    """A figure that cannot be had; the message is the reason."""


def not_convertible(live: Live, connection: Connection, table: Table, storage: Storage, question: Question) -> int:
    """How many records hold a value that does not convert to ``question.target``, by the rules of an apply."""
    target = question.target or {}
    if storage.link is not None:
        return sum(_refuses_parts(live, target, parts) for parts in _linked(connection, storage.link.table))
    if len(storage.columns) != 1:
        return _filled(connection, table, storage)
    column = live.catalog.column(table, storage.columns[0].name)
    if column is None:
        raise Unknown(f"there is no field {question.field} in this database")
    refuses = _refuses(live, target, column.type)
    found: sa.ColumnClause[Any] = sa.column(column.name)
    query: Any = sa.select(found, sa.func.count()).select_from(sa.table(table.name))
    rows = connection.execute(query.where(found.is_not(None)).group_by(found), execution_options={"yield_per": 2000})
    return sum(count for value, count in rows if refuses(value))


def _refuses(live: Live, target: Body, old: SqlType) -> Callable[[object], bool]:
    kind = target.get("type")
    if kind == "multipicklist":
        return lambda value: _refuses_parts(live, target, parts_of(value, old))
    if kind in COMPUTED or kind == "geolocation":
        return lambda value: value != ""
    wanted = sql_type(target)
    if wanted is None:
        raise Unknown("the field's new type is not stated")
    convert = converter(old, wanted, live.names.dialect)
    allowed = _allowed(live, target) if kind in VALUED else None

    def refuses(value: object) -> bool:
        try:
            new = convert(value)
        except Unconvertible:
            return True
        return allowed is not None and new not in allowed

    return refuses


def _refuses_parts(live: Live, target: Body, parts: set[str]) -> bool:
    kind = target.get("type")
    if kind == "multipicklist" or (kind == "picklist" and len(parts) == 1):
        allowed = _allowed(live, target)
        return allowed is not None and not parts <= allowed
    if kind == "picklist" or sql_type(target) is None:
        return bool(parts)
    return _refuses(live, target, TEXT)(SEPARATOR.join(sorted(parts)))


def _allowed(live: Live, target: Body) -> set[str] | None:
    """The values the target takes; None where it takes any. Raises Unknown where its picklist is not there yet."""
    if target.get("restricted") is False:
        return None
    name = target.get("picklist")
    if not name:
        return {row[VALUE_KEY] for row in target.get("values") or []} or None
    table_name, shared = live.configuration.value_set(str(name))
    table = live.catalog.get(table_name)
    if table is None:
        raise Unknown(f"the picklist {name} is not in this database yet")
    if target.get("restricted") is None and shared.get("restricted") is False:
        return None
    return {row[VALUE_KEY] for row in values.read_rows(live.connection, table) or []}


def _linked(connection: Connection, name: str) -> Iterator[set[str]]:
    rows = sa.table(name, sa.column(RECORD), sa.column(VALUE))
    found: dict[object, set[str]] = {}
    for key, value in connection.execute(sa.select(rows.c[RECORD], rows.c[VALUE])):
        found.setdefault(key, set()).add(value)
    yield from found.values()


def _filled(connection: Connection, table: Table, storage: Storage) -> int:
    present = [sa.column(column.name).is_not(None) for column in storage.columns]
    query: Any = sa.select(sa.func.count()).select_from(sa.table(table.name)).where(sa.or_(*present))
    return int(connection.execute(query).scalar_one())
