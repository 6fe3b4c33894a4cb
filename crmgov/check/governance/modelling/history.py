"""Rule: who changed a field that decides is on record (governance rule 54)."""

from collections.abc import Iterator

from crmgov.check.governance.modelling.validated import validated
from crmgov.check.governance.scene import Scene, spoken
from crmgov.check.governance.words import bare, words
from crmgov.check.tree import parts
from crmgov.check.types import COMPUTED
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Edit, Fix

_AMOUNTS = ("currency", "percent")
_ALWAYS = {"StageName", "Amount", "CloseDate", "Probability", "ForecastCategoryName"}
"""Of Opportunity, Salesforce records these without being asked."""
_OWNER = ("Owner", "OwnerId")
_MOST = 20
"""Salesforce tracks so many fields of an object at most."""


def history(scene: Scene) -> Iterator[Diagnostic]:
    """Fields that decide and are not tracked, on objects where tracking is on and not at its limit.

    An object where it is switched off is told once, where more decides than its owner, which every object has.
    """
    tracked, off = _tracked(scene)
    if not tracked and not off:
        return
    unrecorded: dict[str, list[str]] = {}
    users = {
        (parent, field.casefold()): one.address
        for one in scene.behaviours.values()
        if one.active
        for parent, field in one.starts_on
    }
    users.update(validated(scene))
    for address in scene.tree.of_kind("Field"):
        _, parent, name = parts(address)
        if (
            (parent not in off and tracked.get(parent or "", _MOST) >= _MOST)
            or parent is None
            or scene.retired(address)
        ):
            continue
        body = scene.tree.body(address)
        if body.get("track_history") is True or body.get("type") in COMPUTED:
            continue
        if scene.snapshot.origin(address) == "packaged" or (parent == "Opportunity" and name in _ALWAYS):
            continue
        why = _decides(scene, (parent, name), body, users)
        if why and parent in off and name not in _OWNER:
            unrecorded.setdefault(parent, []).append(f"{parent}.{name} {why}")
        elif why and parent in tracked:
            others = "tracks those of others" if tracked[parent] else "is to keep its history"
            message = f"{parent}.{name} {why}, and its changes are not tracked, though {parent} {others}"
            evidence = (f"Fields of {parent} that are tracked: {tracked[parent]}",)
            tracked[parent] += 1
            fix = _fix(scene, address)
            yield scene.finding("MODEL007", message, address, ("track_history",), evidence=evidence, fix=fix)
    for parent, fields in unrecorded.items():
        message = f"{parent} keeps no history, though {fields[0]}{', among others' if len(fields) > 1 else ''}"
        address = scene.tree.address("Object", parent)
        yield scene.finding("MODEL007", message, address, ("track_history",), evidence=tuple(fields))


def _fix(scene: Scene, address: str) -> Fix | None:
    at = scene.tree.where(address, ("track_history",))
    if at is None or scene.files:
        return None
    return Fix("Record changes of the field", (Edit(at, "set", True),), safe=True)


def _tracked(scene: Scene) -> tuple[dict[str, int], set[str]]:
    """By object that tracks history: how many of its fields are tracked; and the objects that say they do not.

    Of a vendor's own files, in which most is as the vendor set it, only objects of which some field is tracked.
    """
    said = {
        parts(address)[2]: scene.tree.body(address).get("track_history")
        for address in scene.tree.holding("Object", "track_history")
        if not scene.retired(address)
    }
    counts = {parent: 0 for parent, on in said.items() if on is True and not scene.files}
    for address in scene.tree.holding("Field", "track_history"):
        parent = parts(address)[1] or ""
        if said.get(parent) is True and scene.tree.body(address).get("track_history") is True:
            counts[parent] = counts.get(parent, 0) + 1
    return counts, {parent for parent, on in said.items() if on is False and not scene.files}


def _decides(scene: Scene, field: tuple[str, str], body: Body, users: dict[tuple[str, str], str]) -> str:
    """Why a field decides something; empty where it does not."""
    parent, name = field
    if f"{parent}.{name}" in scene.session.listings.stage_fields:
        return "is the stage of its records"
    if name in _OWNER:
        return "says who owns a record"
    if body.get("type") in _AMOUNTS or _is_approval(name, body):
        user = users.get((parent, name.casefold()))
        if user is not None:
            return f"decides in {spoken(user)}"
    return ""


def _is_approval(name: str, body: Body) -> bool:
    said = words(bare(name))
    return body.get("type") in ("picklist", "boolean") and not {"approval", "approved"}.isdisjoint(said)
