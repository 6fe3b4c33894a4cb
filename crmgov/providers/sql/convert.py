"""Stored values turned into values of another type, exactly or not at all."""

import datetime as dt
from decimal import Decimal

from crmgov.providers.sql.dialect import Convert
from crmgov.providers.sql.literals import (
    INT64,
    exact_double,
    fits_number,
    moment_text,
    parse_date,
    parse_datetime,
    parse_decimal,
    parse_time,
    plain,
)
from crmgov.providers.sql.names import DialectName
from crmgov.providers.sql.physical import SqlType

_TRUE, _FALSE = frozenset({"true", "1", "yes"}), frozenset({"false", "0", "no"})


class Unconvertible(Exception):  # noqa: N818 - says something of a value, not of the program
    """A value that the new type cannot hold as it is."""


def needed(old: SqlType, new: SqlType, dialect: DialectName) -> bool:
    """Whether values must be looked at when a column changes its type."""
    if old.family != new.family:
        return True
    if new.family == "text":
        # SQLite keeps texts longer than declared, so even a wider length may be too short.
        loose = dialect == "sqlite" and new.length is not None and new.length != old.length
        return loose or (new.length is not None and (old.length is None or new.length < old.length))
    return new.family == "numeric" and new.precision is not None and new != old


def converter(old: SqlType, new: SqlType, dialect: DialectName) -> Convert:
    """The function that turns a value as stored in a column of the old type into one of the new type.

    It raises Unconvertible. Blank texts become NULL where the new type is not text.
    """

    def convert(value: object) -> object:
        if value is None:
            return None
        text = as_text(value, old)
        if new.family == "text":
            return _fitting(text, new)
        if text == "":
            return None
        return _FAMILIES[new.family](text, new, dialect)

    return convert


def as_text(value: object, old: SqlType) -> str:
    """A stored value as text that says exactly what it is."""
    if isinstance(value, bool) or (old.family == "boolean" and value in (0, 1)):
        return "true" if value else "false"
    if isinstance(value, (Decimal, int, float)):
        number = parse_decimal(value)
        if number is None:
            raise Unconvertible
        return plain(number)
    if isinstance(value, (dt.date, dt.time)):
        return moment_text(value)
    if isinstance(value, str):
        return value
    raise Unconvertible


def _fitting(text: str, new: SqlType) -> str:
    if new.length is not None and len(text) > new.length:
        raise Unconvertible
    return text


def _integer(text: str, _new: SqlType, _dialect: DialectName) -> object:
    number = parse_decimal({"true": "1", "false": "0"}.get(text, text))
    if number is None or number % 1 or abs(number) >= INT64:
        raise Unconvertible
    return int(number)


def _number(text: str, new: SqlType, dialect: DialectName) -> object:
    number = parse_decimal(text)
    if number is None or not fits_number(number, new):
        raise Unconvertible
    if dialect == "postgresql" and new.family == "numeric":
        return number
    if not exact_double(number):
        raise Unconvertible
    return int(number) if number == number.to_integral_value() and abs(number) < INT64 else float(number)


def _boolean(text: str, _new: SqlType, dialect: DialectName) -> object:
    folded = text.lower()
    if folded not in _TRUE | _FALSE:
        raise Unconvertible
    return folded in _TRUE if dialect == "postgresql" else int(folded in _TRUE)


def _date(text: str, _new: SqlType, dialect: DialectName) -> object:
    date = parse_date(text)
    if date is None:
        moment = parse_datetime(text)
        if moment is None or moment.time() != dt.time():
            raise Unconvertible
        date = moment.date()
    return date if dialect == "postgresql" else date.isoformat()


def _datetime(text: str, _new: SqlType, dialect: DialectName) -> object:
    date = parse_date(text)
    moment = parse_datetime(text) if date is None else dt.datetime.combine(date, dt.time(), dt.UTC)
    if moment is None:
        raise Unconvertible
    return moment if dialect == "postgresql" else moment_text(moment)


def _time(text: str, _new: SqlType, dialect: DialectName) -> object:
    time = parse_time(text)
    if time is None:
        raise Unconvertible
    return time if dialect == "postgresql" else time.isoformat()


_FAMILIES = {"integer": _integer, "numeric": _number, "float": _number, "boolean": _boolean, "date": _date,
             "datetime": _datetime, "time": _time}  # fmt: skip
