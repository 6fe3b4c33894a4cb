"""Figures as what a query can count: sums and differences of aggregates, each over records of one scope.

What Salesforce cannot count exactly is said so: patterns, lengths, days between dates, and text that is told apart by
case. Source of what may be aggregated, filtered and grouped: the field's own description.
"""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from crmgov.model.figures import Figure
from crmgov.providers.salesforce.live.described import Column
from crmgov.providers.salesforce.live.soql import Find, Path, UnsayableError, condition, idle_of, opposite

ALL = "COUNT(Id)"
_WITHOUT = {
    "longest": "lengths", "longer": "lengths", "fitting": "patterns", "days": "days between two fields",
}  # fmt: skip


class Term(NamedTuple):
    """An aggregate over the records that meet ``where`` (empty: all), parted by the values of ``by``."""

    aggregate: str
    where: str = ""
    by: str = ""


class Reckoned(NamedTuple):
    """How a figure comes of terms: the first, less the others; ``of`` counts the records in its scope, by part too."""

    terms: tuple[Term, ...]
    of: Term


class Listed(NamedTuple):
    """Records by value: of one field, in one scope, the most frequent first. ``exact``: values are told apart fully."""

    path: str
    where: str
    most: int
    shared: bool
    exact: bool


def reckoned(figure: Figure, find: Find, modified: Path | None, today: dt.date) -> Reckoned | Listed:
    """What answers a figure. Raises UnsayableError."""
    scope = _scope(figure, find, today)
    if figure.metric in _WITHOUT:
        raise UnsayableError(f"its interface counts no {_WITHOUT[figure.metric]}; only a copy of the records tells")
    by = ""
    if figure.by:
        by, part = find(figure.by)
        if not part.groupable or not part.exact:
            raise UnsayableError(f"records are not told apart there by {figure.by}")
        if figure.metric not in ("records", "filled"):
            raise UnsayableError("only how many records, and how many filled, is parted there by another field")
    of = Term(ALL, scope, by)
    if figure.metric == "records":
        return Reckoned((Term(ALL, scope, by),), of)
    if figure.alike:
        raise UnsayableError("records that are alike are found only in a copy of them")
    path, column = find(figure.field)
    if figure.metric == "filled":
        return Reckoned(_filled(path, column, figure.blanks, scope, by), of)
    held = _and(scope, *_saying(path, column, figure.blanks))
    if figure.metric in ("values", "repeated"):
        if not column.groupable:
            raise UnsayableError(f"records are not told apart there by {figure.field}")
        return Listed(path, held, figure.most, figure.metric == "repeated", column.exact)
    if figure.metric == "latest":
        if modified is None:
            raise UnsayableError("no field says when a record was last written")
        return Reckoned((Term(f"MAX({modified})", held),), of)
    if not column.aggregatable:
        raise UnsayableError(f"values of {figure.field} are not aggregated there")
    if column.converted:
        raise UnsayableError(f"a query converts the currencies of {figure.field} before it compares")
    if figure.metric == "distinct":
        if not column.exact:
            raise UnsayableError(f"values of {figure.field} are told apart there without case")
        return Reckoned((Term(f"COUNT_DISTINCT({path})", held),), of)
    if column.kind not in ("number", "time"):
        raise UnsayableError("only numbers and times have an order that every source shares")
    return Reckoned((Term(f"{'MIN' if figure.metric == 'least' else 'MAX'}({path})", held),), of)


def _scope(figure: Figure, find: Find, today: dt.date) -> str:
    return condition(figure.criteria, find, today) if figure.criteria else ""


def _and(*parts: str) -> str:
    return " AND ".join(part for part in parts if part)


def _filled(path: Path, column: Column, blanks: Sequence[str], scope: str, by: str) -> tuple[Term, ...]:
    """Records with a value that says something: all with a value, less those with a placeholder."""
    if column.kind == "boolean":
        return (Term(ALL, _and(scope, f"{path} = true"), by),)
    if column.aggregatable and path != by:  # what parts a query is not aggregated in it
        there = Term(f"COUNT({path})", scope, by)
    elif column.filterable:
        there = Term(ALL, _and(scope, f"{path} != null"), by)
    else:
        raise UnsayableError(f"whether {column.name} is filled is known only from a copy of the records")
    idle = idle_of(path, column, blanks)
    return (there, Term(ALL, _and(scope, idle), by)) if idle else (there,)


def _saying(path: Path, column: Column, blanks: Sequence[str]) -> list[str]:
    """The conditions under which a value says something."""
    if not column.filterable:
        raise UnsayableError(f"records are not chosen there by {column.name}")
    if column.kind == "boolean":
        return [f"{path} = true"]
    idle = idle_of(path, column, blanks)
    return [f"{path} != null", opposite(idle)] if idle else [f"{path} != null"]
