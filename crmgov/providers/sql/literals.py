"""Defaults of columns: as values, and as SQL text."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from crmgov.providers.sql.names import DialectName
from crmgov.providers.sql.physical import SqlType

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d(:\d\d(\.\d{1,6})?)?\Z", re.ASCII)
_DATETIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d(:?\d\d)?)?\Z", re.ASCII)
_CAST = re.compile(r"::[A-Za-z_ ]+(\([\d, ]*\))?(\[\])?\Z")
INT64 = 2**63
DOUBLE_DIGITS = 15


def parse_date(text: str) -> dt.date | None:
    """The date an ISO text means; None where it is none."""
    try:
        return dt.date.fromisoformat(text) if _DATE.match(text) else None
    except ValueError:
        return None


def parse_time(text: str) -> dt.time | None:
    """The time of day an ISO text means; None where it is none."""
    try:
        return dt.time.fromisoformat(text) if _TIME.match(text) else None
    except ValueError:
        return None


def parse_datetime(text: str) -> dt.datetime | None:
    """The moment an ISO text means, UTC where it names no zone; None where it is none."""
    if not _DATETIME.match(text):
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def parse_decimal(value: object) -> Decimal | None:
    """The exact number of an int, float, Decimal or plain decimal text; None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    text = repr(value) if isinstance(value, float) else str(value)
    if isinstance(value, str) and not re.fullmatch(r"[+-]?\d+(\.\d+)?", text, re.ASCII):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def plain(number: Decimal) -> str:
    """A number without an exponent and without zeros that say nothing."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def fits_number(number: Decimal, wanted: SqlType) -> bool:
    """Whether a number is held exactly by this precision and scale."""
    if wanted.precision is None:
        return True
    scale = wanted.scale or 0
    _, digits, exponent = number.normalize().as_tuple()
    if not isinstance(exponent, int) or -exponent > scale:
        return False
    return len(digits) + exponent <= wanted.precision - scale or number == 0


def exact_double(number: Decimal) -> bool:
    """Whether SQLite, which holds 64-bit integers and doubles, gives this number back as it was."""
    if number == number.to_integral_value() and abs(number) < INT64:
        return True
    return Decimal(repr(float(number))) == number


def canonical(value: Any, family: str) -> Any:
    """A value of a family in one form, so that equal defaults are equal; None where it is not of the family."""
    if family == "text":
        return value if isinstance(value, str) else None
    if family == "boolean":
        return value if isinstance(value, bool) else None
    if family in ("integer", "numeric", "float"):
        number = None if isinstance(value, str) else parse_decimal(value)
        if number is None or (family == "integer" and (number % 1 or abs(number) >= INT64)):
            return None
        return number
    if not isinstance(value, str):
        return None
    parsers = {"date": parse_date, "time": parse_time, "datetime": parse_datetime}
    return parsers[family](value) if family in parsers else None


def text_literal(value: str) -> str:
    """A text as SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def default_sql(value: Any, wanted: SqlType, dialect: DialectName) -> str | None:
    """The SQL text of a default; None where it does not fit the column's type."""
    found = canonical(value, wanted.family)
    if found is None:
        return None
    if isinstance(found, bool):
        return {"sqlite": ("0", "1"), "postgresql": ("false", "true")}[dialect][found]
    if isinstance(found, str):
        too_long = wanted.length is not None and len(found) > wanted.length
        return None if too_long or "\x00" in found else text_literal(found)
    if isinstance(found, Decimal):
        fits = fits_number(found, wanted) and (dialect == "postgresql" or exact_double(found))
        return plain(found) if fits else None
    return text_literal(moment_text(found))


def moment_text(moment: dt.date | dt.time | dt.datetime) -> str:
    """A date, time or moment as it is stored in text: ISO, moments in UTC without a zone."""
    if isinstance(moment, dt.datetime):
        return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(sep=" ")
    return moment.isoformat()


def default_value(text: str | None, family: str) -> tuple[bool, Any]:
    """(understood, value) of a column's default as the database writes it; an expression is not understood."""
    if text is None:
        return True, None
    text = _bare(text)
    if text.upper() in ("NULL",):
        return True, None
    is_text = len(text) >= 2 and text[0] == "'" == text[-1] and "'" not in text[1:-1].replace("''", "")
    inner = text[1:-1].replace("''", "'") if is_text else text
    if family == "text":
        return (True, inner) if is_text else (False, None)
    if family == "boolean":
        known = {"true": True, "false": False, "1": True, "0": False}
        return (True, known[inner.lower()]) if inner.lower() in known else (False, None)
    if family in ("integer", "numeric", "float"):
        number = parse_decimal(inner)
        if number is None:
            return False, None
        return True, int(number) if number == number.to_integral_value() else float(number)
    value = inner if is_text else ""
    return (True, value) if canonical(value, family) is not None else (False, None)


def _bare(text: str) -> str:
    while True:
        text = text.strip()
        shorter = _CAST.sub("", text)
        if shorter.startswith("(") and shorter.endswith(")") and "(" not in shorter[1:] and "'" not in shorter:
            shorter = shorter[1:-1]
        if shorter == text:
            return text
        text = shorter
