"""Criteria as the conditions of a query, in the two-valued sense the model gives them.

Every comparison says first that there is something to compare, and a negation is carried down to the comparisons, so
nothing rests on what the vendor makes of blanks. Text is compared without case there: what would need the case is
refused. Source: the vendor's SOQL reference, comparison operators.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

from crmgov.model.canonical import Body
from crmgov.model.comparing import day_meant
from crmgov.providers.salesforce.live.described import Column

_SIGNS = {"equals": "=", "less": "<", "less_or_equal": "<=", "greater": ">", "greater_or_equal": ">="}
_ESCAPES = {
    "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f",
}  # fmt: skip
_OPPOSITE = {"=": "!=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


EVERY, NONE = "Id != null", "Id = null"
"""Conditions that all records meet, and none."""


class UnsayableError(Exception):
    """Raised with the reason where a query cannot say something exactly."""


class Path(str):
    """A field as a query names it."""

    __slots__ = ()


Find = Callable[[str], tuple[Path, Column]]
"""By the name the repository uses: how a query names a field, and what is known of it. Raises UnsayableError."""


def condition(criteria: Body, find: Find, today: dt.date, *, true: bool = True) -> str:
    """The condition that holds where criteria are true, or (``true=False``) false. Raises UnsayableError."""
    for name in ("all", "any"):
        inner = criteria.get(name)
        if isinstance(inner, list):
            parts = [condition(one, find, today, true=true) for one in inner]
            return joined("AND" if (name == "all") is true else "OR", parts)
    if isinstance(criteria.get("not"), dict):
        return condition(criteria["not"], find, today, true=not true)
    return _comparison(criteria, find, today, true=true)


def joined(word: str, parts: list[str]) -> str:
    """Several conditions as one: of none, all are true and any is false."""
    if not parts:
        return EVERY if word == "AND" else NONE
    return parts[0] if len(parts) == 1 else f"({f' {word} '.join(parts)})"


def _comparison(criteria: Body, find: Find, today: dt.date, *, true: bool) -> str:
    op, value = str(criteria.get("op") or ""), criteria.get("value")
    if "formula" in criteria:
        raise UnsayableError("part of the condition is a formula in the vendor's own language")
    if op in ("changed", "was", "is_new"):
        raise UnsayableError(f"{op} depends on what the record was before")
    if criteria.get("other_field"):
        raise UnsayableError("a query compares no two fields of a record")
    path, column = find(str(criteria.get("field") or ""))
    if not column.filterable:
        raise UnsayableError(f"records are not chosen there by {column.name}")
    if column.kind == "boolean":  # which is never blank, and not to be compared with null
        return _of_boolean(path, column, op, value, today, true=true)
    if op in ("blank", "present"):
        idle = idle_of(path, column, [str(one) for one in value]) if isinstance(value, list) else ""
        if (op == "present") is true:
            return f"({path} != null AND {opposite(idle)})" if idle else f"{path} != null"
        return f"({path} = null OR {idle})" if idle else f"{path} = null"
    if op in ("not_equals", "not_in", "excludes"):
        positive = {"not_equals": "equals", "not_in": "in", "excludes": "includes"}[op]
        said = _said(path, column, positive, value, today, negated=true)
        return f"({path} != null AND {said})" if true else f"({path} = null OR {said})"
    said = _said(path, column, op, value, today, negated=not true)
    return f"({path} != null AND {said})" if true else f"({path} = null OR {said})"


def _of_boolean(path: Path, column: Column, op: str, value: object, today: dt.date, *, true: bool) -> str:
    if op in ("blank", "present") and value:  # a box that is not ticked says nothing
        return f"{path} = {'true' if (op == 'present') is true else 'false'}"
    if op in ("blank", "present"):
        return EVERY if (op == "present") is true else NONE
    if op not in ("equals", "not_equals") or _blank(value) or isinstance(value, list):
        raise UnsayableError(f"{op or 'no operator'} does not fit yes or no")
    return f"{path} {'=' if (op == 'equals') is true else '!='} {literal(value, column, today)}"


def _said(path: Path, column: Column, op: str, value: object, today: dt.date, *, negated: bool) -> str:
    """A comparison with something, or its opposite, for records that have a value."""
    if op in ("in", "includes"):
        wanted = [one for one in (value if isinstance(value, list) else [value]) if not _blank(one)]
        literals = [literal(one, column, today) for one in wanted]
        if not literals:
            return f"{path} {'!=' if negated else '='} null"
        word = (("IN", "NOT IN"), ("INCLUDES", "EXCLUDES"))[column.kind == "many"][negated]
        return f"{path} {word} ({', '.join(literals)})"
    if op not in _SIGNS or isinstance(value, list):
        raise UnsayableError(f"{op or 'no operator'} is not counted there: a query compares text without case")
    if _blank(value):
        return f"{path} {'!=' if negated else '='} null"
    if op != "equals" and column.kind not in ("number", "time"):
        raise UnsayableError("only numbers and times have an order that every source shares")
    sign = _OPPOSITE[_SIGNS[op]] if negated else _SIGNS[op]
    return f"{path} {sign} {literal(value, column, today)}"


def opposite(idle: str) -> str:
    """The condition that a value, which is there, is no placeholder."""
    return idle.replace(" IN (", " NOT IN (", 1)


def idle_of(path: Path, column: Column, blanks: Sequence[str]) -> str:
    """The condition under which a value is a placeholder; empty where none can be. Text is compared without case, as
    placeholders are.
    """
    if column.kind == "number":
        wanted = [amount(Decimal(text), column) for text in (_read_number(blank) for blank in blanks) if text]
    elif column.kind == "text" and column.type not in ("reference", "id"):
        wanted = [quoted(blank) for blank in blanks if blank]
    else:
        wanted = []
    if not wanted:
        return ""
    if not column.filterable:
        raise UnsayableError(f"records are not chosen there by {column.name}")
    return f"{path} IN ({', '.join(sorted(set(wanted)))})"


def _read_number(text: str) -> str:
    try:
        return number(Decimal(text))
    except (InvalidOperation, UnsayableError):
        return ""


def literal(value: object, column: Column, today: dt.date) -> str:
    """A value as a query spells it. Raises UnsayableError."""
    if isinstance(value, str) and value.startswith("$today"):
        value = _moving(value, today)
    elif isinstance(value, str) and value.startswith("$user"):
        raise UnsayableError(f"{value} depends on who looks")
    if column.kind == "boolean":
        word = str(value).lower()
        if word not in ("true", "false"):
            raise UnsayableError("yes or no is compared with something else")
        return word
    if column.kind == "number":
        return amount(value, column)
    if column.kind == "time":
        return _time(str(value), column)
    if column.kind == "other":
        raise UnsayableError(f"values of {column.name} are not compared")
    if not column.exact and column.kind != "many":
        raise UnsayableError(f"a query compares {column.name} without case")
    if not isinstance(value, (str, int, float, Decimal)):
        raise UnsayableError("a text is compared with something else")
    return quoted(str(value))


def amount(value: object, column: Column) -> str:
    """A number to compare a field with. Raises UnsayableError."""
    spelt = number(value)
    if column.converted and Decimal(spelt):
        raise UnsayableError(f"a query converts the currencies of {column.name} before it compares")
    return spelt


def number(value: object) -> str:
    """A number without an exponent. Raises UnsayableError."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise UnsayableError("a number is compared with something else")
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite() or len(format(exact, "f")) > 40:
        raise UnsayableError("a number is too long to be asked for")
    return format(exact, "f")


def quoted(text: str) -> str:
    """A text between quotes, whatever it holds."""
    if any(ord(char) < 32 and char not in _ESCAPES for char in text):
        raise UnsayableError("a text holds signs that cannot be asked for")
    return "'" + "".join(_ESCAPES.get(char, char) for char in text) + "'"


def _time(value: str, column: Column) -> str:
    try:
        moment = dt.datetime.fromisoformat(value)
        there = (moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise UnsayableError("a time is compared with something else") from error
    if column.type == "date":
        if moment.time() != dt.time():
            raise UnsayableError("a day is compared with a moment")
        return moment.date().isoformat()
    if moment.microsecond:
        raise UnsayableError("a moment is finer than a second")
    return there.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _moving(value: str, today: dt.date) -> str:
    found = day_meant(value, today)
    if found is None:
        raise UnsayableError(f"{value} is no day")
    return found.isoformat()


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
