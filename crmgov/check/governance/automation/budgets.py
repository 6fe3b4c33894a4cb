"""Rule: no object and no field starts more automations than the Governance document allows."""

from collections.abc import Iterator

from crmgov.check.governance.automation.steps import Running, running
from crmgov.check.governance.scene import Scene, spoken
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

_NONE = -1


def budgets(scene: Scene) -> Iterator[Diagnostic]:
    """Objects and trigger fields over budget. What is too much is for the organisation to say: nothing is shipped."""
    per_object = scene.budget("automations_per_object", _NONE)
    per_field = scene.budget("automations_per_trigger_field", _NONE)
    if per_object == _NONE and per_field == _NONE:
        return
    of_object: dict[str, list[str]] = {}
    of_field: dict[tuple[str, str], list[str]] = {}
    for one in running(scene):
        for parent in sorted(_objects(scene, one)):
            of_object.setdefault(parent, []).append(one.address)
        for field in one.does.starts_on:
            of_field.setdefault(field, []).append(one.address)
    for parent, found in of_object.items():
        if per_object != _NONE and len(found) > per_object:
            message = f"{len(found)} automations run on {parent}; the budget is {per_object}"
            yield _over(scene, "TRIGGER004", message, scene.tree.address("Object", parent), found)
    for (parent, name), found in of_field.items():
        if per_field != _NONE and len(found) > per_field:
            message = f"{len(found)} automations start when {parent}.{name} changes; the budget is {per_field}"
            yield _over(scene, "TRIGGER005", message, scene.tree.address("Field", name, parent), found)


def _objects(scene: Scene, one: Running) -> set[str]:
    """The objects whose records start an automation; a body of the vendor's names them itself."""
    derived = scene.snapshot.derived.get(one.address)
    if one.does.object or derived is None:
        return {one.does.object} - {""}
    events = (trigger.partition(":") for trigger in derived.triggers)
    return {parent for parent, _, event in events if parent and event != "manual"}


def _over(scene: Scene, code: str, message: str, address: str, found: list[str]) -> Diagnostic:
    at = address if address in scene.snapshot else found[-1]
    names = sorted(spoken(one) if parts(one)[1] else parts(one)[2] for one in found)
    return scene.finding(code, message, at, evidence=tuple(names), amount=len(found))
