"""GROUP BY, and aggregates without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..errors import NotKnown
from ..fields import Field
from ..objects import Record
from .aggregate import column_of, outcome, place
from .compare import key, ordered
from .conditions import RESERVED
from .names import Column, Scope
from .tree import Call, Condition, Every, Literal, Not, Query, Some, Test

MOST = 2_000
Group = list[Record]
#: What an aggregate makes is a number, whatever it was asked of.
NUMBER = Column((), "", Field("number", "double"))


@dataclass(frozen=True)
class Cell:
    """One column of grouped rows: its name in the answer, and its value for a group."""

    name: str
    column: Column
    call: Call | None
    value: Callable[[Group], object]


def grouped(here: Scope, query: Query, wanted: Callable[[Record], bool]) -> list[dict[str, object]]:
    """The rows of an aggregate query."""
    keys = [group_column(here, one) for one in query.group]
    cells = [*named(here, query, keys)]
    if not query.group:
        refuse_overall(here, query)
    having = kept(here, query.having, keys)
    arrange = arranged(here, query, keys)
    records = [record for record in here.records() if wanted(record)]
    groups: list[Group] = [records]
    if keys:
        by_key: dict[tuple[object, ...], Group] = {}
        for record in records:
            by_key.setdefault(tuple(key(one, here.value(record, one)) for one in keys), []).append(record)
        groups = list(by_key.values())
    groups = arrange([group for group in groups if having(group)])
    start = query.offset or 0
    groups = groups[start : None if query.limit is None else start + query.limit]
    if len(groups) > MOST:
        said = "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch"
        raise here.refuse("EXCEEDED_ID_LIMIT", query.source_at, said)
    return [{cell.name: cell.value(group) for cell in cells} for group in groups]


def group_column(here: Scope, what: object) -> Column:
    """A column that records are grouped by."""
    if isinstance(what, Call):
        raise here.refuse("MALFORMED_QUERY", what.at, "aggregate functions cannot be used in GROUP BY")
    column = here.column(what)  # type: ignore[arg-type]
    if column.shared:
        raise NotKnown(f"GROUP BY {column.path}, through a lookup to several objects")
    if not column.field.allowed.group:
        raise here.refuse("MALFORMED_QUERY", what.at, f"field '{column.name}' can not be grouped in a query call")  # type: ignore[attr-defined]
    return column


def cell_of(here: Scope, what: object, keys: list[Column]) -> Cell:
    """A column or an aggregate, for groups made by these keys."""
    if isinstance(what, Call):
        column = column_of(here, what)
        call = what
        if column.path in {one.path for one in keys}:
            raise here.refuse("MALFORMED_QUERY", call.at, f"Grouped field should not be aggregated: {column.path}")
        return Cell(
            "", column, call, lambda group: outcome(call, column, (here.value(record, column) for record in group))
        )
    column = here.column(what)  # type: ignore[arg-type]
    if column.path not in {one.path for one in keys}:
        said = f"Field must be grouped or aggregated: {column.path}"
        raise here.refuse("MALFORMED_QUERY", what.at, said)  # type: ignore[attr-defined]
    return Cell("" if column.function else column.name, column, None, lambda group: spelling(here, column, group))


def spelling(here: Scope, column: Column, group: Group) -> object:
    """The one value of a group. Texts that differ only in case are one group; nobody knows which of them it goes by."""
    values = {here.value(record, column) for record in group}
    if len(values) > 1:
        raise NotKnown(f"which spelling of {column.name} a group goes by, where some differ only in case")
    return values.pop()


def named(here: Scope, query: Query, keys: list[Column]) -> list[Cell]:
    """The columns of the answer. An aggregate without an alias is expr0, expr1..., counted among those without."""
    found: list[Cell] = []
    unnamed = 0
    for one in query.select:
        cell = cell_of(here, one.what, keys)
        name = one.alias or cell.name
        if one.alias and one.alias.upper() in RESERVED:
            raise here.refuse("MALFORMED_QUERY", one.what.at, f"unexpected token: '{one.alias}'")
        if not name:
            name, unnamed = f"expr{unnamed}", unnamed + 1
        if name.lower() in {before.name.lower() for before in found}:
            raise here.refuse("MALFORMED_QUERY", one.what.at, f"duplicate alias: {name}")
        found.append(Cell(name, cell.column, cell.call, cell.value))
    return found


def refuse_overall(here: Scope, query: Query) -> None:
    """What cannot go with aggregates of all records."""
    for clause, there in (
        ("ORDER BY", bool(query.order)),
        ("LIMIT", query.limit is not None),
        ("OFFSET", query.offset is not None),
    ):
        if there:
            said = f"Non-grouped query that uses overall aggregate functions cannot also use {clause}"
            raise here.refuse("MALFORMED_QUERY", query.source_at, said)


def kept(here: Scope, condition: Condition | None, keys: list[Column]) -> Callable[[Group], bool]:
    """HAVING: conditions over groups."""
    if condition is None:
        return lambda group: True
    if isinstance(condition, Not):
        inner = kept(here, condition.inner, keys)
        return lambda group: not inner(group)
    if isinstance(condition, Every | Some):
        parts = [kept(here, part, keys) for part in condition.of]
        both = all if isinstance(condition, Every) else any
        return lambda group: both(part(group) for part in parts)
    return having(here, condition, keys)


def having(here: Scope, test: Test, keys: list[Column]) -> Callable[[Group], bool]:
    """One comparison of HAVING."""
    cell = cell_of(here, test.what, keys)
    if (
        not isinstance(test.value, Literal)
        or test.value.kind != "number"
        or cell.call is None
        or test.operator not in ("=", "!=", "<", "<=", ">", ">=")
    ):
        raise NotKnown("a HAVING that is no comparison of an aggregate with a number")
    if cell.call.name in ("MIN", "MAX"):
        raise NotKnown("HAVING over MIN and MAX")
    meets = ordered(NUMBER, test.operator, test.value.value)
    return lambda group: meets(cell.value(group))


def arranged(here: Scope, query: Query, keys: list[Column]) -> Callable[[list[Group]], list[Group]]:
    """ORDER BY of groups."""
    cells = [(cell_of(here, one.what, keys), one.descending, one.nulls_last) for one in query.order]

    def where(cell: Cell, group: Group) -> object:
        value = cell.value(group)
        counts = cell.call is not None and cell.call.name not in ("MIN", "MAX")
        return key(NUMBER, value) if counts else place(cell.column, value)

    def arrange(groups: list[Group]) -> list[Group]:
        for cell, descending, last in reversed(cells):
            missing = [group for group in groups if cell.value(group) is None]
            present = [group for group in groups if cell.value(group) is not None]
            present.sort(key=lambda group, by=cell: where(by, group), reverse=descending)  # type: ignore[misc,arg-type]
            groups = [*present, *missing] if last else [*missing, *present]
        return groups

    return arrange
