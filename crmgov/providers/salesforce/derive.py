"""Derived facts: what opaque bodies, formulas and reports name, found in their own files."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from crmgov.model.canonical import Body
from crmgov.model.formula import hard_coded, legs, read_formula
from crmgov.model.snapshot import Derived
from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.xml import Tree

_RECORD = re.compile(r"\$Record(?:__Prior)?\.([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)")
_MERGED = re.compile(r"\{!|\}")
"""What flows put around a name in a formula."""
_EVENTS = {"Create": "created", "Update": "updated", "CreateAndUpdate": "saved", "Delete": "deleted"}
_FORMULAS = {"formula", "errorConditionFormula", "expression", "filterFormula"}


class Facts:
    """Collects facts of one body; ``lookups`` maps (object, relation) to the object pointed at."""

    def __init__(self, lookups: Mapping[tuple[str, str], str]) -> None:
        self._lookups = lookups
        self.reads: set[str] = set()
        self.writes: set[str] = set()
        self.triggers: set[str] = set()
        self.names: set[tuple[str, str]] = set()
        self.literals: set[tuple[str, str]] = set()
        self.hard: set[str] = set()
        self.outlines: list[tuple[str, Body]] = []
        self.state = ""

    def read(self, owner: str, path: str) -> None:
        """Note that a path from an object is read: each field on the way."""
        self.reads.update(self.steps(owner, path))

    def formula(self, owner: str, text: str) -> None:
        """Note what a formula of an object names."""
        found = read_formula(text)
        for path in found.fields:
            for start, rest in legs(owner, path):
                self.read(start, rest)
        for path, value in found.literals:
            for field in list(self.steps(*legs(owner, path)[-1]))[-1:]:
                self.literals.add((field, value))
        self.names.update(("PermissionSet", f"custom:{name}") for name in found.permissions)

    def steps(self, owner: str, path: str) -> Iterator[str]:
        """The fields on the way of a path, as far as it is known where its lookups lead. Reports name the lookup itself
        where others name its relation.
        """
        steps = path.split(".")
        if len(steps) > 1 and steps[0].lower() == owner.lower():
            steps = steps[1:]
        for step in steps[:-1]:
            low = step.lower()
            custom = low.endswith(("__r", "__c"))
            yield f"{owner}.{step[:-1]}c" if custom else f"{owner}.{step}Id"
            target = self._lookups.get((owner.lower(), f"{low[:-1]}r" if custom else low))
            if target is None:
                return
            owner = target
        yield f"{owner}.{steps[-1]}"

    def result(self) -> Derived:
        """The facts, in order."""
        return Derived(
            reads=tuple(sorted(self.reads)),
            writes=tuple(sorted(self.writes)),
            triggers=tuple(sorted(self.triggers)),
            names=tuple(sorted(self.names)),
            literals=tuple(sorted(self.literals)),
            hard_coded=tuple(sorted(self.hard)),
            outlines=tuple(self.outlines),
            state=self.state,
        )


def texts(tree: Tree | str, tag: str = "") -> Iterator[tuple[str, str]]:
    """All (tag, text) pairs below a node."""
    if isinstance(tree, str):
        yield tag, tree
        return
    for name, value in tree:
        yield from texts(value, name)


def nodes(tree: Tree | str, tag: str) -> Iterator[Tree]:
    """All nodes with this tag at the top of a tree."""
    for name, value in tree if not isinstance(tree, str) else ():
        if name == tag and not isinstance(value, str):
            yield value


def flow(tree: Tree | str, facts: Facts) -> None:
    """Facts of a flow: ``triggers`` as ``Object:event``."""
    start = next(nodes(tree, "start"), [])
    owner = child(start, "object")
    kind = child(start, "triggerType")
    if owner and kind not in ("", "None", "PlatformEvent"):
        facts.triggers.add(f"{owner}:{_EVENTS.get(child(start, 'recordTriggerType'), 'scheduled')}")
    elif owner or kind:
        facts.triggers.add(f"{owner}:event" if kind == "PlatformEvent" else f"{owner}:scheduled")
    else:
        facts.triggers.add(":manual")
    _flow_filters(start, owner, facts)
    for tag in ("recordLookups", "recordUpdates", "recordCreates", "recordDeletes"):
        for node in nodes(tree, tag):
            target = child(node, "object") or owner
            _flow_filters(node, target, facts)
            written = tag in ("recordUpdates", "recordCreates")
            for item in nodes(node, "inputAssignments"):
                if written and child(item, "field"):
                    facts.writes.add(f"{target}.{child(item, 'field')}")
            for name, value in node:
                if name == "queriedFields" and isinstance(value, str):
                    facts.reads.add(f"{target}.{value.strip()}")
    _flow_calls(tree, facts)
    for node in nodes(tree, "assignments"):
        for item in nodes(node, "assignmentItems"):
            match = _RECORD.match(child(item, "assignToReference"))
            if match and owner and child(item, "operator") == "Assign":
                facts.writes.add(f"{owner}.{match.group(1)}")
    for _, text in texts(tree) if owner else ():
        for match in _RECORD.finditer(text):
            facts.read(owner, match.group(1))
    facts.hard.update(_flow_literals(tree))


_SENDER = "senderAddress"
"""Where a body names an address of the organisation's own that mail is sent from: it can only be named so."""


