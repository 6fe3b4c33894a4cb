"""Criteria as a condition on the rows of a table, in the two-valued sense the model gives them.

A condition is true or false for every record, never unknown: every comparison says first that there is something to
compare. A date stands for its first moment (UTC).
"""

import datetime as dt
import re
from typing import Any

from crmgov.audit.records.blank import BLANKS
from crmgov.audit.records.relation import Relation, UnknowableError
from crmgov.model.canonical import Body
from crmgov.model.comparing import COMPARED, day_meant

__all__ = ["UnknowableError", "condition"]
_MOVING = re.compile(r"\$(today|user)\b")
_TEXTUAL = ("contains", "not_contains", "starts_with", "matches")
_LISTED = ("in", "not_in", "includes", "excludes")


def condition(relation: Relation, criteria: Body, today: dt.date) -> Any:
    """The condition. Raises UnknowableError where it needs more than one record's present values."""
    for name, join in (("all", _and), ("any", _or)):
        inner = criteria.get(name)
        if isinstance(inner, list):
            return join([condition(relation, one, today) for one in inner])
    if isinstance(criteria.get("not"), dict):
        return ~condition(relation, criteria["not"], today)
    return _comparison(relation, criteria, today)


def _and(parts: list[Any]) -> Any:
    import ibis

    return ibis.and_(*parts) if parts else ibis.literal(value=True)


def _or(parts: list[Any]) -> Any:
    import ibis

    return ibis.or_(*parts) if parts else ibis.literal(value=False)


def _comparison(relation: Relation, criteria: Body, today: dt.date) -> Any:
    field, op = str(criteria.get("field") or ""), str(criteria.get("op") or "")
    if "formula" in criteria:
        raise UnknowableError("part of the condition is a formula in the vendor's own language")
    if op in ("changed", "was", "is_new"):
        raise UnknowableError(f"{op} depends on what the record was before")
    if op in ("blank", "present"):
        blanks = criteria.get("value") or ()
        there = relation.filled(field, [str(one) for one in blanks]) if blanks else relation.present(field)
        return there if op == "present" else ~there
    if criteria.get("other_field"):
        other = str(criteria["other_field"])
        found = _of_two(relation, field, op, other)
        return relation.present(field) & relation.present(other) & found.fill_null(False)
    found = _against(relation, field, op, criteria.get("value"), today)
    return relation.present(field) & found.fill_null(False)


def _of_two(relation: Relation, field: str, op: str, other: str) -> Any:
    one, two = relation.value(field), relation.value(other)
    kinds = {_sort(one.type()), _sort(two.type())}
    if op not in COMPARED or len(kinds) > 1:
        raise UnknowableError(f"{field} and {other} cannot be compared by {op or 'nothing'}")
    _ordered(kinds.pop(), op)
    return COMPARED[op](one, two)


def _against(relation: Relation, field: str, op: str, value: Any, today: dt.date) -> Any:
    import ibis

    relation.kind(field)
    if op in _LISTED:
        wanted = [one for one in (value if isinstance(value, list) else [value]) if not _blank(one)]
        found = _among(relation, field, wanted, today)
        return found if op in ("in", "includes") else ~found
    if isinstance(value, list) or op not in (*_TEXTUAL, *COMPARED):
        raise UnknowableError(f"{op or 'no operator'} is not counted")
    if _blank(value):
        return ibis.literal(value=False)
    if op in _TEXTUAL:
        text = relation.text(field)
        return relation.fits(text, str(value)) if op == "matches" else _textual(text, op, str(value))
    column = relation.value(field)
    sort = _sort(column.type())
    _ordered(sort, op)
    return COMPARED[op](column, _literal(value, sort, today))


def _textual(text: Any, op: str, value: str) -> Any:
    if op == "starts_with":
        return text.substr(0, len(value)) == value
    found = text.contains(value)
    return ~found if op == "not_contains" else found


def _among(relation: Relation, field: str, wanted: list[Any], today: dt.date) -> Any:
    import ibis

    if relation.kind(field) == "many":
        return relation.includes(field, [_words(one) for one in wanted])
    column = relation.value(field)
    values = [_literal(one, _sort(column.type()), today) for one in wanted]
    return column.isin(values) if values else ibis.literal(value=False)


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip(BLANKS))


def _ordered(sort: str, op: str) -> None:
    if sort in ("text", "boolean", "other") and op not in ("equals", "not_equals"):
        raise UnknowableError("only numbers and times have an order that every source shares")


def _sort(type_: Any) -> str:
    """What a column's values can be compared with."""
    if type_.is_boolean():
        return "boolean"
    if type_.is_numeric():
        return "number"
    if type_.is_timestamp() or type_.is_date():
        return "moment" if type_.is_timestamp() else "date"
    return "text" if type_.is_string() else "other"


def _words(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _literal(value: Any, sort: str, today: dt.date) -> Any:
    """A value as a column's values can be compared with it."""
    if isinstance(value, str) and _MOVING.match(value):
        value = _moving(value, today)
    if sort in ("moment", "date"):
        return _time(value, sort)
    if sort == "number":
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise UnknowableError("a number is compared with something else")
        return value
    if sort == "boolean":
        if str(value).lower() not in ("true", "false"):
            raise UnknowableError("yes or no is compared with something else")
        return str(value).lower() == "true"
    if sort == "other":
        raise UnknowableError("its type of column is not compared")
    return _words(value)


def _moving(value: str, today: dt.date) -> str:
    found = day_meant(value, today)
    if found is None:
        raise UnknowableError(f"{value} depends on who looks")
    return found.isoformat()


def _time(value: Any, sort: str) -> Any:
    """A moment or a day; a day compared with a moment is its first. Cast from text, as SQLite keeps both as text."""
    import ibis

    try:
        moment = dt.datetime.fromisoformat(str(value))
    except ValueError as error:
        raise UnknowableError("a time is compared with something else") from error
    if moment.tzinfo is not None:
        moment = moment.astimezone(dt.UTC).replace(tzinfo=None)
    if sort == "moment":
        return ibis.literal(moment.isoformat(sep=" ")).cast("timestamp")
    if moment.time() != dt.time():
        raise UnknowableError("a date is compared with a time of day")
    return ibis.literal(moment.date().isoformat()).cast("date")
