"""Criteria to formulas in the vendor's language; what cannot be said exactly is refused.

Comparison with a blank is false, so each comparison that the vendor would let a blank pass is guarded.
"""

import re
from collections.abc import Callable

from crmgov.model.canonical import Body

TypeOf = Callable[[str], str | None]
"""The model's type of a field by its (native) path; None where it is not known."""
_TODAY = re.compile(r"\$today(?:([+-])(\d+))?\Z")
_PICKLISTS = ("picklist",)
_TEXTS = ("text", "textarea", "richtext", "email", "phone", "url", "autonumber", "lookup", "user", "master_detail")
_NUMBERS = ("integer", "decimal", "currency", "percent", "rollup")
_DATES = ("date", "datetime")
_COMPARED = {"less": "<", "less_or_equal": "<=", "greater": ">", "greater_or_equal": ">="}


class NotExact(ValueError):  # noqa: N818 - told as a diagnostic, not an error of the program
    """A condition that the vendor's formulas cannot say exactly; the message says which and why."""


def formula_of(criterion: Body, type_of: TypeOf) -> str:
    """The formula that is true where a criterion is. Raises NotExact."""
    for key, word in (("all", "AND"), ("any", "OR")):
        parts = criterion.get(key)
        if parts is not None:
            inner = [formula_of(part, type_of) for part in parts]
            if not inner:
                raise NotExact(f"{key} holds no condition")
            return inner[0] if len(inner) == 1 else f"{word}({', '.join(inner)})"
    if criterion.get("not") is not None:
        return f"NOT({formula_of(criterion['not'], type_of)})"
    return _comparison(criterion, type_of)


def _comparison(criterion: Body, type_of: TypeOf) -> str:
    op, field = str(criterion.get("op")), criterion.get("field")
    if op == "is_new":
        return "ISNEW()"
    if not isinstance(field, str):
        raise NotExact("a condition names no field")
    kind = type_of(field)
    if kind is None:
        raise NotExact(f"the type of {field} is not known")
    if op in ("blank", "present"):
        blank = "FALSE" if kind == "boolean" else f"ISBLANK({_text(field, kind)})"
        return blank if op == "blank" else f"NOT({blank})"
    if op == "changed":
        return f"ISCHANGED({field})"
    if criterion.get("other_field") is not None:
        return _fields(field, kind, op, str(criterion["other_field"]), type_of)
    value = criterion.get("value")
    if op in ("in", "not_in"):
        values = value if isinstance(value, list) else [value]
        any_of = _join("OR", [_equals(field, kind, one) for one in values])
        return any_of if op == "in" else f"AND({_filled(field, kind)}, NOT({any_of}))"
    return _single(field, kind, op, value)


def _single(field: str, kind: str, op: str, value: object) -> str:
    if isinstance(value, list):
        raise NotExact(f"{op} on {field} compares with a list")
    if op == "equals":
        return _equals(field, kind, value)
    if op == "not_equals":
        return f"AND({_filled(field, kind)}, NOT({_equals(field, kind, value)}))"
    if op == "was":
        return _equals(f"PRIORVALUE({field})", kind, value)
    if op in _COMPARED and kind in (*_NUMBERS, *_DATES):
        return f"AND({_filled(field, kind)}, {field} {_COMPARED[op]} {_literal(kind, value)})"
    if op in ("contains", "starts_with", "not_contains") and kind in (*_TEXTS, *_PICKLISTS):
        word = "BEGINS" if op == "starts_with" else "CONTAINS"
        found = f"{word}({_text(field, kind)}, {_quoted(value)})"
        return f"AND({_filled(field, kind)}, NOT({found}))" if op == "not_contains" else found
    if op in ("includes", "excludes") and kind == "multipicklist":
        found = f"INCLUDES({field}, {_quoted(value)})"
        return found if op == "includes" else f"AND({_filled(field, kind)}, NOT({found}))"
    raise NotExact(f"{op} on {field}, a {kind} field")


def _equals(field: str, kind: str, value: object) -> str:
    if kind == "picklist":
        return f"ISPICKVAL({field}, {_quoted(value)})"
    if kind == "boolean" and isinstance(value, bool):
        return field if value else f"NOT({field})"
    if kind in (*_TEXTS, *_NUMBERS, *_DATES):
        return f"{field} = {_literal(kind, value)}"
    raise NotExact(f"equals on {field}, a {kind} field")


def _fields(field: str, kind: str, op: str, other: str, type_of: TypeOf) -> str:
    sign = {"equals": "=", **_COMPARED}.get(op)
    same = {_family(kind), _family(type_of(other) or "")}
    if sign is None or len(same) != 1 or None in same:
        raise NotExact(f"{op} between {field} and {other}")
    guard = f"{_filled(field, kind)}, {_filled(other, kind)}"
    return f"AND({guard}, {field} {sign} {other})"


def _family(kind: str) -> str | None:
    if kind in _NUMBERS:
        return "number"
    return "text" if kind in _TEXTS else kind if kind in _DATES else None


def _filled(field: str, kind: str) -> str:
    return "TRUE" if kind == "boolean" else f"NOT(ISBLANK({_text(field, kind)}))"


def _text(field: str, kind: str) -> str:
    return f"TEXT({field})" if kind == "picklist" else field


def _literal(kind: str, value: object) -> str:
    if isinstance(value, str):
        today = _TODAY.match(value)
        if today and kind == "date":
            return f"TODAY() {today[1]} {today[2]}" if today[1] else "TODAY()"
        if value == "$user.role" and kind in _TEXTS:
            return "$UserRole.DeveloperName"
        if kind == "date" and re.match(r"\d{4}-\d{2}-\d{2}\Z", value):
            year, month, day = (int(part) for part in value.split("-"))
            return f"DATE({year}, {month}, {day})"
    if kind in _NUMBERS and isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    if kind in _TEXTS and not (isinstance(value, str) and value.startswith("$")):
        return _quoted(value)
    raise NotExact(f"the value {value!r} for a {kind} field")


def _quoted(value: object) -> str:
    if not isinstance(value, str) or not value or value.startswith("$"):
        raise NotExact(f"the value {value!r} is not a text")
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _join(word: str, parts: list[str]) -> str:
    if not parts:
        raise NotExact("an empty list of values")
    return parts[0] if len(parts) == 1 else f"{word}({', '.join(parts)})"
