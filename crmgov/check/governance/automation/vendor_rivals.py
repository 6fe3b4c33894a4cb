"""Rule: two of a vendor's own automations that start together do not write one field unordered."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from crmgov.check.governance.automation.moments import NOT_FIXED, Meetings
from crmgov.check.governance.automation.outlined import Outlined, certain, outlined
from crmgov.check.governance.automation.steps import Running
from crmgov.check.governance.scene import Scene
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Related

_MOST = 20
"""Writers of one field compared with one another."""


def vendor_rivals(scene: Scene) -> Iterator[Diagnostic]:
    """Writers of one field of the record that starts them, in one phase, whose conditions are all known."""
    written: dict[tuple[str, str, str], list[tuple[Outlined, Body]]] = {}
    for one in outlined(scene):
        for action in one.steps():
            if action.get("type") == "set_field" and "object" not in action and _known(one, action):
                written.setdefault((one.object, str(action["field"]), one.phase), []).append((one, action))
    for (parent, field, _), found in written.items():
        yield from _among(scene, f"{parent}.{field}", found[:_MOST])


def _known(one: Outlined, action: Body) -> bool:
    return certain(one.body.get("when")) and certain(action.get("when"))


def _among(scene: Scene, field: str, found: list[tuple[Outlined, Body]]) -> Iterator[Diagnostic]:
    told: set[tuple[str, str]] = set()
    for (one, first), (other, second) in combinations(found, 2):
        pair = (one.name, other.name)
        orders = (one.running.does.order, other.running.does.order)
        if pair[0] == pair[1] or pair in told or orders != (None, None):
            continue
        values = (first.get("value", NOT_FIXED), second.get("value", NOT_FIXED))
        same = values[0] is not NOT_FIXED and values[0] == values[1]
        # Asked anew for each pair: what an automation is depends on where it writes.
        moment = "" if same else Meetings(scene).together(_at(one, first), _at(other, second))
        if moment:
            told.add(pair)
            place = scene.tree.where(one.running.address)
            names = f"{pair[0]} and by {pair[1]}"
            message = f"{field} is written by {names}, which both start {moment}; which comes last is not said"
            related = (Related("Written at", place),) if place is not None else ()
            yield scene.finding("WRITER002", message, other.running.address, related=related)


def _at(one: Outlined, action: Body) -> Running:
    """The automation as it is where it writes: with all that must hold there."""
    conditions: list[Any] = [held for held in (one.body.get("when"), action.get("when")) if held]
    return one.running._replace(body={**one.body, "when": {"all": conditions} if conditions else None})
