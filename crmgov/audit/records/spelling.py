"""Values as text, spelt alike whatever engine they come from."""

import datetime as dt
import math
from decimal import Decimal
from typing import Any


def spelt(value: Any, type_: Any) -> str:
    """The one spelling of a value of a column's type: 5 rather than 5.00, true, 2026-01-31, 2026-01-31 08:00:00 (UTC).

    Blank where there is nothing, or nothing that is a number.
    """
    if missing(value):
        return ""
    if type_.is_boolean():
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (float, Decimal)):
        return _number(value)
    if type_.is_timestamp():
        return _moment(value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value)))
    return str(value)


def missing(value: Any) -> bool:
    """Whether a value is none, or no number."""
    return value is None or value != value  # noqa: PLR0124 - not a number is the one value unequal to itself


def _number(value: float | Decimal) -> str:
    if not math.isfinite(value):
        return "inf" if value > 0 else "-inf"
    text = f"{value if isinstance(value, Decimal) else Decimal(repr(value)):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _moment(value: dt.datetime) -> str:
    plain = value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo is not None else value
    return plain.isoformat(sep=" ")
