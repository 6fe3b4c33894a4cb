"""One field's value against the values of a comparison."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from ..errors import NotKnown, Refused
from ..fields import COMPOUND, NUMBERS, TEXTS
from ..ids import is_id
from .days import days, midnight
from .names import Column, Scope
from .tree import Literal, Test

Meets = Callable[[object], bool]
_NAMES = {"datetime": "dateTime", "id": "ID", "reference": "reference"}


def key(column: Column, value: object) -> object:
    """What values of a column are compared by: texts caselessly, ids by their first 15 characters, no box as an empty one."""
    kind = column.field.type
    if value is None:
        return False if kind == "boolean" else None
    if kind == "multipicklist":
        return frozenset(part.strip().casefold() for part in str(value).split(";") if part.strip())
    if kind in TEXTS:
        return str(value).casefold()
    if kind in ("id", "reference"):
        return str(value)[:15]
    if kind in NUMBERS:
        return Decimal(str(value))
    return value


def meets(scope: Scope, column: Column, test: Test) -> Meets:
    """Whether a value of a column meets a comparison."""
    kind, operator = column.field.type, test.operator
    if not column.field.allowed.filter:
        raise scope.refuse("INVALID_FIELD", test.what.at, f"field '{column.name}' can not be filtered in a query call")
    if kind == "address":
        raise scope.refuse(
            "INVALID_FIELD", test.what.at, "Address fields can only be filtered using Distance expressions"
        )
    if kind in COMPOUND:
        raise NotKnown(f"a filter on {column.name}, of type {kind}")
    literals = test.value if isinstance(test.value, tuple) else (test.value,)
    for literal in literals:
        assert isinstance(literal, Literal)
        fits(scope, column, literal)
    allowed(scope, column, test)
    if operator in ("IN", "NOT IN"):
        each = [single(scope, column, "=", literal) for literal in literals if isinstance(literal, Literal)]
        inside: Meets = lambda value: any(one(value) for one in each)  # noqa: E731
        return inside if operator == "IN" else lambda value: not inside(value)
    if operator in ("INCLUDES", "EXCLUDES"):
        return includes(column, operator, [literal for literal in literals if isinstance(literal, Literal)])
    assert isinstance(test.value, Literal)
    return single(scope, column, operator, test.value)


def wrong(scope: Scope, column: Column, literal: Literal) -> Refused:
    """The vendor's sentence about a value of the wrong type."""
    kind = column.field.type
    quoted = kind in TEXTS or kind in ("id", "reference")
    name = "string" if kind in TEXTS else _NAMES.get(kind, kind)
    said = f"value of filter criterion for field '{column.name}' must be of type {name} and should {'' if quoted else 'not '}be enclosed in quotes"
    return scope.refuse("INVALID_FIELD", literal.at, said)


def fits(scope: Scope, column: Column, literal: Literal) -> None:
    """Whether a value is of a kind that the column's type takes."""
    kind = column.field.type
    if kind in TEXTS or kind in ("id", "reference"):
        takes: tuple[str, ...] = ("string",)
    elif kind in NUMBERS:
        takes = ("number",)
    elif kind in ("date", "datetime"):
        takes = (kind, "relative")
    else:
        takes = (kind,)
    if literal.kind == "null":
        return
    if literal.kind not in takes:
        raise wrong(scope, column, literal)
    if kind in ("id", "reference") and not is_id(str(literal.value)):
        raise scope.refuse("INVALID_QUERY_FILTER_OPERATOR", literal.at, f"invalid ID field: {literal.value}")


def allowed(scope: Scope, column: Column, test: Test) -> None:
    """Whether the column's type knows an operator."""
    kind, operator = column.field.type, test.operator
    many = kind == "multipicklist"
    bad = (
        (operator == "LIKE" and kind not in TEXTS)
        or (operator in ("INCLUDES", "EXCLUDES") and not many)
        or (operator in ("<", "<=", ">", ">=") and kind == "boolean")
    )
    if bad:
        raise scope.refuse("INVALID_QUERY_FILTER_OPERATOR", test.at, f"invalid operator on {kind} field")
    if operator in ("<", "<=", ">", ">=", "LIKE") and (many or (kind == "picklist" and operator != "LIKE")):
        raise NotKnown(f"{operator} on {column.name}, of type {kind}")
    if operator in ("<", "<=", ">", ">=", "LIKE") and isinstance(test.value, Literal) and test.value.kind == "null":
        raise NotKnown(f"{operator} null")


def single(scope: Scope, column: Column, operator: str, literal: Literal) -> Meets:
    """A value against one literal. No value is unlike everything but null; it is neither less nor more than anything."""
    if literal.kind == "relative":
        return within(scope, column, operator, literal)
    if operator == "LIKE":
        pattern = like(literal.pattern)
        return lambda value: value is not None and pattern.fullmatch(str(value)) is not None
    given = None if literal.value == "" else literal.value
    if literal.kind == "null" and column.field.type == "boolean":
        given = False
    return ordered(column, operator, key(column, given))


def ordered(column: Column, operator: str, wanted: object) -> Meets:
    """A value against one that is no range."""
    if operator == "=":
        return lambda value: key(column, value) == wanted
    if operator == "!=":
        return lambda value: key(column, value) != wanted
    if wanted is None:
        raise NotKnown(f"{operator} an empty text")

    def compares(value: object) -> bool:
        mine = key(column, value)
        if mine is None:
            return False
        less, same = bool(mine < wanted), bool(mine == wanted)  # type: ignore[operator]
        return {"<": less, "<=": less or same, ">": not less and not same, ">=": not less}[operator]

    return compares


def within(scope: Scope, column: Column, operator: str, literal: Literal) -> Meets:
    """A day or a moment against a word that means days."""
    first, after = days(literal, scope.text, scope.org.now().date())
    start: date = midnight(first) if column.field.type == "datetime" else first
    end: date = midnight(after) if column.field.type == "datetime" else after

    def compares(value: object) -> bool:
        if value is None:
            return operator == "!="
        assert isinstance(value, date | datetime)
        inside = start <= value < end
        answers = {
            "=": inside,
            "!=": not inside,
            "<": value < start,
            "<=": value < end,
            ">": value >= end,
            ">=": value >= start,
        }
        return answers[operator]

    return compares


def includes(column: Column, operator: str, literals: list[Literal]) -> Meets:
    """Several values at once: each literal names values that must all be there (`'A;B'`), and one literal must fit."""
    wanted = [key(column, literal.value) for literal in literals]

    def has(value: object) -> bool:
        mine = key(column, value)
        if mine is None:
            if operator == "EXCLUDES":
                raise NotKnown(
                    f"whether EXCLUDES finds records without {column.name}; add {column.name} != null AND before it"
                )
            return False
        return any(one <= mine for one in wanted) == (operator == "INCLUDES")  # type: ignore[operator]

    return has


@cache
def like(pattern: str) -> re.Pattern[str]:
    """A LIKE pattern: % is any text, _ any character, each itself after a backslash."""
    found = ""
    chars = iter(pattern)
    for char in chars:
        if char == "\\":
            found += re.escape(next(chars, "\\"))
        else:
            found += {"%": ".*", "_": "."}.get(char, re.escape(char))
    return re.compile(found, re.IGNORECASE | re.DOTALL)
