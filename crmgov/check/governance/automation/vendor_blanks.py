"""Rule: what a vendor's own body makes of a blank field is said in it."""

from collections.abc import Iterator
from typing import Any

from crmgov.check.governance.automation.blanks import Blanks
from crmgov.check.governance.automation.outlined import Outlined, outlined
from crmgov.check.governance.automation.steps import Leaf, holds, leaves, only_field
from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic

_SHOWN = 40


def vendor_blanks(scene: Scene) -> Iterator[Diagnostic]:
    """Delayed parts that count from a blank date, branches that no blank takes, and comparisons that blanks satisfy."""
    blanks = Blanks(scene)
    for one in outlined(scene):
        yield from _dates(scene, blanks, one)
        yield from _branches(scene, blanks, one)
        yield from _negations(scene, blanks, one)


def _open(blanks: Blanks, one: Outlined, field: str, guard: Any = None) -> bool:
    """Whether a field may be blank there, and nothing in the body asks whether it is."""
    if field in one.body["asked"] or not blanks.at(one.object, field):
        return False
    return holds(one.body.get("when"), field, None) is not False and holds(guard, field, None) is not False


def _dates(scene: Scene, blanks: Blanks, one: Outlined) -> Iterator[Diagnostic]:
    for field in mapping(one.body.get("trigger")).get("dates") or ():
        if _open(blanks, one, field):
            message = f"{one.name} counts from {field}, and its delayed part never runs where that is blank"
            yield scene.finding("TRIGGER001", message, one.running.address)


def _branches(scene: Scene, blanks: Blanks, one: Outlined) -> Iterator[Diagnostic]:
    """Branches by the value of one field that stop without a word where there is none."""
    for action in one.steps():
        cases = rows(action.get("cases"))
        fields = {only_field(case.get("when")) for case in cases}
        field = fields.pop() if len(fields) == 1 else ""
        if action.get("type") != "choice" or action.get("otherwise") or len(cases) < 2 or not field:
            continue
        silent = all(holds(case.get("when"), field, None) is False for case in cases)
        if silent and _open(blanks, one, field, action.get("when")):
            message = f"{one.name} stops at {action.get('name')} where {field} is blank, which it may be"
            yield scene.finding("TRIGGER001", message, one.running.address)


def _negations(scene: Scene, blanks: Blanks, one: Outlined) -> Iterator[Diagnostic]:
    told: set[str] = set()
    places: list[tuple[str, Any, Any]] = [("its start", one.body.get("when"), None)]
    for action in one.steps():
        if action.get("type") == "choice":
            places += [
                (str(case.get("name")), case.get("when"), action.get("when")) for case in rows(action.get("cases"))
            ]
    for place, criterion, guard in places:
        compared = list(leaves(criterion, ()))
        for leaf in compared:
            if leaf.field in told or not _only_denied(leaf, compared):
                continue
            if _met(criterion, leaf.field) and _open(blanks, one, leaf.field, guard):
                told.add(leaf.field)
                message = f"{one.name}: {place} asks that {leaf.field} is not {_shown(leaf.value)}, true of blanks too"
                yield scene.finding("TRIGGER002", message, one.running.address)


def _only_denied(leaf: Leaf, compared: list[Leaf]) -> bool:
    """Whether all that is compared of a field is what it is not."""
    return all(other.negated and other.op in ("equals", "in") for other in compared if other.field == leaf.field)


def _met(criterion: Any, field: str) -> bool:
    """Whether blanks do not spoil the condition."""
    return holds(criterion, field, None) is not False


def _shown(held: Body) -> str:
    value = held.get("value")
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f'"{text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."}"'
