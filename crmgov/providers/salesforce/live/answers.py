"""What rows of a query come to: numbers and texts spelt as every other source spells them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crmgov.providers.salesforce.live.described import Column
from crmgov.providers.salesforce.live.faults import RefusedError


def count_of(value: Any) -> int:
    """A count. Raises RefusedError where it is none."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, float) and value >= 0 and value.is_integer():
        return int(value)
    raise RefusedError("", "a count is no number")


def spelt(value: Any, column: Column) -> str:
    """A value of a field: 5 rather than 5.0, true, 2026-01-31, 2026-01-31 08:00:00 (UTC); blank for none.

    Raises RefusedError where it does not read as the field's type.
    """
    if value is None:
        return ""
    if column.kind == "boolean" and isinstance(value, bool):
        return "true" if value else "false"
    if column.kind == "number" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value)
    if column.kind not in ("boolean", "number") and isinstance(value, str):
        return moment(value, column.type) if column.kind == "time" else value
    raise RefusedError("", f"a value of {column.name} has no known form")


def _number(value: float) -> str:
    text = format(Decimal(repr(value)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def moment(text: str, type_: str) -> str:
    """A day, or a moment in UTC without its zone. Raises RefusedError where the text says none."""
    try:
        if type_ == "date":
            return dt.date.fromisoformat(text).isoformat()
        found = dt.datetime.fromisoformat(text)
        return (found if found.tzinfo is None else found.astimezone(dt.UTC).replace(tzinfo=None)).isoformat(sep=" ")
    except (ValueError, OverflowError) as error:
        raise RefusedError("", "a time has no known form") from error
