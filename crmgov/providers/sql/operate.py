"""Operations, carried out on the tables and on what is kept beside them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from crmgov.model.address import Address, parse, quote
from crmgov.model.canonical import Body
from crmgov.model.operations import Operation
from crmgov.providers.sql import operate_fields as fields
from crmgov.providers.sql import operate_rename, operate_values
from crmgov.providers.sql.errors import Refused
from crmgov.providers.sql.work import Work, tidy

Begin = Callable[[Operation], None]
"""Told which operation is being looked at, so that what goes wrong is told of that one."""


def singly(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Every operation alone."""
    for operation in operations:
        yield [operation]


def together(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Neighbouring additions of fields to one Object together, every other operation alone."""

    def parent(operation: Operation) -> str:
        at = parse(operation.address)
        return quote(at.parent or "") if operation.action == "add" and at.kind == "Field" else ""

    for name, found in groupby(operations, parent):
        group = list(found)
        yield from ([group] if name else singly(group))


def carry_out(work: Work, group: Sequence[Operation], begin: Begin) -> None:
    """Carry a group of operations out. Raises Refused where one cannot be done, naming why."""
    if group[0].action == "add" and group[0].address.startswith("Field/"):
        additions = [(parse(operation.address), _after(operation)) for operation in group]
        fields.add(work, additions, lambda place: begin(group[place]))
        return
    for operation in group:
        begin(operation)
        _one(work, operation, parse(operation.address))


def _after(operation: Operation) -> Body:
    return tidy(operation.address.partition("/")[0], operation.after or {})


def _one(work: Work, operation: Operation, at: Address) -> None:
    if operation.action in ("remove", "replace"):
        _remove(work, at)
    if operation.action in ("add", "replace"):
        _add(work, at, _after(operation))
    if operation.action == "rename":
        operate_rename.rename(work, parse(operation.renamed_from), at)
    if operation.action in ("modify", "rename") and operation.after is not None and not at.elements:
        _modify(work, at, _after(operation))


def _add(work: Work, at: Address, body: Body) -> None:
    if at.kind == "Object":
        _add_object(work, at, body)
    elif at.kind == "Field":
        fields.add(work, [(at, body)], lambda _: None)
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
