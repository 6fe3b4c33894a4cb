"""Rule: where somebody came from is known, and survives conversion (governance rule 18)."""

from collections.abc import Iterator

from crmgov.check.governance.made import is_shipped
from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.check.governance.words import bare, key
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

_SOURCES = ("leadsource", "originalsource", "acquisitionsource", "source", "leadorigin")
"""What the field is called, the plainest last resort among them."""


def source_survives(scene: Scene) -> Iterator[Diagnostic]:
    """Conversions that leave the source behind, or convert records that have none."""
    for address in scene.own("Lifecycle"):
        for handoff in rows(scene.tree.body(address).get("handoffs")):
            parent = mapping(handoff.get("from")).get("object")
            if handoff.get("conversion") is not True or not isinstance(parent, str):
                continue
            route = ("handoffs", str(handoff.get("name")))
            source = source_of(scene, parent)
            if not source:
                if _known(scene, parent):
                    message = f"{parent} is converted by {handoff.get('name')}, and no field of it says the source"
                    yield scene.finding("MODEL008", message, address, route)
            elif f"{parent}.{source}" not in mapping(handoff.get("carry")):
                message = f"{handoff.get('name')} leaves {parent}.{source} behind"
                related = scene.tree.defined(scene.tree.address("Field", source, parent))
                yield scene.finding("MODEL008", message, address, (*route, "carry"), related=related)


def source_of(scene: Scene, parent: str) -> str:
    """The field of an object that holds the source; empty where there is none."""
    if _ships(scene, parent) and scene.tree.address("Field", "LeadSource", parent) not in scene.snapshot:
        return ""
    found: dict[str, str] = {}
    for address in scene.tree.of_kind("Field"):
        _, of, name = parts(address)
        if of == parent and not scene.retired(address):
            body = scene.tree.body(address)
            for said in (key(bare(name)), key(str(body.get("label") or ""))):
                if said in _SOURCES:
                    found.setdefault(said, name)
    return next((found[said] for said in _SOURCES if said in found), "")


def _known(scene: Scene, parent: str) -> bool:
    """Whether the tree lists the object's fields itself, so that one that is not there does not exist."""
    if scene.tree.address("Object", parent) not in scene.snapshot or scene.snapshot.coverage.gap("Field", parent):
        return False
    return not _ships(scene, parent)


def _ships(scene: Scene, parent: str) -> bool:
    """Whether a vendor ships the source; it then carries it over itself."""
    return is_shipped(scene.tree, parent, "LeadSource")
