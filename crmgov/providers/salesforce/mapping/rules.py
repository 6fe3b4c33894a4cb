"""Assignment rules: one routing automation for each, where all of a file can be said exactly."""

from functools import cached_property
from typing import Any

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping.base import Context, Form, MetadataType
from crmgov.providers.salesforce.mapping.criteria import FilterItem, item_of, nodes_of, read_filter, write_filter
from crmgov.providers.salesforce.mapping.items import Left, Path, child, scalar_text, sort_nodes
from crmgov.providers.salesforce.mapping.layouts import unique
from crmgov.providers.salesforce.xml import Tree

_ENTRY = {"assignedTo", "assignedToType", "booleanFilter", "criteriaItems", "formula", "template"}
_RULE = {"active", "fullName", "ruleEntry"}
ACTION = "route"
"""The name of the one action of a routing automation."""


def read_rule(tree: Tree | str, context: Context) -> Body | None:
    """The body of one rule; None where crmgov cannot say it exactly."""
    if isinstance(tree, str) or {tag for tag, _ in tree} - _RULE:
        return None
    action: Body = {"name": ACTION, "type": "route", "cases": []}
    entries = [value for tag, value in tree if tag == "ruleEntry"]
    for at, entry in enumerate(entries):
        read = _read_entry(entry, str(context.parent))
        if read is None:
            return None
        if "when" not in read and "formula" not in read:
            # An entry without a condition takes all that is left.
            if at + 1 < len(entries) or "template" in read:
                return None
            action["otherwise"] = read["to"]
        else:
            target = read["to"].get("team") or read["to"].get("user")
            name = unique(str(target), {case["name"] for case in action["cases"]})
            action["cases"].append({"name": name, **read})
    body: Body = {"actions": [action], "body": "structured", "trigger": {"on": "created"}}
    active = child(tree, "active")
    return {**body, "active": active == "true"} if active else body


def _read_entry(entry: Tree | str, owner: str) -> Body | None:
    if isinstance(entry, str) or {tag for tag, _ in entry} - _ENTRY:
        return None
    kind, target = child(entry, "assignedToType"), child(entry, "assignedTo")
    if kind not in ("Queue", "User") or not target:
        return None
    read: Body = {"to": {"team" if kind == "Queue" else "user": target}}
    if child(entry, "template"):
        read["template"] = child(entry, "template")
    items = [item_of(value) for tag, value in entry if tag == "criteriaItems"]
    formula = child(entry, "formula")
    if formula:
        return None if items else {**read, "formula": formula}
    if not items:
        return read
    known = [item for item in items if item is not None]
    when = read_filter(known, child(entry, "booleanFilter"), owner) if len(known) == len(items) else None
    return None if when is None else {**read, "when": when}


def write_rule(body: Body, context: Context) -> Tree | None:
    """The nodes of one rule, without its name; None where the vendor's rules cannot say it."""
    nodes: Tree = []
    if body.get("active") is not None:
        nodes.append(("active", scalar_text(body["active"])))
    for action in body.get("actions") or ():
        for case in action.get("cases") or ():
            entry = _write_entry(case, str(context.parent))
            if entry is None:
                return None
            nodes.append(("ruleEntry", entry))
        if action.get("otherwise"):
            nodes.append(("ruleEntry", sort_nodes(_target(action["otherwise"]))))
    return sort_nodes(nodes)


def _write_entry(case: Body, owner: str) -> Tree | None:
    entry = _target(case.get("to") or {})
    if case.get("template"):
        entry.append(("template", str(case["template"])))
    if case.get("formula"):
        entry.append(("formula", str(case["formula"])))
    elif case.get("when"):
        written: tuple[list[FilterItem], str] | None = write_filter(case["when"], owner)
        if written is None:
            return None
        items, boolean = written
        entry.extend(("criteriaItems", nodes_of(item)) for item in items)
        if boolean:
            entry.append(("booleanFilter", boolean))
    return sort_nodes(entry)


def _target(target: dict[str, Any]) -> Tree:
    team = target.get("team")
    return [("assignedTo", str(team or target.get("user"))), ("assignedToType", "Queue" if team else "User")]


class RuleType(MetadataType, frozen=True, dict=True, kw_only=True):
    """Assignment rules have no table: a rule is read and written as a whole."""

    @cached_property
    def keys(self) -> dict[Path, str | None]:
        """See MetadataType. Entries are matched by their place."""
        return {("ruleEntry",): None, ("ruleEntry", "criteriaItems"): None}

    def decode(self, tree: Tree | str, left: Left, context: Context) -> Body:
        """See MetadataType. Only for rules that ``read_rule`` can read."""
        body = read_rule(tree, context)
        if body is None:
            left.append("assignmentRule")
        return body or {}

    def encode(self, body: Body, context: Context) -> Tree:
        """See MetadataType. Only for bodies that ``write_rule`` can write."""
        return write_rule(body, context) or []


RULE = RuleType(
    name="AssignmentRule", kind="Automation", form=Form("assignmentRules", "assignmentRules", "assignmentRule")
)

TYPES = (RULE,)
