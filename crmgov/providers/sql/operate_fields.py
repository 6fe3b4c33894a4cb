"""Fields: columns made, brought to what is wanted, and removed."""

from collections.abc import Callable, Sequence

import msgspec

from crmgov.model.address import Address
from crmgov.model.canonical import Body
from crmgov.providers.sql import transfer
from crmgov.providers.sql.checks import check_key, check_pointing, check_required, check_type, check_unique
from crmgov.providers.sql.convert import converter, needed
from crmgov.providers.sql.errors import Refused
from crmgov.providers.sql.literals import canonical, default_value
from crmgov.providers.sql.operate_values import add_rows, keep_rows
from crmgov.providers.sql.physical import Column, ForeignKey, Table, Wanted
from crmgov.providers.sql.storage import Storage, owns_values
from crmgov.providers.sql.work import Work, records

Addition = tuple[Address, Body]


def tables_of(work: Work, at: Address, body: Body | None = None) -> list[str]:
    """The further tables of a Field: its own values, its link table."""
    kept = work.bodies.get(at.resource, {}) if body is None else body
    if "type" not in kept:
        return []
    tables = [work.names.values("Field", at.name, at.parent)] if owns_values(kept) else []
    return [*tables, work.names.link(at.parent or "", at.name)] if kept["type"] == "multipicklist" else tables


def add(work: Work, additions: Sequence[Addition], begin: Callable[[int], None]) -> None:
    """Make the columns and tables of fields of one Object; ``begin`` is told the place of the one being looked at.

    All columns are made by one change of the table, as a large table may have to be copied for each.
    """
    table = work.table(additions[0][0].parent or "")
    storages: list[Storage] = []
    columns: dict[str, Wanted] = {}
    for place, (at, body) in enumerate(additions):
        begin(place)
        storages.append(_prepare(work, table, at, body, columns))
    if columns:
        work.ddl.add_columns(table, list(columns.values()))
        work.refresh(table.name)
    for place, ((at, body), storage) in enumerate(zip(additions, storages, strict=True)):
        begin(place)
        if storage.link is not None:
            transfer.make_link(work, table, storage.link)
        work.keep(at.resource, body)


def _prepare(work: Work, table: Table, at: Address, body: Body, columns: dict[str, Wanted]) -> Storage:
    """Check one new field and make its value table; its columns are put beside those to be made, by folded name."""
    if "type" not in body:
        raise Refused("a new field needs a type")
    storage = work.configuration.storage(at.parent or "", at.name, body)
    for column in storage.columns:
        if work.catalog.column(table, column.name) is not None or work.names.fold(column.name) in columns:
            raise Refused(f'"{table.name}" has a column "{column.name}" already')
        _check_new(work, table, column)
        columns[work.names.fold(column.name)] = column
    if storage.own_values:
        keep_rows(work, "Field", storage.own_values, body["values"])
    for column in storage.columns:
        if column.foreign is not None:
            check_key(work, column.foreign, column.type)
    return storage


def _check_new(work: Work, table: Table, column: Wanted) -> None:
    if not column.required and not column.unique:
        return
    held = work.count(table)
    if column.required and column.default is None and held:
        raise Refused(f"{records(held)} would be blank in it, and it has no default")
    if column.required and column.unique and held > 1:
        raise Refused(f"{records(held)} would hold the same default in it, and it is unique")


def modify(work: Work, at: Address, body: Body) -> None:
    """Bring a Field's columns, constraints and values to what the body says."""
    table = work.table(at.parent or "")
    kept = work.bodies.get(at.resource)
    before = work.live.field(table, at, kept)
    if before is None:
        raise Refused("it is not there any more")
    if "type" not in body:
        if "type" in before:
            raise Refused("a field cannot lose its type")
        work.keep(at.resource, body)
        return
    found = work.configuration.storage(at.parent or "", at.name, before if kept is None or "type" not in kept else kept)
    storage = work.configuration.storage(at.parent or "", at.name, body)
    if storage.own_values:
        add_rows(work, "Field", storage.own_values, body["values"])
    if "type" not in before:
        found = Storage(columns=(Wanted(name=work.names.column(at.name), type=table.columns[at.name].type),))
    names = [column.name for column in storage.columns]
    if names and names == [column.name for column in found.columns]:
        for column in storage.columns:
            _column(work, work.table(at.parent or ""), column)
    else:
        transfer.reshape(work, at, found, storage, body)
    if storage.own_values:
        keep_rows(work, "Field", storage.own_values, body["values"])
    elif found.own_values and work.catalog.get(found.own_values) is not None:
        work.ddl.drop_table(found.own_values)
        work.refresh(found.own_values)
    work.keep(at.resource, body)


