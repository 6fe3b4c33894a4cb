"""Flows: fields of records that a flow holds in variables, beside what is derived of the record it starts on."""

from collections.abc import Iterator

from crmgov.providers.salesforce import derive
from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.mentions.base import Kind, Spoken, Thing, inner, texts
from crmgov.providers.salesforce.mentions.found import Found
from crmgov.providers.salesforce.xml import Tree

_HOLDING = ("recordLookups", "recordUpdates", "recordCreates", "recordDeletes", "dynamicChoiceSets")
_OWN = ("displayField", "picklistField", "queriedFields", "sortField", "valueField")
"""Fields that stand below the object they belong to."""
_PLAIN = frozenset(("apiName", "description", "field", "label", "name", "object", "objectType", "recordField", *_OWN))
"""Words, names of other things, and fields that are read with their object."""


def _flow(thing: Thing) -> Iterator[Spoken]:
    def reads(found: Found) -> None:
        held = _variables(thing.tree)
        for node in inner(thing.tree, *_HOLDING):
            _fields(found, child(node, "object") or child(node, "picklistObject"), node)
        for start in inner(thing.tree, "start"):
            for one in inner(start, "scheduledPaths"):
                found.path(child(start, "object"), child(one, "recordField"))
        for tag, text in derive.texts(thing.tree):
            if "__" in text and tag not in _PLAIN:
                found.scan("", text, held)

    yield Spoken("Automation", "", thing.name, reads)


def _fields(found: Found, owner: str, node: Tree) -> None:
    """The fields that a step names of the records it looks for, makes or changes."""
    if not owner:
        return
    for text in texts(node, *_OWN):
        found.path(owner, text)
    for one in inner(node, "filters", "inputAssignments", "outputAssignments"):
        found.path(owner, child(one, "field"))


def _variables(tree: Tree) -> dict[str, str]:
    """The object of each record that a flow holds, by the name it is held under, in small letters."""
    held = {child(one, "name"): child(one, "objectType") for one in inner(tree, "variables")}
    held |= {child(one, "name"): child(one, "object") for one in inner(tree, "recordLookups")}
    held["$Record"] = next((child(one, "object") for one in inner(tree, "start")), "")
    known = {name.lower(): owner for name, owner in held.items() if name and owner}
    loops = {child(one, "name").lower(): child(one, "collectionReference").lower() for one in inner(tree, "loops")}
    for _ in loops:
        more = {name: known[over] for name, over in loops.items() if over in known and name not in known}
        if not more:
            break
        known |= more
    return known


KINDS = (Kind("Flow", _flow),)
