"""Outlines: what flows and workflow rules do for certain, in the words of a structured automation."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.derive import nodes, texts
from crmgov.providers.salesforce.flowpaths import UNKNOWN, guards
from crmgov.providers.salesforce.mapping.criteria import combined, item_of, read_filter
from crmgov.providers.salesforce.mapping.items import child, number
from crmgov.providers.salesforce.xml import Tree

Outlines = list[tuple[str, Body]]
_EVENTS = {"Create": "created", "Update": "updated", "CreateAndUpdate": "saved"}
_PHASES = {"RecordBeforeSave": "before", "RecordAfterSave": "after"}
_OWN = "$Record."
_COMPARED = {
    "GreaterThan": "greater",
    "GreaterThanOrEqualTo": "greater_or_equal",
    "LessThan": "less",
    "LessThanOrEqualTo": "less_or_equal",
    "Contains": "contains",
    "StartsWith": "starts_with",
}
_CONSTANTS = {"$GlobalConstant.True": True, "$GlobalConstant.False": False, "$GlobalConstant.EmptyString": ""}
_WORD = re.compile(r"\$Record(?:__Prior)?\.([A-Za-z][A-Za-z0-9_]*)")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ORDER = re.compile(r"[0-9]{1,6}")
_BLANKS = ("IsNull", "IsBlank", "WasSet", "IsEmpty")
_WORKED = object()


def flow_outline(tree: Tree | str) -> Outlines:
    """The outline of a flow that records start; none for any other."""
    start: Tree = next(nodes(tree, "start"), [])
    owner, phase = child(start, "object"), _PHASES.get(child(start, "triggerType"), "")
    event = _EVENTS.get(child(start, "recordTriggerType"), "")
    if not owner or not phase or not event:
        return []
    trigger: Body = {"on": event, "phase": phase}
    if child(start, "doesRequireRecordChangedToMeetCriteria") == "true":
        trigger["begins"] = True
    dates = {child(path, "recordField") for path in nodes(start, "scheduledPaths")} - {""}
    if dates:
        trigger["dates"] = sorted(dates)
    body: Body = {"trigger": trigger, "when": _starts(start), "asked": sorted(set(_asked(tree)))}
    if _ORDER.fullmatch(child(start, "triggerOrder")):
        body["order"] = int(child(start, "triggerOrder"))
    rules = {child(one, "name"): _cases(one) for one in nodes(tree, "decisions")}
    body["actions"] = list(_actions(tree, owner, phase, rules))
    return [("", body)]


def _starts(start: Tree) -> Body:
    if child(start, "filterFormula"):
        return UNKNOWN
    leaves = [_leaf(child(one, "field"), one, "value") for one in nodes(start, "filters")]
    return _together(child(start, "filterLogic"), leaves)


def _together(logic: str, leaves: list[Body]) -> Body:
    if not leaves:
        return {}
    if logic.lower() in ("", "and", "or"):
        return {"any" if logic.lower() == "or" else "all": leaves}
    return combined(logic, leaves) or UNKNOWN


def _cases(decision: Tree) -> list[tuple[str, Body]]:
    """The rules of a decision, with what each compares."""
    found = []
    for rule in nodes(decision, "rules"):
        leaves = []
        for one in nodes(rule, "conditions"):
            left = child(one, "leftValueReference")
            leaves.append(_leaf(left.removeprefix(_OWN) if left.startswith(_OWN) else "", one, "rightValue"))
        found.append((child(rule, "name"), _together(child(rule, "conditionLogic"), leaves)))
    return found


def _leaf(field: str, node: Tree, tag: str) -> Body:
    """A comparison of a field of the record itself with a fixed value; anything else is not known."""
    operator, value = child(node, "operator"), _value(next(nodes(node, tag), []))
    if not _NAME.fullmatch(field) or value is _WORKED:
        return UNKNOWN
    blank: Body = {"field": field, "op": "blank"}
    present: Body = {"field": field, "op": "present"}
    if operator in _BLANKS and isinstance(value, bool):
        return blank if value == (operator != "WasSet") else present
    if operator == "IsChanged" and isinstance(value, bool):
        changed: Body = {"field": field, "op": "changed"}
        return changed if value else {"not": changed}
    if operator in ("EqualTo", "NotEqualTo"):
        if value in (None, ""):
            return blank if operator == "EqualTo" else present
        equals: Body = {"field": field, "op": "equals", "value": value}
        return equals if operator == "EqualTo" else {"not": equals}
    if operator in _COMPARED and value not in (None, ""):
        return {"field": field, "op": _COMPARED[operator], "value": value}
    return UNKNOWN


def _value(value: Tree) -> Any:
    """A fixed value, None for nothing; ``_WORKED`` itself where it is worked out."""
    for tag, held in value:
        if not isinstance(held, str):
            return _WORKED
        text = held.strip()
        if tag == "booleanValue":
            return text == "true"
        if tag == "elementReference":
            return _CONSTANTS.get(text, _WORKED)
        if tag == "numberValue":
            try:
                return number(text.removesuffix(".0"))
            except ValueError:
                return _WORKED
        # A text with a merge field is worked out.
        return _WORKED if "{!" in text else text
    return None


def _asked(tree: Tree | str) -> Iterator[str]:
    """Fields of the record that formulas name, or that are asked for blanks anywhere."""
    for tag in ("formulas", "textTemplates"):
        for node in nodes(tree, tag):
            for _, text in texts(node):
                yield from _WORD.findall(text)
    for decision in nodes(tree, "decisions"):
        for rule in nodes(decision, "rules"):
            for one in nodes(rule, "conditions"):
                if child(one, "operator") in _BLANKS or _value(next(nodes(one, "rightValue"), [])) in (None, ""):
                    yield from _WORD.findall(child(one, "leftValueReference"))
    for node in nodes(next(nodes(tree, "start"), []), "filters"):
        if child(node, "operator") in _BLANKS or _value(next(nodes(node, "value"), [])) in (None, ""):
            yield child(node, "field")


def _actions(tree: Tree | str, owner: str, phase: str, rules: Mapping[str, list[tuple[str, Body]]]) -> Iterator[Body]:
    """What is reached at once, without waiting."""
    reached = guards(tree, rules)
    for tag in ("assignments", "recordUpdates", "recordCreates", "decisions"):
        for node in nodes(tree, tag):
            name = child(node, "name")
            if name not in reached:
                continue
            head: Body = {"name": name, "when": reached[name]}
            if tag == "decisions":
                cases = [{"name": one, "when": when} for one, when in rules[name]]
                yield {**head, "type": "choice", "cases": cases, "otherwise": _goes_on(node)}
            elif tag == "recordCreates":
                made = child(node, "object")
                values = {field: value for field, value in _assigned(node) if field}
                yield {**head, "type": "create_record", "object": made, "fields": values}
            elif tag == "recordUpdates":
                yield from _updates(node, owner, head)
            elif phase == "before":
                for item in nodes(node, "assignmentItems"):
                    field = child(item, "assignToReference")
                    own = field.removeprefix(_OWN)
                    if field.startswith(_OWN) and _NAME.fullmatch(own) and child(item, "operator") == "Assign":
                        yield _written(head, own, _value(next(nodes(item, "value"), [])))


def _goes_on(decision: Tree) -> bool:
    return any(child(one, "targetReference") for one in nodes(decision, "defaultConnector"))


def _assigned(node: Tree) -> Iterator[tuple[str, Any]]:
    for item in nodes(node, "inputAssignments"):
        value = _value(next(nodes(item, "value"), []))
        yield child(item, "field"), "$worked out" if value is _WORKED else value


def _updates(node: Tree, owner: str, head: Body) -> Iterator[Body]:
    other = child(node, "object")
    filters = list(nodes(node, "filters"))
    own = child(node, "inputReference") == "$Record" or (other == owner and any(map(_is_record, filters)))
    for item in nodes(node, "inputAssignments"):
        written = _written(head, child(item, "field"), _value(next(nodes(item, "value"), [])))
        if own:
            yield written
        elif other:
            yield {**written, "object": other}


def _is_record(item: Tree) -> bool:
    value: Tree = next(nodes(item, "value"), [])
    return child(item, "field") == "Id" and child(value, "elementReference") == "$Record.Id"


def _written(head: Body, field: str, value: object) -> Body:
    return {**head, "type": "set_field", "field": field, **({} if value is _WORKED else {"value": value})}


_STARTS = {"onCreateOnly": "created", "onAllChanges": "saved", "onCreateOrTriggeringUpdate": "saved"}


def workflow_outlines(tree: Tree | str, owner: str) -> Outlines:
    """The outlines of an object's workflow rules that are on."""
    updates = {child(one, "fullName"): one for one in nodes(tree, "fieldUpdates")}
    found: Outlines = []
    for rule in nodes(tree, "rules"):
        event = _STARTS.get(child(rule, "triggerType"), "")
        if child(rule, "active") != "true" or not event:
            continue
        trigger: Body = {"on": event, "phase": "rules"}
        if child(rule, "triggerType") == "onCreateOrTriggeringUpdate":
            trigger["begins"] = True
        body: Body = {"trigger": trigger, "when": _criteria(rule, owner), "asked": [], "actions": []}
        for action in nodes(rule, "actions"):
            update = updates.get(child(action, "name"))
            if child(action, "type") == "FieldUpdate" and update is not None and not child(update, "targetObject"):
                literal = child(update, "literalValue")
                head: Body = {"name": child(action, "name"), "when": {}}
                body["actions"].append(_written(head, child(update, "field"), literal or _WORKED))
        found.append((child(rule, "fullName"), body))
    return found


def _criteria(rule: Tree, owner: str) -> Body:
    items = [item_of(one) for one in nodes(rule, "criteriaItems")]
    known = [item for item in items if item is not None]
    if child(rule, "formula") or len(known) != len(items):
        return UNKNOWN
    return (read_filter(known, child(rule, "booleanFilter"), owner) or UNKNOWN) if known else {}
