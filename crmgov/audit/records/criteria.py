"""Criteria as a condition on the rows of a table, in the two-valued sense the model gives them."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from crmgov.audit.records.relation import Relation, UnknowableError
from crmgov.model.canonical import Body

__all__ = ["UnknowableError", "condition"]

_TODAY = re.compile(r"\$today(?:([+-])(\d{1,6}))?")


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
    if op in ("changed", "was", "is_new"):
        raise UnknowableError(f"{op} depends on what the record was before")
    if op == "blank":
        return ~relation.present(field)
    if op == "present":
        return relation.present(field)
    if criteria.get("other_field"):
        compare = _COMPARED.get(op)
        if compare is None:
            raise UnknowableError(f"{op} of two fields is not counted")
        other = str(criteria["other_field"])
        found = compare(relation.value(field), relation.value(other))
        return relation.present(field) & relation.present(other) & found.fill_null(False)
    return relation.present(field) & _against(relation, field, op, criteria.get("value"), today).fill_null(False)


def _against(relation: Relation, field: str, op: str, value: Any, today: dt.date) -> Any:
    column, kind = relation.value(field), relation.holding.kinds.get(field, "other")
    if op in ("in", "not_in", "includes", "excludes"):
        wanted = [_literal(one, kind, today) for one in (value if isinstance(value, list) else [value])]
        found = relation.includes(field, wanted) if kind == "many" else column.isin(wanted)
        return found if op in ("in", "includes") else ~found
    if op in ("contains", "not_contains", "starts_with", "matches"):
        text = relation.text(field)
        if op == "matches":
            return text.re_search(str(value))
        found = text.startswith(str(value)) if op == "starts_with" else text.contains(str(value))
        return ~found if op == "not_contains" else found
    compare = _COMPARED.get(op)
    if compare is None:
        raise UnknowableError(f"{op or 'no operator'} is not counted")
    return compare(column, _literal(value, kind, today))


def _literal(value: Any, kind: str, today: dt.date) -> Any:
    if not isinstance(value, str):
        return value if kind != "text" else str(value)
    if value.startswith("$"):
        found = _TODAY.fullmatch(value)
        if found is None:
            raise UnknowableError(f"{value} depends on who looks")
        days = int(found[2] or 0) * (-1 if found[1] == "-" else 1)
        return today + dt.timedelta(days=days)
    if kind == "time":
        try:
            return dt.date.fromisoformat(value[:10])
        except ValueError as error:
            raise UnknowableError(f"{value[:20]} is no date") from error
    if kind == "number":
        raise UnknowableError("a text is compared with a number")
    if kind == "boolean":
        return value.lower() == "true"
    return value


_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "equals": lambda one, two: one == two,
    "not_equals": lambda one, two: one != two,
    "less": lambda one, two: one < two,
    "less_or_equal": lambda one, two: one <= two,
    "greater": lambda one, two: one > two,
    "greater_or_equal": lambda one, two: one >= two,
}
