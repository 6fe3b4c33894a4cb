"""Rule: automations do not start one another in a circle."""

from collections.abc import Iterator

from crmgov.check.circles import circles
from crmgov.check.governance.automation.moments import NOT_FIXED, Write, writes
from crmgov.check.governance.automation.steps import Running, leaves, running
from crmgov.check.governance.automation.truth import holds
from crmgov.check.governance.scene import Scene
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Related

_BY_CREATION = ("created", "saved")
_SHOWN = 6
"""Steps of a circle told in its message."""
_MOST = 50
"""Automations looked at that one write may start, so that thousands on one field take no longer than a few."""


def loops(scene: Scene) -> Iterator[Diagnostic]:
    """Circles in which each automation writes what starts the next. One that writes its own trigger is none."""
    everyone = {one.address: one for one in running(scene) if one.does.object}
    by_field: dict[tuple[str, str], list[Running]] = {}
    by_creation: dict[str, list[Running]] = {}
    for one in everyone.values():
        for field in _starting(one):
            by_field.setdefault(field, []).append(one)
        if one.does.on in _BY_CREATION and not one.does.opaque:
            by_creation.setdefault(one.does.object, []).append(one)
    edges: dict[str, dict[str, Write]] = {}
    for one in everyone.values():
        for write in writes(scene, one):
            after = by_creation.get(write.field[0], []) if write.new else by_field.get(write.field, [])
            for other in after[:_MOST]:
                if (write.new or other.address != one.address) and _starts(scene, one, write, other):
                    edges.setdefault(one.address, {}).setdefault(other.address, write)
    for members in circles(edges):
        yield _told(scene, members, edges)


def _starting(one: Running) -> set[tuple[str, str]]:
    """The fields whose change starts an automation, by its trigger or by its condition."""
    fields = set(one.does.starts_on)
    if one.does.on in ("saved", "updated"):
        changed = [leaf.field for leaf in leaves(one.body.get("when"), ()) if leaf.op == "changed" and not leaf.negated]
        fields |= {(one.does.object, name) for name in changed}
    return fields


def _starts(scene: Scene, one: Running, write: Write, other: Running) -> bool:
    """Whether what is written can meet the other's condition."""
    given = [write] if not write.new else [w for w in writes(scene, one) if w.new and w.field[0] == write.field[0]]
    when = other.body.get("when")
    return not any(w.value is not NOT_FIXED and holds(when, w.field[1], w.value) is False for w in given)


def _told(scene: Scene, members: list[str], edges: dict[str, dict[str, Write]]) -> Diagnostic:
    steps, related = [], []
    for address, after in zip(members, [*members[1:], members[0]], strict=True):
        write = edges[address][after]
        what = f"makes a {write.field[0]}" if write.new else f"writes {'.'.join(write.field)}"
        steps.append(f"{parts(address)[2]} {what}, which starts {parts(after)[2]}")
        place = scene.tree.where(address, write.route)
        related += [Related("Written at", place)] if place is not None else []
    left = len(steps) - _SHOWN
    told = steps if left <= 0 else [*steps[:_SHOWN], f"and {left} more"]
    first = edges[members[0]][members[1 % len(members)]]
    return scene.finding(
        "WRITER001", "; ".join(told), members[0], first.route, evidence=tuple(steps), related=tuple(related[1:])
    )
