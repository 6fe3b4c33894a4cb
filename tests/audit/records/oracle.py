"""What figures are, by plain Python over rows; the engines must say the same."""

import datetime as dt
import math
import operator
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crmgov.model.canonical import Body
from crmgov.model.figures import Figure
from tests.audit.records.tables import FIELDS, NOW, Row

SPACES = " \t\n\r\v\f"
BLANKS = "".join(chr(code) for code in range(0x10000) if chr(code).isspace() and code not in range(0x1C, 0x20)) + (
    "\xad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u2800\u3164"
)
TODAY = NOW.date()


def present(value: Any) -> bool:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return False
    return bool(value.strip(BLANKS)) if isinstance(value, str) else True


def filled(value: Any, blanks: Sequence[str]) -> bool:
    if not present(value) or isinstance(value, bool):
        return value is True
    if isinstance(value, str):
        return value.strip(BLANKS).lower() not in blanks
    return not (isinstance(value, (int, float, Decimal)) and any(value == _number(blank) for blank in blanks))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def spelt(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value.strip(SPACES)
    if isinstance(value, (float, Decimal)) and math.isfinite(value):
        return str(int(value)) if value == int(value) else str(value).rstrip("0")
    return str(value)


def satisfies(row: Row, criteria: Body | None) -> bool:
    if criteria is None:
        return True
    if "all" in criteria:
        return all(satisfies(row, one) for one in criteria["all"])
    if "any" in criteria:
        return any(satisfies(row, one) for one in criteria["any"])
    if "not" in criteria:
        return not satisfies(row, criteria["not"])
    left, op, right = row[criteria["field"]], criteria["op"], criteria.get("value")
    if op in ("blank", "present"):
        return (filled(left, right) if right else present(left)) == (op == "present")
    if not present(left):
        return False
    if "other_field" in criteria:
        other = row[criteria["other_field"]]
        return present(other) and _compared(left, op, other)
    if op in ("in", "not_in", "includes", "excludes"):
        held = (
            [one.strip(SPACES) for one in left.split(";")] if FIELDS[criteria["field"]] == "multipicklist" else [left]
        )
        found = any(one == _as(value, left) for one in held for value in right if present(value))
        return found == (op in ("in", "includes"))
    if not present(right):
        return False
    if op == "matches":
        return re.search(right, left) is not None
    if op in ("contains", "not_contains"):
        return (right in left) == (op == "contains")
    return left.startswith(right) if op == "starts_with" else _compared(left, op, _as(right, left))


def _as(value: Any, like: Any) -> Any:
    if isinstance(value, str) and isinstance(like, dt.date):
        if value.startswith("$today"):
            value = (TODAY + dt.timedelta(days=int(value.removeprefix("$today") or 0))).isoformat()
        moment = dt.datetime.fromisoformat(value)
        return moment if isinstance(like, dt.datetime) else moment.date()
    return value


_OPERATORS = {
    "equals": operator.eq, "not_equals": operator.ne, "less": operator.lt, "less_or_equal": operator.le,
    "greater": operator.gt, "greater_or_equal": operator.ge,
}  # fmt: skip


def _compared(left: Any, op: str, right: Any) -> bool:
    return bool(_OPERATORS[op](left, right))


def answer(rows: Sequence[Row], figure: Figure) -> tuple[int | None, tuple[tuple[str, int], ...], str]:
    """The count, the counts by value, and the text of a figure."""
    scope = [row for row in rows if satisfies(row, figure.criteria)]
    if figure.by:
        parts: dict[str, list[Row]] = {}
        for row in scope:
            if present(row[figure.by]):
                parts.setdefault(spelt(row[figure.by]), []).append(row)
        return None, tuple(sorted((name, _count(part, figure)) for name, part in parts.items())), ""
    if figure.metric == "days":
        return sum(elapsed(rows, figure)), (), ""
    held = [row for row in scope if figure.field and filled(row[figure.field], figure.blanks)]
    if figure.metric in ("least", "most", "latest"):
        field = "LastModifiedDate" if figure.metric == "latest" else figure.field
        values = [row[field] for row in held if present(row[field])]
        chosen = (min if figure.metric == "least" else max)(values, default=None)
        return None, (), "" if chosen is None else spelt(chosen)
    if figure.metric in ("values", "repeated"):
        found = Counter(one for row in held for one in _single(row[figure.field], figure))
        if figure.metric == "repeated":
            shared = [count for count in found.values() if count > 1]
            return sum(shared), (), str(len(shared))
        counts = tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
        counts = counts[: figure.most] if figure.most else counts
        return sum(count for _, count in counts), counts, ""
    return _count(scope, figure), (), ""


def elapsed(rows: Sequence[Row], figure: Figure) -> list[int]:
    """Of each record that has both days in order, those between them."""
    held = [row for row in rows if satisfies(row, figure.criteria)]
    pairs = [(_date(row[figure.since]), _date(row[figure.field])) for row in held]
    return [(end - begin).days for begin, end in pairs if begin is not None and end is not None and end >= begin]


def _date(value: Any) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else value


def _single(value: Any, figure: Figure) -> list[str]:
    if FIELDS[figure.field] == "multipicklist":
        return [one.strip(SPACES) for one in value.split(";") if present(one)]
    return [spelt(value)]


def _count(scope: Sequence[Row], figure: Figure) -> int:
    if figure.metric == "records":
        return len(scope)
    values = [row[figure.field] for row in scope if filled(row[figure.field], figure.blanks)]
    if figure.metric == "filled":
        return len(values)
    if figure.metric == "distinct":
        return len({spelt(value) for value in values})
    if figure.metric == "longer":
        return sum(len(value) > figure.most for value in values)
    if figure.metric == "longest":
        return max((len(value) for value in values), default=0)
    return sum(re.search(figure.pattern, value.strip(SPACES)) is not None for value in values)
