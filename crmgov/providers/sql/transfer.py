"""Fields that change the shape in which they are stored: one column, several, a link table, or none."""

from collections.abc import Iterator

import sqlalchemy as sa

from crmgov.model.address import Address
from crmgov.model.canonical import Body
from crmgov.providers.sql import values
from crmgov.providers.sql.checks import blank, check_key, check_pointing, check_required
from crmgov.providers.sql.convert import Unconvertible, as_text, converter
from crmgov.providers.sql.errors import Refused
from crmgov.providers.sql.physical import Column, ForeignKey, SqlType, Table, Wanted
from crmgov.providers.sql.storage import RECORD, VALUE, VALUE_KEY, Link, Storage
from crmgov.providers.sql.types import TEXT
from crmgov.providers.sql.work import SHOWN, Work, records, with_keys

SEPARATOR = ";"
"""Between the values of a multipicklist written as one text."""


def make_link(work: Work, table: Table, link: Link) -> None:
    """Make the link table of a multipicklist."""
    if len(table.key) != 1:
        raise Refused(f'the table "{table.name}" has no key of one column')
    key = table.columns[table.key[0]]
    record = ForeignKey(table=table.name, column=key.name, on_delete="CASCADE", on_update="CASCADE")
    work.ddl.create_table(
        link.table,
        [Wanted(name=RECORD, type=key.type, required=True, foreign=record), _value_column(link)],
        key=[RECORD, VALUE],
    )
    work.refresh(link.table)


def _value_column(link: Link) -> Wanted:
    foreign = None
    if link.values is not None:
        foreign = ForeignKey(table=link.values, column=VALUE_KEY, on_delete="RESTRICT", on_update="CASCADE")
    return Wanted(name=VALUE, type=TEXT, required=True, foreign=foreign)


def reshape(work: Work, at: Address, found: Storage, storage: Storage, body: Body) -> None:
    """Make the new storage, carry over what converts, and remove the old one. Refused where a value does not."""
    table = work.table(at.parent or "")
    if found.link is not None and storage.link is not None:
        _relink(work, storage.link)
        return
    if found.columns and storage.link is not None and len(found.columns) == 1:
        _column_to_link(work, table, found.columns[0].name, storage.link)
    elif found.link is not None and len(storage.columns) == 1:
        _link_to_column(work, table, found.link, storage.columns[0], body)
    else:
        _refuse_filled(work, table, found)
        _drop(work, table, found)
        _make(work, work.table(at.parent or ""), storage)


def _relink(work: Work, link: Link) -> None:
    """The values of a multipicklist come from another table, or from any."""
    table = work.catalog.get(link.table)
    if table is None:
        raise Refused(f'there is no table "{link.table}"')
    wanted, foreign = _value_column(link), table.foreign.get(VALUE)
    if (foreign.table if foreign else None) == link.values:
        return
    if wanted.foreign is not None:
        check_key(work, wanted.foreign, wanted.type)
        check_pointing(work, table, VALUE, wanted.foreign)
    work.ddl.alter_column(table, table.columns[VALUE], wanted, None)
    work.refresh(link.table)


def _column_to_link(work: Work, table: Table, column: str, link: Link) -> None:
    known = work.catalog.column(table, column)
    if known is None:
        raise Refused(f'"{table.name}" has no column "{column}"')
    allowed = _allowed(work, link)
    rows: list[dict[str, object]] = []
    failed: list[object] = []
    for key, value in work.stream(table, known.name):
        parts = parts_of(value, known.type)
        if allowed is not None and not parts <= allowed:
            failed.append(key)
        rows += [{RECORD: key, VALUE: part} for part in sorted(parts)]
    _refuse_keys(failed)
    make_link(work, table, link)
    if rows:
        target = sa.table(link.table, sa.column(RECORD), sa.column(VALUE))
        work.connection.execute(sa.insert(target), rows)
    work.ddl.drop_columns(table, [known.name])
    work.refresh(table.name)


def parts_of(value: object, old: SqlType) -> set[str]:
    """The values of a multipicklist that a stored value means."""
    if value is None:
        return set()
    return {part.strip() for part in as_text(value, old).split(SEPARATOR)} - {""}


