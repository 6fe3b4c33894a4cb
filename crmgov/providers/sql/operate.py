"""One operation, carried out on the tables and on what is kept beside them."""

from crmgov.model.address import Address, parse
from crmgov.model.canonical import Body
from crmgov.model.operations import Operation
from crmgov.providers.sql import operate_fields as fields
from crmgov.providers.sql import operate_rename, operate_values
from crmgov.providers.sql.errors import Refused
from crmgov.providers.sql.work import Work, tidy


def carry_out(work: Work, operation: Operation) -> None:
    """Carry one operation out. Raises Refused where it cannot be done, naming why."""
    at = parse(operation.address)
    after = None if operation.after is None else tidy(at.kind, operation.after)
    if operation.action == "add":
        _add(work, at, after or {})
    elif operation.action == "remove":
        _remove(work, at)
    elif operation.action == "replace":
        _remove(work, at)
        _add(work, at, after or {})
    else:
        if operation.action == "rename":
            operate_rename.rename(work, parse(operation.renamed_from), at)
        if after is not None:
            _modify(work, at, after)


def _add(work: Work, at: Address, body: Body) -> None:
    if at.kind == "Object":
        _add_object(work, at, body)
    elif at.kind == "Field":
        fields.add(work, at, body)
    elif at.kind in ("Picklist", "StageSet"):
        _put_values(work, at, body)
    else:
        work.keep(at.resource, body)


def _modify(work: Work, at: Address, body: Body) -> None:
    if at.kind == "Object":
        work.table(at.name)
        work.keep(at.resource, body)
    elif at.kind == "Field":
        fields.modify(work, at, body)
    elif at.kind in ("Picklist", "StageSet"):
        _put_values(work, at, body)
    else:
        work.keep(at.resource, body)


def _remove(work: Work, at: Address) -> None:
    if at.kind == "Object":
        _remove_object(work, at)
    elif at.kind == "Field":
        fields.remove(work, at)
    elif at.kind in ("Picklist", "StageSet"):
        operate_values.remove(work, at)
    else:
        work.forget(at.resource)


def _put_values(work: Work, at: Address, body: Body) -> None:
    for using in operate_values.put(work, at, body):
        fields.modify(work, using, work.bodies[using.resource])


def _add_object(work: Work, at: Address, body: Body) -> None:
    table = work.names.table(at.name)
    if work.catalog.get(table) is not None:
        raise Refused(f'there is a table "{table}" already')
    work.ddl.create_table(table, [])
    work.refresh(table)
    work.keep(at.resource, body)


def _remove_object(work: Work, at: Address) -> None:
    table = work.table(at.name)
    left = list(work.live.fields(table, at.name))
    if left:
        names = ", ".join(parse(text).name for text in left[:10])
        raise Refused(f"{at.name} still has {len(left)} fields that this plan does not remove: {names}")
    pointing = sorted(other.name for other, _, _ in work.catalog.pointing_at(table.name) if other.name != table.name)
    if pointing:
        raise Refused(f"records of {', '.join(pointing)} still point at {at.name}")
    work.ddl.drop_table(table.name)
    work.refresh(table.name)
    work.forget(at.resource)