def _column(work: Work, table: Table, wanted: Wanted) -> None:
    """One column that stays one column."""
    column = work.catalog.column(table, wanted.name)
    if column is None:
        raise Refused(f'"{table.name}" has no column "{wanted.name}"')
    unique = any(item.column == column.name for item in table.uniques)
    if _equal(work, table, column, wanted) and unique == wanted.unique:
        return
    if table.key == (column.name,):
        raise Refused(f'"{column.name}" is the key of "{table.name}"')
    wanted = _with_expression(work, column, wanted)
    if column.type != wanted.type:
        table, column = _retype(work, table, column, wanted)
    foreign = table.foreign.get(column.name)
    if wanted.foreign is not None and not _same_target(work, foreign, wanted.foreign):
        check_key(work, wanted.foreign, wanted.type)
        check_pointing(work, table, column.name, wanted.foreign)
    if wanted.required and column.nullable:
        check_required(work, table, column)
    if wanted.unique and not unique:
        check_unique(work, table, column.name)
    if not _equal(work, table, column, wanted):
        work.ddl.alter_column(table, column, wanted, None)
        work.refresh(table.name)
        table = work.catalog.get(table.name) or table
    if unique != wanted.unique:
        work.ddl.set_unique(table, column.name, wanted.unique)
        work.refresh(table.name)


def _retype(work: Work, table: Table, column: Column, wanted: Wanted) -> tuple[Table, Column]:
    """The column with its new type and no constraint but uniqueness, which stays."""
    convert = None
    if needed(column.type, wanted.type, work.names.dialect):
        convert = converter(column.type, wanted.type, work.names.dialect)
        check_type(work, table, column, convert)
    bare = Wanted(name=column.name, type=wanted.type)
    work.ddl.alter_column(table, column, bare, convert)
    work.refresh(table.name)
    now = work.catalog.get(table.name)
    assert now is not None
    return now, now.columns[column.name]


def _with_expression(work: Work, column: Column, wanted: Wanted) -> Wanted:
    """A default made by hand that is no plain value stays, as crmgov cannot say it."""
    understood, _ = default_value(column.default, column.type.family)
    if understood or wanted.default is not None:
        return wanted
    text = f"({column.default})" if work.names.dialect == "sqlite" else column.default
    return msgspec.structs.replace(wanted, default=text)


def _equal(work: Work, table: Table, column: Column, wanted: Wanted) -> bool:
    """Whether a column is as wanted, uniqueness aside."""
    return (
        column.type == wanted.type
        and column.nullable == (not wanted.required)
        and _same_default(column, wanted)
        and _same_target(work, table.foreign.get(column.name), wanted.foreign)
    )


def _same_default(column: Column, wanted: Wanted) -> bool:
    family = column.type.family
    understood, value = default_value(column.default, family)
    if not understood:
        return wanted.default in (None, column.default, f"({column.default})")
    known, other = default_value(wanted.default, family)
    if not known:
        return False
    if value is None or other is None:
        return value is other
    return bool(canonical(value, family) == canonical(other, family))


def _same_target(work: Work, found: ForeignKey | None, wanted: ForeignKey | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    fold = work.names.fold
    actions = {"NO ACTION": "RESTRICT"}
    return (
        fold(found.table) == fold(wanted.table)
        and actions.get(found.on_delete, found.on_delete) == actions.get(wanted.on_delete, wanted.on_delete)
        and actions.get(found.on_update, found.on_update) == actions.get(wanted.on_update, wanted.on_update)
    )


def remove(work: Work, at: Address) -> None:
    """Remove a Field with what it holds."""
    table = work.table(at.parent or "")
    kept = work.bodies.get(at.resource, {})
    names = [work.names.column(at.name)]
    if "type" in kept:
        names = [column.name for column in work.configuration.storage(at.parent or "", at.name, kept).columns]
    present = [column.name for name in names if (column := work.catalog.column(table, name)) is not None]
    if len(present) < len(names):
        raise Refused(f'"{table.name}" has no column "{names[0]}"')
    if any(name in table.key for name in present):
        raise Refused(f'"{present[0]}" is the key of "{table.name}"')
    if present:
        work.ddl.drop_columns(table, present)
        work.refresh(table.name)
    for name in reversed(tables_of(work, at)):
        if work.catalog.get(name) is not None:
            work.ddl.drop_table(name)
            work.refresh(name)
    work.forget(at.resource)