def _allowed(work: Work, link: Link) -> set[str] | None:
    if link.values is None:
        return None
    table = work.catalog.get(link.values)
    if table is None:
        raise Refused(f'there is no table "{link.values}" to point at')
    return {row[VALUE_KEY] for row in values.read_rows(work.connection, table) or []}


def _link_to_column(work: Work, table: Table, link: Link, wanted: Wanted, body: Body) -> None:
    """The values of a record become one text; for a picklist a record may hold one value only."""
    single = body.get("type") == "picklist"
    convert = converter(TEXT, wanted.type, work.names.dialect)
    filled: list[dict[str, object]] = []
    failed: list[object] = []
    for key, parts in _linked(work, link):
        try:
            if single and len(parts) > 1:
                raise Unconvertible
            filled.append({"k": key, "v": convert(SEPARATOR.join(parts))})
        except Unconvertible:
            failed.append(key)
    _refuse_keys(failed)
    bare = Wanted(name=wanted.name, type=wanted.type)
    work.ddl.add_columns(table, [bare])
    work.refresh(table.name)
    if filled:
        target = sa.table(table.name, sa.column(table.key[0]), sa.column(wanted.name))
        update = sa.update(target).where(target.c[table.key[0]] == sa.bindparam("k"))
        work.connection.execute(update.values({target.c[wanted.name]: sa.bindparam("v")}), filled)
    work.ddl.drop_table(link.table)
    work.refresh(link.table)
    _constrain(work, table.name, wanted)


def _constrain(work: Work, name: str, wanted: Wanted) -> None:
    table = work.catalog.get(name)
    assert table is not None
    column: Column = table.columns[wanted.name]
    if wanted.required:
        check_required(work, table, column)
    if wanted.foreign is not None:
        check_key(work, wanted.foreign, wanted.type)
        check_pointing(work, table, wanted.name, wanted.foreign)
    work.ddl.alter_column(table, column, wanted, None)
    work.refresh(name)
    if wanted.unique:
        now = work.catalog.get(name)
        assert now is not None
        work.ddl.set_unique(now, wanted.name, True)
        work.refresh(name)


def _linked(work: Work, link: Link) -> Iterator[tuple[object, list[str]]]:
    target = sa.table(link.table, sa.column(RECORD), sa.column(VALUE))
    rows = work.connection.execute(sa.select(target.c.record, target.c.value).order_by(target.c.record, target.c.value))
    found: dict[object, list[str]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    yield from found.items()


def _refuse_filled(work: Work, table: Table, found: Storage) -> None:
    for wanted in found.columns:
        column = work.catalog.column(table, wanted.name)
        if column is not None:
            work.refuse_rows(table, sa.not_(blank(column)), "hold a value that the new type cannot hold")
    link = work.catalog.get(found.link.table) if found.link is not None else None
    if link is not None:
        query = sa.select(sa.func.count(sa.distinct(sa.column(RECORD)))).select_from(sa.table(link.name))
        held = int(work.connection.execute(query).scalar_one())
        if held:
            raise Refused(f"{records(held)} hold a value that the new type cannot hold")


def _drop(work: Work, table: Table, found: Storage) -> None:
    present = [c.name for wanted in found.columns if (c := work.catalog.column(table, wanted.name)) is not None]
    if present:
        work.ddl.drop_columns(table, present)
        work.refresh(table.name)
    if found.link is not None and work.catalog.get(found.link.table) is not None:
        work.ddl.drop_table(found.link.table)
        work.refresh(found.link.table)


def _make(work: Work, table: Table, storage: Storage) -> None:
    for wanted in storage.columns:
        if work.catalog.column(table, wanted.name) is not None:
            raise Refused(f'"{table.name}" has a column "{wanted.name}" already')
        if wanted.required and wanted.default is None and work.count(table):
            raise Refused(f"{records(work.count(table))} would be blank in it, and it has no default")
        if wanted.foreign is not None:
            check_key(work, wanted.foreign, wanted.type)
    if storage.columns:
        work.ddl.add_columns(table, storage.columns)
        work.refresh(table.name)
    if storage.link is not None:
        make_link(work, table, storage.link)


def _refuse_keys(failed: list[object]) -> None:
    if failed:
        count = len(failed)
        raise Refused(with_keys(f"{records(count)} hold a value that does not convert", count, failed[:SHOWN]))
