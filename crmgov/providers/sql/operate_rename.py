"""Renames: tables and columns are renamed in place, and every kept body follows."""

from crmgov.model.address import Address, address, parse
from crmgov.providers.sql import values
from crmgov.providers.sql.errors import Refused
from crmgov.providers.sql.operate_fields import tables_of
from crmgov.providers.sql.work import Work


def rename(work: Work, old: Address, new: Address) -> None:
    """Rename a resource, or one value of a value table; records keep their values."""
    if new.elements:
        _value(work, old, new)
        return
    if old.kind == "Object":
        _object(work, old, new)
    elif old.kind == "Field":
        _field(work, old, new)
    elif old.kind in ("Picklist", "StageSet"):
        _table(work, work.names.values(old.kind, old.name), work.names.values(new.kind, new.name))
    work.rename(old.resource, new.resource)


def _value(work: Work, old: Address, new: Address) -> None:
    """A value is renamed where it stands and in all records that hold it."""
    table = work.catalog.get(work.names.values(new.kind, new.name, new.parent))
    if table is None or len(old.elements) != 1 or len(new.elements) != 1:
        raise Refused(f"{old.resource} has no values of its own here")
    held = values.names_of(work.connection, table)
    (_, before), (_, after) = old.elements[0], new.elements[0]
    if before not in held or after in held:
        raise Refused(
            f"{old.resource} has no value {before!r}" if before not in held else f"{after!r} is there already"
        )
    work.ddl.rename_value(table, before, after)


def _table(work: Work, old: str, new: str) -> None:
    if old == new:
        return
    if work.catalog.get(old) is None:
        raise Refused(f'there is no table "{old}"')
    if work.names.fold(old) != work.names.fold(new) and work.catalog.get(new) is not None:
        raise Refused(f'there is a table "{new}" already')
    pointing = [other.name for other, _, _ in work.catalog.pointing_at(old)]
    work.ddl.rename_table(old, new)
    work.refresh(old, new, *pointing)


def _object(work: Work, old: Address, new: Address) -> None:
    own = [parse(text) for text in work.bodies if text.startswith("Field/") and parse(text).parent == old.name]
    _table(work, work.names.table(old.name), work.names.table(new.name))
    for at in own:
        moved = parse(address("Field", at.name, new.name))
        for before, after in zip(tables_of(work, at), tables_of(work, moved, work.bodies[at.resource]), strict=True):
            _table(work, before, after)


def _field(work: Work, old: Address, new: Address) -> None:
    table = work.table(new.parent or "")
    body = work.bodies.get(old.resource, {})
    pairs = [(work.names.column(old.name), work.names.column(new.name))]
    if "type" in body:
        before = work.configuration.storage(old.parent or "", old.name, body).columns
        after = work.configuration.storage(new.parent or "", new.name, body).columns
        pairs = [(one.name, two.name) for one, two in zip(before, after, strict=True)]
    for one, two in pairs:
        if work.catalog.column(table, one) is None:
            raise Refused(f'"{table.name}" has no column "{one}"')
        if work.names.fold(one) != work.names.fold(two) and work.catalog.column(table, two) is not None:
            raise Refused(f'"{table.name}" has a column "{two}" already')
        if one != two:
            work.ddl.rename_column(table, one, two)
            work.refresh(table.name)
            table = work.table(new.parent or "")
    for one, two in zip(tables_of(work, old), tables_of(work, new, body), strict=True):
        _table(work, one, two)
