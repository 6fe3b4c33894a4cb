"""Rules: an integration can write what it brings in, and may read what it sends out."""

from collections.abc import Iterator

from crmgov.check.governance.integration.maps import Shared, made_here, maps
from crmgov.check.governance.scene import Scene
from crmgov.check.types import COMPUTED
from crmgov.model.diagnostics import Diagnostic

_EVERYTHING = frozenset(("ModifyAllData", "ViewAllData"))
"""Capabilities that open objects beyond what their rows say."""


def no_computed(scene: Scene) -> Iterator[Diagnostic]:
    """No system writes a field that the CRM computes."""
    for one in maps(scene).shared:
        facts = scene.tree.field(one.object, one.field)
        if one.comes and facts is not None and facts.type in COMPUTED:
            message = f"{one.spelt} writes {one.ours}, which is of type {facts.type}"
            yield scene.finding("SHARED009", message, one.integration, (*one.route, "ours"))


def may_share(scene: Scene) -> Iterator[Diagnostic]:
    """The permission set an integration runs as covers what it shares."""
    told: set[tuple[str, str, str]] = set()
    for one in maps(scene).shared:
        name = scene.tree.body(one.integration).get("runs_as")
        if not isinstance(name, str) or not _stated(scene, name):
            continue
        sets = scene.access.behind(name)
        wrong = _object(scene, sets, one)
        if wrong:
            if (one.integration, one.object, wrong) not in told:
                told.add((one.integration, one.object, wrong))
                message = f"{name} may not {wrong} {one.object}, which {one.spelt} {_does(one)}"
                yield scene.finding("SHARED010", message, one.integration, (*one.route, "ours"))
            continue
        wrong = _field(scene, sets, one)
        if wrong:
            message = f"{name} may not {wrong} {one.ours}, which {one.spelt} {_does(one)}"
            yield scene.finding("SHARED010", message, one.integration, (*one.route, "ours"))


def _stated(scene: Scene, name: str) -> bool:
    """Whether a permission set is known here, and says what may be done with objects and fields."""
    sets = scene.access.behind(name)
    bodies = [scene.access.sets.get(one) for one in sets]
    if None in bodies or any(scene.access.capability(one, each) for one in sets for each in _EVERYTHING):
        return False
    return any(body.get("objects") for body in bodies if body) and any(body.get("fields") for body in bodies if body)


def _does(one: Shared) -> str:
    return {"in": "writes", "out": "is sent"}.get(one.direction, "shares")


def _object(scene: Scene, sets: frozenset[str], one: Shared) -> str:
    """The right on the object that is lacking: read or change; empty where none is."""
    granted = {
        right
        for right in ("read", "create", "update", "view_all", "modify_all")
        if any(scene.access.object(name, one.object, right) for name in sets)
    }
    if not granted:
        return "read or change" if one.comes else "read"
    return "change" if one.comes and not granted & {"create", "update", "modify_all"} else ""


def _field(scene: Scene, sets: frozenset[str], one: Shared) -> str:
    """The access to the field that is lacking; empty where none is, or where the vendor grants it with the object."""
    level = scene.access.best(sets, one.object, one.field)
    needed = level != "edit" if one.comes else level not in ("read", "edit")
    if not needed or (level == "" and _granted_with_object(scene, one)):
        return ""
    return "edit" if one.comes else "read"


def _granted_with_object(scene: Scene, one: Shared) -> bool:
    """Required fields and those that tie a record to its parent are open to whoever may use the object; of fields not
    made here it is not known.
    """
    address = scene.tree.address("Field", one.field, one.object)
    if not made_here(scene, address):
        return True
    body = scene.tree.body(address)
    return body.get("required") is True or body.get("type") == "master_detail"
