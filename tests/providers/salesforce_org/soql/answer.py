"""The answer to a query."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..errors import NotKnown, Refused
from ..objects import Record
from ..org import Org
from ..people import User
from .grouping import grouped
from .names import Column, Scope, scope
from .ordering import arranged
from .parser import parse
from .tree import Call, Condition, Every, Not, Query, Some, Test
from .where import keeps

FARTHEST = 2_000


@dataclass
class Answer:
    """Rows of a query. `counted` is the one number of `SELECT COUNT()`; `aggregate` says that rows are groups.

    A row of records holds a value per column of `columns`; a row of groups a value per name of `names`.
    """

    here: Scope
    columns: list[Column] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    rows: list[dict[str, object]] = field(default_factory=list)
    counted: int | None = None
    aggregate: bool = False


def ask(org: Org, user: User, text: str, deleted: bool = False) -> Answer:
    """The answer to the text of a query, for a user. `deleted` finds deleted records too."""
    return answered(org, user, parse(text), deleted)


def answered(org: Org, user: User, query: Query, deleted: bool = False) -> Answer:
    """The answer to a query."""
    here = scope(org, user, query.source, query.text, query.source_at, deleted=deleted)
    query = entity(here, query)
    if query.offset is not None and query.offset > FARTHEST:
        raise here.refuse("NUMBER_OUTSIDE_VALID_RANGE", query.source_at, f"Maximum SOQL offset allowed is {FARTHEST}")
    calls = [one for one in query.select if isinstance(one.what, Call)]
    if any(isinstance(one.what, Call) and one.what.argument is None for one in calls):
        return counted(here, query)
    wanted = keeps(here, query.where)
    if calls or query.group:
        rows = grouped(here, query, wanted)
        return Answer(here, rows=rows, aggregate=True)
    return plain(here, query, wanted)


def entity(here: Scope, query: Query) -> Query:
    """What the catalogue of objects does not do, or does wrong: it refuses counts, groups, OR and NOT, and ignores LIMIT."""
    if here.source.name != "EntityDefinition":
        return query
    if any(isinstance(one.what, Call) for one in query.select) or query.group:
        said = "The requested operation is not yet supported by this SObject storage type, contact salesforce.com support for more information."
        raise Refused(400, "INVALID_OPERATION", said)
    pending: list[Condition] = [] if query.where is None else [query.where]
    while pending:
        one = pending.pop()
        if isinstance(one, Some):
            raise Refused(400, "INVALID_OPERATION", "Disjunctions not supported")
        if isinstance(one, Not) or (isinstance(one, Test) and one.operator in ("!=", "NOT IN")):
            raise Refused(400, "INVALID_OPERATION", "Only equals comparisons permitted")
        if isinstance(one, Test) and one.operator not in ("=", "IN"):
            raise NotKnown(f"{one.operator} on EntityDefinition")
        if isinstance(one, Every):
            pending.extend(one.of)
    return replace(query, limit=None, offset=None)


def counted(here: Scope, query: Query) -> Answer:
    """`SELECT COUNT()`: a number and no rows."""
    if len(query.select) > 1 or query.group or query.select[0].alias:
        raise here.refuse(
            "MALFORMED_QUERY",
            query.select[0].what.at,
            "COUNT() must be the only element in the SELECT list; use COUNT(fieldName)",
        )
    if query.order:
        raise here.refuse("MALFORMED_QUERY", query.order[0].what.at, "Count query does not permit ORDER BY")
    wanted = keeps(here, query.where)
    number = sum(1 for record in here.records() if wanted(record))
    number = max(0, number - (query.offset or 0))
    return Answer(here, counted=number if query.limit is None else min(number, query.limit))


def plain(here: Scope, query: Query, wanted: object) -> Answer:
    """Records."""
    columns: list[Column] = []
    for one in query.select:
        if one.alias:
            raise here.refuse("MALFORMED_QUERY", one.what.at, "only aggregate expressions use field aliasing")
        assert not isinstance(one.what, Call)
        column = here.column(one.what)
        if column.function:
            raise NotKnown(f"{column.function} in SELECT without GROUP BY")
        if any(column.path == before.path for before in columns):
            raise here.refuse("INVALID_FIELD", one.what.at, f"duplicate field selected: {column.path}")
        columns.append(column)
    arrange = arranged(here, query)
    found = arrange([record for record in here.records() if wanted(record)])  # type: ignore[operator]
    start = query.offset or 0
    end = None if query.limit is None else start + query.limit
    return Answer(here, columns, found[start:end])
