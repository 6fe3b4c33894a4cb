"""ORDER BY over records. Without it the vendor promises no order; the counterpart keeps that of its records."""

from __future__ import annotations

from collections.abc import Callable

from ..objects import Record
from .aggregate import place
from .names import Column, Scope
from .tree import Call, Query


def arranged(here: Scope, query: Query) -> Callable[[list[Record]], list[Record]]:
    """Puts records in the order asked for. Missing values come first, if nothing else is said."""
    keys: list[tuple[Column, bool, bool]] = []
    for one in query.order:
        if isinstance(one.what, Call):
            raise here.refuse("MALFORMED_QUERY", one.what.at, "Ordered field must be grouped or aggregated")
        column = here.column(one.what)
        if not column.field.allowed.sort:
            raise here.refuse(
                "MALFORMED_QUERY", one.what.at, f"field '{column.name}' can not be sorted in a query call"
            )
        keys.append((column, one.descending, one.nulls_last))

    def arrange(records: list[Record]) -> list[Record]:
        for column, descending, last in reversed(keys):
            missing = [record for record in records if here.value(record, column) is None]
            present = [record for record in records if here.value(record, column) is not None]
            present.sort(key=lambda record, by=column: place(by, here.value(record, by)), reverse=descending)  # type: ignore[misc,arg-type]
            records = [*present, *missing] if last else [*missing, *present]
        return records

    return arrange
