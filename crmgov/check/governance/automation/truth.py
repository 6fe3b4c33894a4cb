"""Whether a criterion is true of records, as far as the value of one field decides it."""

import operator
from collections.abc import Callable
from typing import Any

from crmgov.check.governance.scene import mapping
from crmgov.model.canonical import Body

Answer = bool | None
"""Whether a criterion is true; None where that depends on more."""
Test = Callable[[object], Answer]
"""The same, asked of the value of one field (None: it is blank)."""
_ORDERED: dict[object, Callable[[Any, Any], bool]] = {
    "less": operator.lt,
    "less_or_equal": operator.le,
    "greater": operator.gt,
    "greater_or_equal": operator.ge,
}


def test_of(criterion: Any, field: str) -> Test:
    """Whether a criterion is true of records whose field has a value; worked out once and asked of many values."""
    found = _test(criterion, field)
    return found if callable(found) else lambda _: found


def holds(criterion: Any, field: str, value: object) -> Answer:
    """Whether a criterion is true of records whose field has a value (None: is blank); None where that depends."""
    return test_of(criterion, field)(value)


def _test(criterion: Any, field: str) -> Test | Answer:
    held = mapping(criterion)
    if not held:
        return True
    for name, decisive in (("all", False), ("any", True)):
        if isinstance(held.get(name), list):
            return _joined([_test(one, field) for one in held[name]], decisive=decisive)
    if held.get("not") is not None:
        inner = _test(held["not"], field)
        return (lambda value: _inverse(inner(value))) if callable(inner) else _inverse(inner)
    return _comparison(held) if held.get("field") == field else None


def _joined(tests: list[Test | Answer], *, decisive: bool) -> Test | Answer:
    fixed = [one for one in tests if not callable(one)]
    asked = [one for one in tests if callable(one)]
    if decisive in fixed:
        return decisive
    rest = None if None in fixed else not decisive

    def answer(value: object) -> Answer:
        found = rest
        for one in asked:
            told = one(value)
            if told is decisive:
                return decisive
            found = None if told is None else found
        return found

    return answer if asked else rest


def _inverse(answer: Answer) -> Answer:
    return None if answer is None else not answer


def _comparison(held: Body) -> Test:
    op, right = held.get("op"), held.get("value")
    listed = right if isinstance(right, list) else [right]
    among = frozenset(one for one in listed if not isinstance(one, (list, dict)))
    known = op in ("equals", "not_equals", "in", "not_in") and not any(_computed(one) for one in listed)
    ordered = _ORDERED.get(op) if _number(right) else None

    def answer(value: object) -> Answer:
        if op in ("blank", "present"):
            return bool((value is None) == (op == "blank"))
        if op in ("changed", "was", "is_new"):
            return None
        if value is None:
            return False
        if ordered is not None and _number(value):
            return bool(ordered(value, right))
        if not known:
            return None
        return (value in among) == (op in ("equals", "in"))

    return answer


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _computed(value: object) -> bool:
    """Whether a value is not a literal: an operand such as ``$today``, or another field."""
    return value is None or (isinstance(value, str) and value.startswith("$"))
