"""Rule: somebody answers for everything that was made here."""

from collections.abc import Iterator, Mapping

from crmgov.check.governance.scene import Scene
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.kinds import KINDS
from crmgov.model.snapshot import kind_of

_ELSEWHERE = ("Governance", "Integration", "External", "Environment")
"""Kinds whose owners other rules ask for, and those that are governed elsewhere."""
_MADE = ("Object", "Field", "Validation", "Automation")
"""Kinds that somebody made, wherever they stand: layouts and stages of its own objects a vendor makes itself."""
_SHOWN = 5
"""Names that a message gives of many."""


def somebody_answers(scene: Scene) -> Iterator[Diagnostic]:
    """Everything made here has an owner: of its own, of its object, or of its area.

    It is asked where areas are set, or where there is a Governance document and somebody began to state owners. A
    vendor's own files cannot state one, so what lies in no area is told by kind, at the Governance document.
    """
    areas = scene.areas.values()
    if not areas and (scene.files or not scene.governance or not _begun(scene)):
        return
    if any(not (area.kinds or area.objects or area.paths) for area in areas):
        return  # an area that names nothing may be meant for the rest
    alone: list[str] = []
    of_objects: dict[str, list[str]] = {}
    for kind in KINDS:
        for address in scene.own(kind) if kind not in _ELSEWHERE else ():
            if not scene.owner(address):
                _, parent, name = parts(address)
                within = name if kind == "Object" else parent
                (alone if within is None else of_objects.setdefault(within, [])).append(address)
    if scene.files:
        yield from _by_kind(scene, alone, of_objects)
        return
    for address in alone:
        kind, _, name = parts(address)
        yield scene.finding("OWNER003", f"{kind} {name} has no owner and lies in no area", address)
    for name, addresses in of_objects.items():
        yield _of_object(scene, name, addresses)


def _begun(scene: Scene) -> bool:
    """Whether anything made here states its owner."""
    stating = (address for address, body in scene.snapshot.bodies.items() if b'"owner":"' in body)
    return any(kind_of(at) not in _ELSEWHERE and scene.tree.body(at).get("owner") for at in stating)


def _of_object(scene: Scene, name: str, addresses: list[str]) -> Diagnostic:
    """One finding for an object and all that belongs to it."""
    own = scene.tree.address("Object", name)
    others = len([address for address in addresses if address != own])
    more = f", nor {'does' if others == 1 else 'do'} {others:,} of the things that belong to it" if others else ""
    message = f"Object {name} has no owner and lies in no area{more}"
    return scene.finding("OWNER003", message, own if own in scene.snapshot else addresses[0])


def _by_kind(scene: Scene, alone: list[str], of_objects: Mapping[str, list[str]]) -> Iterator[Diagnostic]:
    governance = scene.tree.of_kind("Governance")[0]
    names: dict[str, list[str]] = {}
    for name, addresses in of_objects.items():
        if any(kind_of(address) in _MADE for address in addresses):
            names.setdefault("Object", []).append(name)
    for address in alone:
        kind, _, name = parts(address)
        names.setdefault(kind, []).append(name)
    for kind, found in names.items():
        more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
        message = f"In no area, by kind {kind}: {', '.join(sorted(found)[:_SHOWN])}{more}"
        yield scene.finding("OWNER003", message, governance, ("areas",), on_key=True)
