"""What rows of a query come to: numbers and texts spelt as every other source spells them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crmgov.providers.salesforce.live.faults import RefusedError


def count_of(value: Any) -> int:
    """A count. Raises RefusedError where it is none."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, float) and value >= 0 and value.is_integer():
        return int(value)
    raise RefusedError("", "a count is no number")


def spelt(value: Any, type_: str) -> str:
    """A value by its field's type: 5 rather than 5.0, true, 2026-01-31, 2026-01-31 08:00:00 (UTC); blank for none.

    Raises RefusedError where it does not read as its type.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = format(Decimal(repr(value)), "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    text = str(value)
    if type_ != "datetime":
        return text
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise RefusedError("", "a time has no known form") from error
    return (moment if moment.tzinfo is None else moment.astimezone(dt.UTC).replace(tzinfo=None)).isoformat(sep=" ")
