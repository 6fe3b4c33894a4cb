"""Rule: a vendor's own automations do not start one another in a circle."""

from collections.abc import Iterator

from crmgov.check.circles import circles
from crmgov.check.governance.automation.outlined import Outlined, outlined
from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.tree import parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Related

_MOST = 50
"""Automations looked at that one write may start."""


def vendor_loops(scene: Scene) -> Iterator[Diagnostic]:
    """Circles over several objects in which nothing asks for a condition, so that no round of them is the last."""
    known = {one.running.address: one for one in outlined(scene) if not one.rule}
    always = {address: one for address, one in known.items() if _unasked(one)}
    edges: dict[str, dict[str, Body]] = {}
    for address, one in always.items():
        for action in one.steps():
            if one.phase == "after" and not action.get("when"):
                for other in _started(action, always):
                    if other.object != one.object:
                        edges.setdefault(address, {}).setdefault(other.running.address, action)
    for members in circles(edges):
        yield _told(scene, members, edges)


def _unasked(one: Outlined) -> bool:
    """Whether every record that is stored starts it."""
    return not one.body.get("when") and not mapping(one.body.get("trigger")).get("begins")


def _started(action: Body, always: dict[str, Outlined]) -> list[Outlined]:
    event = {"set_field": "updated", "create_record": "created"}.get(str(action.get("type")), "")
    written = action.get("object")
    found = [one for one in always.values() if one.object == written and one.running.does.on in (event, "saved")]
    return found[:_MOST] if event else []


def _told(scene: Scene, members: list[str], edges: dict[str, dict[str, Body]]) -> Diagnostic:
    steps, related = [], []
    for address, after in zip(members, [*members[1:], members[0]], strict=True):
        action = edges[address][after]
        verb = "makes a" if action["type"] == "create_record" else "changes a"
        steps.append(f"{parts(address)[2]} {verb} {action['object']}, which starts {parts(after)[2]}")
        place = scene.tree.where(address)
        related += [Related("Written at", place)] if place is not None else []
    return scene.finding("WRITER001", "; ".join(steps), members[0], evidence=tuple(steps), related=tuple(related[1:]))
