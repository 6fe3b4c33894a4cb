"""Words that mean days: TODAY, LAST_N_DAYS:30."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from ..errors import NotKnown
from .lexer import malformed
from .tree import Literal

#: Words of the vendor that the counterpart was not taught, so that they are not taken for mistakes.
UNTAUGHT = frozenset(
    f"{which}_{unit}"
    for which in ("LAST", "THIS", "NEXT", "LAST_N", "NEXT_N")
    for unit in ("WEEK", "WEEKS", "QUARTER", "QUARTERS", "FISCAL_QUARTER", "FISCAL_QUARTERS", "FISCAL_YEAR", "FISCAL_YEARS")
) | {"NEXT_N_MONTHS", "LAST_N_YEARS", "NEXT_N_YEARS"} | {
    f"N_{unit}_AGO" for unit in ("WEEKS", "MONTHS", "QUARTERS", "YEARS", "FISCAL_QUARTERS", "FISCAL_YEARS")
}  # fmt: skip


def _month(year: int, month: int) -> date:
    """The first day of a month, months beyond the year's counted on."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def days(literal: Literal, text: str, today: date) -> tuple[date, date]:
    """The first day a word means, and the day after its last."""
    word, count = str(literal.value), literal.number
    one = timedelta(days=1)
    if count is not None:
        if word == "LAST_N_DAYS":
            return today - timedelta(days=count), today + one
        if word == "N_DAYS_AGO":
            return today - timedelta(days=count), today - timedelta(days=count) + one
        if word == "LAST_N_MONTHS":
            return _month(today.year, today.month - count), _month(today.year, today.month)
        if word == "NEXT_N_DAYS":
            return today + one, today + timedelta(days=count + 1)
    else:
        known = {
            "TODAY": (today, today + one),
            "YESTERDAY": (today - one, today),
            "TOMORROW": (today + one, today + 2 * one),
            "LAST_90_DAYS": (today - timedelta(days=90), today + one),
            "THIS_MONTH": (_month(today.year, today.month), _month(today.year, today.month + 1)),
            "LAST_MONTH": (_month(today.year, today.month - 1), _month(today.year, today.month)),
            "THIS_YEAR": (date(today.year, 1, 1), date(today.year + 1, 1, 1)),
            "LAST_YEAR": (date(today.year - 1, 1, 1), date(today.year, 1, 1)),
        }
        if word in known:
            return known[word]
    if word in UNTAUGHT or word.startswith("NEXT_"):
        raise NotKnown(f"the date literal {word}")
    raise malformed(text, literal.at, f"unexpected token: '{word}'")


def midnight(day: date) -> datetime:
    """The moment a day begins, for a user whose time zone is GMT."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
