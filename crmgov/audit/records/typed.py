"""Texts of a file read as their field's type means them, and how many cannot be read so."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from crmgov.audit.records import told
from crmgov.audit.records.blank import said
from crmgov.audit.records.database import Kind, kind_of
from crmgov.model.diagnostics import Diagnostic

_TYPES: Mapping[str, tuple[Kind, str]] = {
    "integer": ("number", "float64"), "decimal": ("number", "float64"), "currency": ("number", "float64"),
    "percent": ("number", "float64"), "date": ("time", "date"), "datetime": ("time", "timestamp('UTC')"),
    "boolean": ("boolean", "boolean"), "multipicklist": ("many", ""),
}  # fmt: skip
"""By type of field: what its text means, and what it is read as."""
_TRUE, _FALSE = ("true", "1", "yes", "t", "y"), ("false", "0", "no", "f", "n")


TRUSTED = 100
"""One in so many values may not read as its type before figures that need the type are not given."""


Row = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Gives aggregates of one table by name."""


class Unread(NamedTuple):
    """Fields with values that do not read as their type: what is told of each, and those that have too many."""

    problems: list[Diagnostic]
    reasons: dict[str, str]
    untyped: list[str]


def typed(column: Any, type_: str) -> tuple[Any, Kind]:
    """A column as its field's type means it; a text that does not read so is null there."""
    kind, wanted = _TYPES.get(type_, ("text", ""))
    if kind == "boolean" and column.type().is_numeric():
        return column != 0, kind
    if not wanted or not column.type().is_string():
        return column, kind if column.type().is_string() else kind_of(column.type())
    text = column.strip()
    if kind == "boolean":
        import ibis

        lower = text.lower()
        return ibis.cases((lower.isin(list(_TRUE)), True), (lower.isin(list(_FALSE)), False)), kind
    read = text.try_cast(wanted)
    if kind == "number":
        return (read.isnan() | read.isinf()).ifelse(None, read), kind
    return (read if wanted == "date" else read.cast("timestamp")), kind


def unread(
    name: str,
    types: Mapping[str, str],
    columns: Mapping[str, Any],
    texts: Mapping[str, Any],
    row: Row,
    *,
    dialect: str,
) -> Unread:
    """Which of an object's texts are null among its typed columns."""
    found = Unread([], {}, [])
    if not texts:
        return found
    there = {one: said(text, dialect) for one, text in texts.items()}
    wanted = {f"p{at}": there[one].sum() for at, one in enumerate(texts)}
    wanted |= {f"u{at}": (there[one] & columns[one].isnull()).sum() for at, one in enumerate(texts)}
    counts = row(wanted)
    for at, field in enumerate(texts):
        count, present = int(counts[f"u{at}"] or 0), int(counts[f"p{at}"] or 0)
        if count:
            problem = told.of_unreadable(name, field, types.get(field, "its type"), count, present)
            found.problems.append(problem)
            found.reasons[field] = problem.message
            if count * TRUSTED > present:
                found.untyped.append(field)
    return found
