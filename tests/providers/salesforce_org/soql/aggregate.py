"""Aggregates: what each may be asked of, and what it makes of values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..errors import NotKnown
from ..fields import NUMBERS
from .compare import key
from .names import Column, Scope
from .tree import Call


def column_of(here: Scope, call: Call) -> Column:
    """The column an aggregate is asked of. Refused as MALFORMED_QUERY if its type does not know the aggregate."""
    assert call.argument is not None
    column = here.column(call.argument)
    if column.shared:
        raise NotKnown(f"an aggregate of {column.path}, through a lookup to several objects")
    sums = call.name in ("SUM", "AVG")
    if not column.field.allowed.aggregate or (sums and column.field.type not in NUMBERS):
        said = f"field {column.name} does not support aggregate operator {call.name}"
        raise here.refuse("MALFORMED_QUERY", call.argument.at, said)
    return column


def place(column: Column, value: object) -> object:
    """Where a value stands among others: a picklist's values in the order of the picklist, all else by value."""
    values = column.field.values + column.field.inactive
    if column.field.type == "picklist" and values:
        if value not in values:
            raise NotKnown(f"where {column.name} sorts a value that is not in its list")
        return values.index(str(value))
    return key(column, value)


def outcome(call: Call, column: Column, values: Iterable[object]) -> object:
    """What an aggregate makes of a column's values. Missing values count for nothing."""
    present = [value for value in values if value is not None]
    if call.name == "COUNT":
        return len(present)
    if call.name == "COUNT_DISTINCT":
        return len({key(column, value) for value in present})
    if not present:
        return None
    if call.name in ("MIN", "MAX"):
        best = min if call.name == "MIN" else max
        return best(present, key=lambda value: place(column, value))  # type: ignore[arg-type,return-value]
    total = sum((Decimal(str(value)) for value in present), Decimal(0))
    if call.name == "AVG":
        return float(total / len(present))
    return int(total) if column.field.type == "int" else float(total)
