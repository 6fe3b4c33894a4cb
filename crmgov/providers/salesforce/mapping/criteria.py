"""Filter items of the vendor (rules, roll-ups) and structured criteria.

Only what means exactly the same is translated; ``read_filter`` gives None for the rest. The vendor's comparison
``notEqual`` is true of blanks, so it is read as ``not`` of an ``equals``.
"""

import re
from typing import Any, NamedTuple

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping.items import child, number, scalar_text, sort_nodes
from crmgov.providers.salesforce.xml import Tree


class FilterItem(NamedTuple):
    """One comparison as the vendor writes it."""

    field: str
    operation: str
    value: str


_SINGLE = {
    "lessThan": "less",
    "greaterThan": "greater",
    "lessOrEqual": "less_or_equal",
    "greaterOrEqual": "greater_or_equal",
    "contains": "contains",
    "startsWith": "starts_with",
    "includes": "includes",
}
_BACK = {ours: theirs for theirs, ours in _SINGLE.items()}
_NEGATED = {"notContain": "contains", "excludes": "includes"}
_NEGATED_BACK = {"contains": "notContain", "includes": "excludes", "equals": "notEqual", "in": "notEqual"}
_RELATIVE = re.compile(r"(TODAY|YESTERDAY|TOMORROW|(LAST|THIS|NEXT)\b.*|N_DAYS.*)\Z", re.IGNORECASE)
_TOKEN = re.compile(r"\s*(\d+|AND\b|OR\b|NOT\b|\(|\))", re.IGNORECASE)


def read_filter(items: list[FilterItem], boolean: str, context: str) -> Body | None:
    """The criterion that filter items of an object stand for; None where there is no exact one."""
    leaves = [_read_item(item, context) for item in items]
    known = [leaf for leaf in leaves if leaf is not None]
    if len(known) != len(leaves) or not known:
        return None
    if boolean:
        return combined(boolean, known)
    return known[0] if len(known) == 1 else {"all": known}


def value_of(text: str) -> str | int | float | bool:
    """A filter's value: a boolean or number where it is written like one, else the text."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        return number(text)
    except ValueError:
        return text


def _read_item(item: FilterItem, context: str) -> Body | None:
    owner, dot, field = item.field.partition(".")
    if not dot:
        owner, field = context, item.field
    if owner.lower() != context.lower() or "." in field or '"' in item.value or _RELATIVE.match(item.value):
        return None
    values = [value_of(part.strip()) for part in item.value.split(",")]
    if item.operation in ("equals", "notEqual"):
        return _read_equals(field, item, values)
    if len(values) != 1 or not item.value:
        return None
    if item.operation in _SINGLE:
        return {"field": field, "op": _SINGLE[item.operation], "value": values[0]}
    if item.operation in _NEGATED:
        return {"not": {"field": field, "op": _NEGATED[item.operation], "value": values[0]}}
    return None


def _read_equals(field: str, item: FilterItem, values: list[Any]) -> Body | None:
    negated = item.operation == "notEqual"
    if not item.value:
        return {"field": field, "op": "present" if negated else "blank"}
    if "" in values:
        return None
    plain = {"field": field, "op": "equals", "value": values[0]} if len(values) == 1 else None
    criterion = plain or {"field": field, "op": "in", "value": values}
    return {"not": criterion} if negated else criterion


def combined(text: str, leaves: list[Body]) -> Body | None:
    """Comparisons put together as a text such as ``1 AND (2 OR 3)`` says; None where it is not understood."""
    tokens: list[str] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None or len(tokens) > 500:
            return None
        tokens.append(match.group(1).upper())
        at = match.end()
    result, rest = _parse_or(tokens, leaves)
    return None if rest else result


def _parse_or(tokens: list[str], leaves: list[Body]) -> tuple[Body | None, list[str]]:
    """One level of AND or OR; the vendor forbids mixing both without parentheses."""
    first, rest = _parse_term(tokens, leaves)
    parts, word = [first], ""
    while rest and rest[0] in ("AND", "OR"):
        if word and rest[0] != word:
            return None, ["mixed"]
        word = rest[0]
        part, rest = _parse_term(rest[1:], leaves)
        parts.append(part)
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None, ["unknown"]
    return (known[0] if len(known) == 1 else {"all" if word == "AND" else "any": known}), rest


def _parse_term(tokens: list[str], leaves: list[Body]) -> tuple[Body | None, list[str]]:
    if not tokens:
        return None, ["end"]
    head, rest = tokens[0], tokens[1:]
    if head == "NOT":
        inner, rest = _parse_term(rest, leaves)
        return (None if inner is None else {"not": inner}), rest
    if head == "(":
        inner, rest = _parse_or(rest, leaves)
        return (inner, rest[1:]) if rest[:1] == [")"] else (None, ["open"])
    if head.isdigit() and 1 <= int(head) <= len(leaves):
        return leaves[int(head) - 1], rest
    return None, ["unknown"]


def write_filter(criterion: Body, context: str) -> tuple[list[FilterItem], str] | None:
    """Filter items and boolean filter for a criterion; None where the vendor's filters cannot say it."""
    items: list[FilterItem] = []
    text = _write(criterion, context, items)
    if text is None:
        return None
    plain = " AND ".join(str(at + 1) for at in range(len(items)))
    return items, ("" if text == plain else text)


