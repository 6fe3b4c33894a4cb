"""Rule: what a vendor's own body makes of a blank field is said in it."""

from collections.abc import Iterator
from typing import Any

from crmgov.check.governance.automation.blanks import Blanks
from crmgov.check.governance.automation.outlined import Outlined, outlined
from crmgov.check.governance.automation.steps import Leaf, leaves, only_field
from crmgov.check.governance.automation.truth import holds
from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.model.diagnostics import Diagnostic

_DATES = "Ask in the start that the date is not null, or require it."
_BRANCHES = "Give the decision a default outcome that does something, or an outcome for blanks, or require the field."
_NEGATIONS = "Ask beside it whether the field is null."
_LONG = 40
"""Characters of a value that a message shows."""
_MOST = 3
"""Values that it shows."""


def vendor_blanks(scene: Scene) -> Iterator[Diagnostic]:
    """Delayed parts that count from a blank date, branches that no blank takes, and comparisons that blanks satisfy."""
    blanks = Blanks(scene)
    for one in outlined(scene):
        yield from _dates(scene, blanks, one)
        yield from _branches(scene, blanks, one)
        yield from _negations(scene, blanks, one)


def _open(blanks: Blanks, one: Outlined, field: str, guard: Any = None) -> bool:
    """Whether a field may be blank there, and nothing in the body asks whether it is."""
    if field in one.body["asked"] or not blanks.at(one.object, field, one.running.does.on):
        return False
    return holds(one.body.get("when"), field, None) is not False and holds(guard, field, None) is not False


def _dates(scene: Scene, blanks: Blanks, one: Outlined) -> Iterator[Diagnostic]:
    for field in mapping(one.body.get("trigger")).get("dates") or ():
        if _open(blanks, one, field):
            message = f"{one.name} counts from {field}, and its delayed part never runs where that is blank"
            yield scene.finding("TRIGGER001", message, one.running.address, hint=_DATES)


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
            yield scene.finding("TRIGGER001", message, one.running.address, hint=_BRANCHES)


def _negations(scene: Scene, blanks: Blanks, one: Outlined) -> Iterator[Diagnostic]:
    told: set[str] = set()
    places: list[tuple[str, Any, Any]] = [("", one.body.get("when"), None)]
    for action in one.steps():
        if action.get("type") == "choice":
            name, guard = action.get("name"), action.get("when")
            places += [(f"{name} ({case.get('name')})", case.get("when"), guard) for case in rows(action["cases"])]
    for place, criterion, guard in places:
        compared = list(leaves(criterion, ()))
        for leaf in compared:
            if leaf.field in told or not _only_denied(leaf, compared):
                continue
            if _met(criterion, leaf.field) and _open(blanks, one, leaf.field, guard):
                told.add(leaf.field)
                where = f"{place} of {one.name}" if place else f"The start of {one.name}"
                why = f"all it asks is that it is not {_shown(leaf.field, compared)}"
                message = f"{where} is also met where {leaf.field} is blank: {why}"
                yield scene.finding("TRIGGER002", message, one.running.address, hint=_NEGATIONS)


def _only_denied(leaf: Leaf, compared: list[Leaf]) -> bool:
    """Whether all that is compared of a field is what it is not."""
    return all(other.negated and other.op in ("equals", "in") for other in compared if other.field == leaf.field)


def _met(criterion: Any, field: str) -> bool:
    """Whether blanks do not spoil the condition."""
    return holds(criterion, field, None) is not False


def _shown(field: str, compared: list[Leaf]) -> str:
    """The values that a field is not to have."""
    values = [leaf.value.get("value") for leaf in compared if leaf.field == field]
    texts = [str(one) for value in values for one in (value if isinstance(value, list) else [value])]
    return " or ".join(f'"{text if len(text) <= _LONG else text[: _LONG - 3] + "..."}"' for text in texts[:_MOST])
