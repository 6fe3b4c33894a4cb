"""Texts of a file read as their field's type means them, and how many cannot be read so."""

from collections.abc import Mapping
from typing import Any

from crmgov.audit.records.database import Kind, kind_of

_TYPES: Mapping[str, tuple[Kind, str]] = {
    "integer": ("number", "float64"), "decimal": ("number", "float64"), "currency": ("number", "float64"),
    "percent": ("number", "float64"), "date": ("time", "date"), "datetime": ("time", "timestamp('UTC')"),
    "boolean": ("boolean", "boolean"), "multipicklist": ("many", ""),
}  # fmt: skip
"""By type of field: what its text means, and what it is read as."""
_TRUE, _FALSE = ("true", "1", "yes", "t", "y"), ("false", "0", "no", "f", "n")


def typed(column: Any, type_: str) -> tuple[Any, Kind]:
    """A column as its field's type means it; a text that does not read so is null there."""
    kind, wanted = _TYPES.get(type_, ("text", ""))
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