def _write(criterion: Body, context: str, items: list[FilterItem]) -> str | None:
    for key, word in (("all", " AND "), ("any", " OR ")):
        if criterion.get(key) is not None:
            parts = [_write(inner, context, items) for inner in criterion[key]]
            texts = [f"({part})" if " " in part else part for part in parts if part is not None]
            return word.join(texts) if len(texts) == len(parts) and parts else None
    inner = criterion.get("not")
    if inner is not None:
        negated = _item(inner, context, negated=True)
        if negated is not None:
            items.append(negated)
            return str(len(items))
        text = _write(inner, context, items)
        return None if text is None else f"NOT({text})"
    item = _item(criterion, context, negated=False)
    if item is None:
        return None
    items.append(item)
    return str(len(items))


def _item(criterion: Body, context: str, *, negated: bool) -> FilterItem | None:
    field, op, value = criterion.get("field"), str(criterion.get("op")), criterion.get("value")
    if not isinstance(field, str) or "." in field or criterion.get("other_field") is not None:
        return None
    name = f"{context}.{field}"
    if op in ("blank", "present"):
        return FilterItem(name, "notEqual" if (op == "present") != negated else "equals", "")
    values = value if isinstance(value, list) else [value]
    texts = [_value_text(one) for one in values]
    if not texts or any(not text or "," in text or '"' in text or text.startswith("$") for text in texts):
        return None
    if op == "not_equals" and not negated:
        # False on blanks here, true on blanks at the vendor: not the same.
        return None
    if op in ("equals", "in"):
        return FilterItem(name, "notEqual" if negated else "equals", ",".join(texts))
    operation = (_NEGATED_BACK if negated else _BACK).get(op)
    return FilterItem(name, operation, texts[0]) if operation and len(texts) == 1 else None


def _value_text(value: object) -> str:
    if isinstance(value, bool):
        return "True" if value else "False"
    return "" if value is None else scalar_text(value)


def item_of(tree: Tree | str) -> FilterItem | None:
    """A filter item from its nodes; None where it holds more than field, operation and value."""
    if isinstance(tree, str) or {tag for tag, _ in tree} - {"field", "operation", "value"}:
        return None
    return FilterItem(child(tree, "field"), child(tree, "operation"), child(tree, "value"))


def nodes_of(item: FilterItem) -> Tree:
    """The nodes of a filter item."""
    return sort_nodes([("field", item.field), ("operation", item.operation), ("value", item.value)])
