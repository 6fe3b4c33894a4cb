"""Criteria as the rules of the process put them together."""

from collections.abc import Iterable
from datetime import date, timedelta

from crmgov.model.canonical import Body


def equals(field: str, value: object) -> Body:
    """The field has this value."""
    return {"field": field, "op": "equals", "value": value}


def one_of(field: str, values: Iterable[str]) -> Body:
    """The field has one of these values."""
    return {"field": field, "op": "in", "value": list(values)}


def blank(field: str) -> Body:
    """The field has no value."""
    return {"field": field, "op": "blank"}


def present(field: str) -> Body:
    """The field has a value."""
    return {"field": field, "op": "present"}


def before(field: str, day: date) -> Body:
    """The date in a field lies before this day."""
    return {"field": field, "op": "less", "value": day.isoformat()}


def days_ago(today: date, days: int) -> date:
    """The day this many days back; the first day there is where that lies before it."""
    return today - timedelta(days=min(days, today.toordinal() - 1))


def every(*parts: Body | None) -> Body | None:
    """True where all are; None, which is always true, where none is given."""
    wanted = [part for part in parts if part]
    return {"all": wanted} if len(wanted) > 1 else (wanted[0] if wanted else None)


def either(parts: Iterable[Body]) -> Body:
    """True where any is."""
    held = list(parts)
    return held[0] if len(held) == 1 else {"any": held}