def _flow_literals(tree: Tree | str, tag: str = "", *, screen: bool = False) -> Iterator[str]:
    """Ids, addresses and URLs in a flow; on a screen an address is an example shown to people."""
    if isinstance(tree, str):
        if tag not in ("description", "label"):
            yield from (found for found in hard_coded(tree) if not (screen and "@" in found))
        return
    if tag == "inputParameters" and child(tree, "name") == _SENDER:
        return
    for name, value in tree:
        yield from _flow_literals(value, name, screen=screen or name == "screens")


def _flow_filters(node: Tree, owner: str, facts: Facts) -> None:
    for item in nodes(node, "filters"):
        field = child(item, "field")
        if owner and field:
            facts.read(owner, field)
            value = next(nodes(item, "value"), [])
            if child(value, "stringValue"):
                facts.literals.add((f"{owner}.{field}", child(value, "stringValue")))
                if owner == "Group" and field in ("DeveloperName", "Name"):
                    facts.names.add(("Team", child(value, "stringValue")))
    if owner and child(node, "filterFormula"):
        facts.formula(owner, _MERGED.sub(" ", _RECORD.sub(r"\1", child(node, "filterFormula"))))


def _flow_calls(tree: Tree | str, facts: Facts) -> None:
    for node in nodes(tree, "subflows"):
        if child(node, "flowName"):
            facts.names.add(("Automation", child(node, "flowName")))
    for node in nodes(tree, "actionCalls"):
        if child(node, "actionType") == "emailAlert":
            facts.names.add(("Automation", child(node, "actionName")))


def workflow(tree: Tree | str, owner: str, facts: Facts) -> None:
    """Facts of an object's workflow rules and their actions."""
    facts.triggers.add(f"{owner}:saved")
    for node in nodes(tree, "fieldUpdates"):
        target = f"{owner}.{child(node, 'field')}"
        facts.writes.add(target)
        if child(node, "literalValue"):
            facts.literals.add((target, child(node, "literalValue")))
        if child(node, "formula"):
            facts.formula(owner, child(node, "formula"))
    for node in nodes(tree, "rules"):
        rules(node, owner, facts)
    for node in nodes(tree, "alerts"):
        facts.names.add(("External", child(node, "template")))
        for recipient in nodes(node, "recipients"):
            if child(recipient, "type") in ("group", "queue", "role"):
                kind = "Role" if child(recipient, "type") == "role" else "Team"
                facts.names.add((kind, child(recipient, "recipient")))
            if child(recipient, "field"):
                facts.read(owner, child(recipient, "field"))
    for node in nodes(tree, "outboundMessages"):
        for tag, text in node:
            if tag == "fields" and isinstance(text, str):
                facts.read(owner, text.strip())
    for tag, text in texts(tree):
        if tag == "offsetFromField":
            facts.read(owner, text.strip())
        if tag not in ("description", "label", _SENDER):
            facts.hard.update(hard_coded(text))


