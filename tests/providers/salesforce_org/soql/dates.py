"""Parts of days and moments: `CALENDAR_YEAR(CreatedDate)`. Moments are taken in UTC, as they are without convertTimezone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from ..fields import Can, Field

#: What each makes of a day or a moment.
FUNCTIONS: dict[str, Callable[[date], object]] = {
    "CALENDAR_YEAR": lambda day: day.year,
    "CALENDAR_QUARTER": lambda day: (day.month + 2) // 3,
    "CALENDAR_MONTH": lambda day: day.month,
    "DAY_IN_MONTH": lambda day: day.day,
    "DAY_ONLY": lambda day: day.date() if isinstance(day, datetime) else day,
}


def takes(function: str, field: Field) -> bool:
    """Whether a function may be asked of a field."""
    return field.type == "datetime" or (field.type == "date" and function != "DAY_ONLY")


def made(function: str, field: Field) -> Field:
    """The field as a function shows it."""
    kind = "date" if function == "DAY_ONLY" else "int"
    return replace(
        field, name=f"{function}({field.name})", type=kind, can=Can(filter=True, group=True, sort=True, aggregate=False)
    )
