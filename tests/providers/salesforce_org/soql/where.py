"""Conditions over records. Everything the vendor refuses is refused before any record is looked at."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import NotKnown
from ..objects import Record
from .compare import key, meets
from .names import Column, Scope, scope
from .tree import Call, Condition, Every, Not, Query, Some, Test

Keeps = Callable[[Record], bool]


def keeps(here: Scope, condition: Condition | None) -> Keeps:
    """Whether a record meets a condition. What is not true is false: there is no third answer."""
    if condition is None:
        return lambda record: True
    joins(here, condition)
    return compiled(here, condition)


def compiled(here: Scope, condition: Condition) -> Keeps:
    """A condition as a function of records."""
    if isinstance(condition, Not):
        inner = compiled(here, condition.inner)
        return lambda record: not inner(record)
    if isinstance(condition, Every):
        parts = [compiled(here, part) for part in condition.of]
        return lambda record: all(part(record) for part in parts)
    if isinstance(condition, Some):
        parts = [compiled(here, part) for part in condition.of]
        return lambda record: any(part(record) for part in parts)
    if isinstance(condition.what, Call):
        raise here.refuse(
            "MALFORMED_QUERY", condition.what.at, "Grouped field should not be aggregated in WHERE: use HAVING"
        )
    column = here.column(condition.what)
    if isinstance(condition.value, Query):
        return joined(here, column, condition, condition.value)
    test = meets(here, column, condition)
    return lambda record: test(here.value(record, column))


def inside(condition: Condition) -> list[Test]:
    """All comparisons of a condition that hold a query."""
    if isinstance(condition, Test):
        return [condition] if isinstance(condition.value, Query) else []
    parts = (condition.inner,) if isinstance(condition, Not) else condition.of
    return [test for part in parts for test in inside(part)]


def joins(here: Scope, condition: Condition) -> None:
    """What the vendor demands of queries inside a condition: two at most, never under OR."""
    found = inside(condition)
    if len(found) > 2:
        raise here.refuse("MALFORMED_QUERY", found[2].at, "Maximum 2 semi join sub-selects are allowed")
    top = condition.of if isinstance(condition, Every) else (condition,)
    for one in top:
        if isinstance(one, Test) or not inside(one):
            continue
        said = "Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions"
        if isinstance(one, Some):
            said = "Semi join sub-selects are not allowed with the 'OR' operator"
        raise here.refuse("MALFORMED_QUERY", inside(one)[0].at, said)


def joined(here: Scope, column: Column, test: Test, query: Query) -> Keeps:
    """A lookup among the ids that a query inside finds."""
    if column.through:
        raise here.refuse(
            "MALFORMED_QUERY", test.what.at, f"semi join left operand '{column.path}' must not be a parent's field"
        )
    if column.field.type not in ("id", "reference"):
        said = f"semi join left operand '{column.name}' must be of type ID or reference"
        raise here.refuse("INVALID_FIELD", test.what.at, said)
    if query.limit is not None or query.order or query.group or query.offset is not None:
        raise here.refuse(
            "MALFORMED_QUERY",
            query.source_at,
            "LIMIT, OFFSET, ORDER BY and GROUP BY are not allowed in semi join sub-selects",
        )
    if len(query.select) != 1 or isinstance(query.select[0].what, Call):
        raise here.refuse("MALFORMED_QUERY", query.source_at, "semi join sub-selects can only query a single column")
    there = scope(here.org, here.user, query.source, here.text, query.source_at, deleted=here.deleted)
    other = there.column(query.select[0].what)
    if other.through:
        raise NotKnown("a parent's field in the SELECT of a query inside")
    if other.field.type not in ("id", "reference"):
        raise here.refuse(
            "MALFORMED_QUERY", query.select[0].what.at, "semi join sub-selects can only query id and reference fields"
        )
    if query.where is not None and inside(query.where):
        raise here.refuse("MALFORMED_QUERY", query.source_at, "Nesting of semi join sub-selects is not supported")
    wanted = keeps(there, query.where)
    found = {key(other, record[other.name]) for record in there.records() if wanted(record)} - {None}
    if test.operator == "IN":
        return lambda record: key(column, here.value(record, column)) in found

    def outside(record: Record) -> bool:
        mine = key(column, here.value(record, column))
        if mine is None:
            raise NotKnown(f"whether NOT IN a query finds records without {column.name}")
        return mine not in found

    return outside