_TEMPLATES = {"template", "emailTemplate", "assignedToTemplate", "notifyToTemplate"}


def rules(tree: Tree | str, owner: str, facts: Facts) -> None:
    """Facts of rules with criteria items or formulas at any depth."""
    for tag, value in tree if not isinstance(tree, str) else ():
        if tag == "criteriaItems" and not isinstance(value, str):
            _criterion(value, owner, facts)
        elif not isinstance(value, str):
            rules(value, owner, facts)
        elif tag in _FORMULAS:
            facts.formula(owner, value)
        elif tag in _TEMPLATES and value.strip():
            facts.names.add(("External", value.strip()))
        elif tag not in ("description", "label"):
            facts.hard.update(hard_coded(value))
    if not isinstance(tree, str) and child(tree, "assignedToType") == "Queue":
        facts.names.add(("Team", child(tree, "assignedTo")))


def _criterion(value: Tree, owner: str, facts: Facts) -> None:
    field = child(value, "field")
    head, dot, rest = field.partition(".")
    path = rest if dot and head == owner else field
    facts.read(owner, path)
    for one in child(value, "value").split(","):
        if one.strip():
            facts.literals.add((field if dot else f"{owner}.{field}", one.strip()))


def approval(tree: Tree | str, owner: str, facts: Facts) -> None:
    """Facts of an approval process."""
    facts.triggers.add(f"{owner}:manual")
    rules(tree, owner, facts)
    _approvers(tree, owner, facts)
    for page in nodes(tree, "approvalPageFields"):
        for tag, text in page:
            if tag == "field" and isinstance(text, str):
                facts.read(owner, text.strip())


def _approvers(tree: Tree | str, owner: str, facts: Facts) -> None:
    """Fields that say who approves: of the record, and of the people who ask."""
    for tag, value in tree if not isinstance(tree, str) else ():
        if tag == "approver" and child(value, "type") == "relatedUserField":
            facts.read(owner, child(value, "name"))
        elif tag == "userHierarchyField" and isinstance(value, str) and value.strip():
            facts.read("User", value.strip())
        elif not isinstance(value, str):
            _approvers(value, owner, facts)


_COLUMN = re.compile(r"([A-Za-z][A-Za-z0-9_]*)[.$]([A-Za-z][A-Za-z0-9_]*)\Z")
_FIELD_TAGS = {"field", "column", "groupingColumn", "sortColumn", "primaryColumn", "developerName"}


def report_fields(tree: Tree | str) -> list[str]:
    """The fields a report or dashboard reads, where its columns name them as ``Object.Field`` or ``Object$Field``."""
    found = set()
    for tag, text in texts(tree):
        match = _COLUMN.match(text.strip()) if tag in _FIELD_TAGS else None
        if match and (text.endswith("__c") or "$" in text):
            found.add(f"{match.group(1)}.{match.group(2)}")
    return sorted(found)


def lookups_of(fields: Mapping[tuple[str, str], Body]) -> dict[tuple[str, str], str]:
    """For (object, relation) in lower case: the object pointed at, of lookups with a single target."""
    found: dict[tuple[str, str], str] = {}
    for (owner, name), body in fields.items():
        targets: Any = body.get("references")
        if isinstance(targets, list) and len(targets) == 1:
            relation = name[:-1] + "r" if name.endswith("__c") else name.removesuffix("Id")
            found[(owner.lower(), relation.lower())] = targets[0]
    return found
