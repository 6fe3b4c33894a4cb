"""Field types in groups, and which values and comparisons fit them. Pure tables, in words a reader understands."""

import re
from datetime import date, datetime, time

TEXTS = frozenset(("text", "textarea", "richtext", "email", "phone", "url", "autonumber"))
NUMBERS = frozenset(("integer", "decimal", "currency", "percent"))
DATES = frozenset(("date", "datetime"))
POINTERS = frozenset(("lookup", "master_detail", "user"))
COMPUTED = frozenset(("formula", "rollup", "autonumber"))
_BARE = frozenset(("geolocation", "file"))

_ANY = frozenset(("blank", "present", "changed", "is_new"))
_EQUAL = frozenset(("equals", "not_equals", "in", "not_in", "was"))
_ORDER = frozenset(("less", "less_or_equal", "greater", "greater_or_equal"))
_TEXT = frozenset(("contains", "not_contains", "starts_with", "matches"))

NO_VALUE = _ANY
LISTS = frozenset(("in", "not_in", "includes", "excludes"))
HISTORY = frozenset(("changed", "was", "is_new"))
PARTS = _TEXT
"""Operators whose value is a part of a text or a pattern, not a value of the field."""

_TODAY = re.compile(r"\$today([+-][0-9]{1,5})?\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def operators(holds: str) -> frozenset[str]:
    """The operators that fit a type."""
    if holds in TEXTS:
        return _ANY | _EQUAL | _ORDER | _TEXT
    if holds in NUMBERS or holds in DATES or holds == "time":
        return _ANY | _EQUAL | _ORDER
    if holds == "picklist":
        return _ANY | _EQUAL | _TEXT
    if holds == "multipicklist":
        return _ANY | {"includes", "excludes", "equals", "not_equals", "was"}
    if holds in POINTERS:
        return _ANY | _EQUAL
    return _ANY | {"equals", "not_equals", "was"} if holds == "boolean" else _ANY


def group(holds: str) -> str:
    """Types whose values can be compared with one another share a group."""
    if holds in TEXTS or holds in ("picklist", "multipicklist"):
        return "text"
    if holds in POINTERS:
        return "record"
    return "number" if holds in NUMBERS else "date" if holds in DATES else holds


def operand(value: object) -> str:
    """The name of a ``$`` operand (``today``, ``user.role``); ``?`` for an unknown one; empty for a literal."""
    if not isinstance(value, str) or not value.startswith("$"):
        return ""
    if _TODAY.match(value):
        return "today"
    return "user.role" if value == "$user.role" else "?"


def misfit(holds: str, value: object) -> str:
    """Why a literal cannot be a value of a type, as words after it; empty where it can. Picklists are not looked up."""
    if holds in TEXTS or holds in POINTERS or holds in ("picklist", "multipicklist"):
        return "" if isinstance(value, str) else "is not text; put it in quotes"
    if holds == "boolean":
        return "" if isinstance(value, bool) else "is neither true nor false"
    if holds == "integer":
        return "" if isinstance(value, int) and not isinstance(value, bool) else "is not a whole number"
    if holds in NUMBERS:
        return "" if isinstance(value, (int, float)) and not isinstance(value, bool) else "is not a number"
    if holds in DATES or holds == "time":
        return _moment(holds, value)
    return "cannot be written down" if holds in _BARE else ""


def _moment(holds: str, value: object) -> str:
    wanted = {
        "date": "is not a date like 2026-05-31",
        "datetime": "is not a date or time like 2026-05-31T14:00Z",
        "time": "is not a time like 14:00",
    }[holds]
    if not isinstance(value, str):
        return wanted
    try:
        if holds == "time":
            time.fromisoformat(value)
        elif _DATE.match(value):
            date.fromisoformat(value)
        elif holds == "date" or not _DATE.match(value[:10]):
            return wanted
        else:
            datetime.fromisoformat(value)
    except ValueError:
        return wanted
    return ""


def mended(holds: str, value: object) -> object | None:
    """The same value as the type wants it, where that is beyond doubt; else None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int) and (holds in TEXTS or holds in ("picklist", "multipicklist")):
        return str(value)
    if holds == "boolean" and isinstance(value, str):
        return {"true": True, "false": False}.get(value.casefold())
    if isinstance(value, str) and holds in NUMBERS and re.fullmatch(r"-?(0|[1-9][0-9]{0,14})", value):
        return int(value)
    return None
