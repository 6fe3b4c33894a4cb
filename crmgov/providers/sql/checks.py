"""What must be true of records before a column is changed; where it is not, count and keys are told, never values."""

import sqlalchemy as sa

from crmgov.providers.sql.convert import Unconvertible
from crmgov.providers.sql.dialect import Convert
from crmgov.providers.sql.errors import Refused
from crmgov.providers.sql.names import KEY
from crmgov.providers.sql.physical import Column, ForeignKey, SqlType, Table
from crmgov.providers.sql.work import SHOWN, Work, records, with_keys


def blank(column: Column) -> sa.ColumnElement[bool]:
    """The condition that a column holds nothing: NULL, or an empty text."""
    found: sa.ColumnClause[object] = sa.column(column.name)
    if column.type.family != "text":
        return found.is_(None)
    return sa.or_(found.is_(None), found == sa.literal_column("''"))


def duplicated(table: Table, column: str) -> sa.ColumnElement[bool]:
    """The condition that another record holds the same value."""
    found: sa.ColumnClause[object] = sa.column(column)
    shared = sa.select(found).select_from(sa.table(table.name)).where(found.is_not(None))
    return found.in_(shared.group_by(found).having(sa.func.count() > 1))


def dangling(column: str, target: str, key: str) -> sa.ColumnElement[bool]:
    """The condition that a record points at nothing: at a key that the target table does not hold."""
    there = sa.table(target, sa.column(key)).alias("there")
    own: sa.ColumnClause[object] = sa.column(column)
    return sa.and_(own.is_not(None), own.not_in(sa.select(there.c[key]).where(there.c[key].is_not(None))))


def check_type(work: Work, table: Table, column: Column, convert: Convert) -> None:
    """Refuse where a value does not convert."""
    keys: list[object] = []
    failed = 0
    has_key = len(table.key) == 1
    for row in work.stream(table, column.name) if has_key else ():
        try:
            convert(row[1])
        except Unconvertible:
            failed += 1
            if len(keys) < SHOWN:
                keys.append(row[0])
    if not has_key and work.count(table):
        raise Refused(f'the table "{table.name}" has no key of one column')
    if failed:
        raise Refused(with_keys(f"{records(failed)} hold a value that does not convert", failed, sorted(keys, key=str)))


def check_required(work: Work, table: Table, column: Column) -> None:
    """Refuse where records are blank."""
    work.refuse_rows(table, blank(column), "are blank")


def check_unique(work: Work, table: Table, column: str) -> None:
    """Refuse where records share a value."""
    work.refuse_rows(table, duplicated(table, column), "share a value with another one")


def check_key(work: Work, target: ForeignKey, wanted: SqlType) -> None:
    """Refuse where there is nothing to point at, or nothing that a column of this type can point at."""
    table = work.catalog.get(target.table)
    if table is None:
        raise Refused(f'there is no table "{target.table}" to point at')
    key = work.catalog.column(table, target.column or KEY)
    if key is None or key.type.family != wanted.family:
        raise Refused(f'the key of "{target.table}" is not of the type that points at it')


def check_pointing(work: Work, table: Table, column: str, target: ForeignKey) -> None:
    """Refuse where records hold what the other table does not have."""
    work.refuse_rows(
        table, dangling(column, target.table, target.column or KEY), f'hold what "{target.table}" does not have'
    )
