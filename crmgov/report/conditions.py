"""Conditions as people say them."""

from typing import Any

from crmgov.report.plain import turn, value
from crmgov.report.text import clean

OPERATORS = {
    "equals": "is", "not_equals": "is not", "less": "is less than", "less_or_equal": "is at most",
    "greater": "is more than", "greater_or_equal": "is at least", "contains": "contains",
    "not_contains": "does not contain", "starts_with": "starts with", "in": "is one of", "not_in": "is none of",
    "includes": "includes", "excludes": "excludes", "blank": "is blank", "present": "is filled",
    "changed": "has changed", "was": "was", "matches": "matches",
}  # fmt: skip
_KEYS = {"field", "op", "value", "other_field", "all", "any", "not"}
_DEEPEST = 20


def is_condition(given: object) -> bool:
    """Whether a value is a criterion."""
    return isinstance(given, dict) and bool(given) and given.keys() <= _KEYS


def condition(given: object, depth: int = 0) -> str:
    """A criterion in one line: ``Stage is one of Won, Lost and Discount is more than 15``."""
    if not isinstance(given, dict) or depth > _DEEPEST:
        return value(given)
    for name, word in (("all", " and "), ("any", " or ")):
        parts = given.get(name)
        if isinstance(parts, list):
            return word.join(_inner(part, name, depth) for part in parts)
    if given.get("not") is not None:
        return f"not ({condition(given['not'], depth + 1)})"
    return compared(given)


def _inner(part: Any, within: str, depth: int) -> str:
    text = condition(part, depth + 1)
    other = "any" if within == "all" else "all"
    return f"({text})" if isinstance(part, dict) and len(part.get(other) or ()) > 1 else text


def compared(given: dict[str, Any]) -> str:
    """One comparison."""
    right = given.get("other_field") if given.get("other_field") is not None else given.get("value")
    said = left_side(given)
    return said if right is None else f"{said} {value(right)}"


def left_side(given: dict[str, Any]) -> str:
    """A comparison up to what is compared with."""
    op = str(given.get("op") or "")
    if op == "is_new":
        return "the record is new"
    return f"{clean(str(given.get('field') or '-'))} {OPERATORS.get(op, clean(op))}".rstrip()


def condition_changes(text: str, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What differs between two criteria, part by part; ``text`` is what they decide. Empty where all of it does."""
    (joined, old), (joins, new) = _parts(before), _parts(after)
    if joined and joins and joined != joins:
        return []
    word = {"all": "and ", "any": "or "}.get(joined or joins, "")
    gone = [part for part in old if part not in new]
    come = [part for part in new if part not in old]
    kept = len(gone) < len(old)
    lines: list[str] = []
    for part in gone:
        match = next((one for one in come if _alike(part, one)), None)
        if match is None:
            lines.append(f"{text}: - {word}{condition(part)}")
            continue
        kept = True
        come.remove(match)
        lines += _between(text, part, match)
    if not kept:
        return []
    return lines + [f"{text}: + {word}{condition(part)}" for part in come]


def _parts(given: dict[str, Any]) -> tuple[str, list[Any]]:
    name = next((one for one in ("all", "any") if isinstance(given.get(one), list)), "")
    return (name, given[name]) if name else ("", [given])


def _alike(one: object, other: object) -> bool:
    """Whether two parts are one comparison that changed, or two groups of the same sort."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    if "field" in one or "field" in other:
        return bool(one.get("field") == other.get("field"))
    return one.keys() == other.keys()


def _between(text: str, one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """What differs between two parts that are alike."""
    left, right = one.get("value"), other.get("value")
    if "field" not in one:
        grouped = _parts(one)[0] and _parts(other)[0]
        inner = condition_changes(text, one, other) if grouped else []
        return inner or [f"{text}: {condition(one)} -> {condition(other)}"]
    if left_side(one) != left_side(other) or one.get("other_field") != other.get("other_field"):
        return [f"{text}: {condition(one)} -> {condition(other)}"]
    head = f"{text} {left_side(one)}"
    if isinstance(left, list) and isinstance(right, list) and any(item in right for item in left):
        gone = [f"{head}: - {value(item)}" for item in left if item not in right]
        return gone + [f"{head}: + {value(item)}" for item in right if item not in left]
    return [f"{head}: {turn(left, right)}"]
