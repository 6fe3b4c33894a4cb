"""Rule: where two automations start at one moment, it is said which comes first."""

from collections.abc import Iterator
from itertools import combinations

from crmgov.check.governance.automation.moments import NOT_FIXED, Meetings, Write, writes
from crmgov.check.governance.automation.steps import Running, running
from crmgov.check.governance.scene import Scene
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Related

_MOST = 20
"""Neighbours each is compared with, so that thousands on one field take no longer than a few."""


def rivals(scene: Scene) -> Iterator[Diagnostic]:
    """Two writers of one field without an order, and two automations with the same order."""
    ordered: dict[tuple[str, int], list[Running]] = {}
    written: dict[tuple[str, str], dict[str, tuple[Running, Write]]] = {}
    for one in running(scene):
        if one.does.opaque:
            continue
        if one.does.order is not None:
            ordered.setdefault((one.does.object, one.does.order), []).append(one)
        for write in writes(scene, one):
            if not write.new:
                written.setdefault(write.field, {}).setdefault(one.address, (one, write))
    meetings = Meetings(scene)
    for (_, order), group in ordered.items():
        yield from _same_order(scene, meetings, order, group)
    for field, found in written.items():
        yield from _two_writers(scene, meetings, field, list(found.values()))


def _same_order(scene: Scene, meetings: Meetings, order: int, group: list[Running]) -> Iterator[Diagnostic]:
    for at, other in enumerate(group):
        for one in group[max(0, at - _MOST) : at]:
            moment = meetings.together(one, other)
            if moment:
                place = scene.tree.where(one.address, ("order",))
                message = (
                    f"{parts(one.address)[2]} and {parts(other.address)[2]} both start {moment}, with order {order}"
                )
                related = (Related("And here", place),) if place is not None else ()
                yield scene.finding("WRITER003", message, other.address, ("order",), related=related)
                break


def _two_writers(
    scene: Scene, meetings: Meetings, field: tuple[str, str], found: list[tuple[Running, Write]]
) -> Iterator[Diagnostic]:
    for (one, first), (other, second) in combinations(found[:_MOST], 2):
        orders = (one.does.order, other.does.order)
        told = None not in orders and orders[0] != orders[1]
        same = first.value is not NOT_FIXED and first.value == second.value
        moment = "" if told or same else meetings.together(one, other)
        if moment:
            names = f"{parts(one.address)[2]} and by {parts(other.address)[2]}"
            place = scene.tree.where(one.address, first.route)
            yield scene.finding(
                "WRITER002",
                f"{'.'.join(field)} is written by {names}, which both start {moment}; which comes last is not said",
                other.address,
                second.route,
                related=(Related("Written at", place),) if place is not None else (),
            )
