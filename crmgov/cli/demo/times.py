"""When the invented records were made and last changed, and how all their days move with the calendar. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from crmgov.cli.demo.random_state import TODAY, Chance, Row, Value

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?= \d{2}:\d{2}:\d{2}$|$)")


def timed(name: str, rows: list[Row]) -> None:
    """Give the records of an object the times that the CRM itself would have written, where it keeps them."""
    if name not in _SPANS:
        return
    chance = Chance(f"times of {name}")
    for row in rows:
        made, changed = sorted(chance.moment(day) for day in _SPANS[name](chance, row))
        row |= {"CreatedAt": made, "UpdatedAt": changed}


def moved(row: Mapping[str, Value], today: date) -> Row:
    """A record as if it had been counted today."""
    days = max(0, (today - TODAY).days)
    return {name: _later(value, days) for name, value in row.items()}


def _later(value: Value, days: int) -> Value:
    if not days or not isinstance(value, str) or not _DAY.match(value):
        return value
    return f"{date.fromisoformat(value[:10]) + timedelta(days=days)}{value[10:]}"


def _before(chance: Chance, day: str, least: int, most: int) -> str:
    """A day that lies this many days before another; most are near it."""
    back = least + round((most - least) * (chance.number(0, 1000) / 1000) ** 2)
    return (date.fromisoformat(day) - timedelta(days=back)).isoformat()


def _since(chance: Chance, day: str) -> str:
    return chance.day(date.fromisoformat(day), TODAY)


def _lead(chance: Chance, row: Row) -> tuple[str, str]:
    """Scores of open leads are worked out every week, which changes them."""
    seen = str(row["LastActivityDate"])
    made = _before(chance, seen, 0, 60)
    return made, seen if row["Status"] in ("Converted", "Disqualified") else _before(chance, TODAY.isoformat(), 0, 7)


def _contact(chance: Chance, row: Row) -> tuple[str, str]:
    made = _before(chance, TODAY.isoformat(), 0, 1500)
    verified = row.get("LastVerified")
    return made, str(verified) if verified else _since(chance, made)


def _account(chance: Chance, row: Row) -> tuple[str, str]:
    since = row.get("CustomerSince")
    made = _before(chance, str(since), 20, 400) if since else _before(chance, TODAY.isoformat(), 10, 2000)
    return made, str(row["LastActivityDate"])


def _deal(chance: Chance, row: Row) -> tuple[str, str]:
    if str(row["Stage"]).startswith("Closed"):
        closed = str(row["CloseDate"])
        return _before(chance, closed, 15, 210), closed
    made = _before(chance, TODAY.isoformat(), 0, 180)
    seen = row.get("LastActivityDate")
    return made, str(seen) if seen else _since(chance, made)


_SPANS: Mapping[str, Callable[[Chance, Row], tuple[str, str]]] = {
    "Lead": _lead, "Contact": _contact, "Account": _account, "Opportunity": _deal,
}  # fmt: skip
