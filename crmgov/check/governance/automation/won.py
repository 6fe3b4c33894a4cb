"""Rule: what is won starts the work that follows it."""

from collections.abc import Iterator

from crmgov.check.governance.automation.steps import Running, running
from crmgov.check.governance.automation.truth import holds
from crmgov.check.governance.automation.welcome import started_on
from crmgov.check.governance.scene import Scene, rows
from crmgov.model.diagnostics import Diagnostic

_EVENTS = ("updated", "saved", "field_changed")
_WORK = ("create_task", "create_record", "webhook", "route")


def won_starts_nothing(scene: Scene) -> Iterator[Diagnostic]:
    """Stages with the outcome won, in which no automation makes a task or record. Asked for in governed trees."""
    if not scene.governance or scene.files:
        return
    by_object: dict[str, list[Running]] = {}
    for one in running(scene):
        for parent in started_on(scene, one, _EVENTS):
            by_object.setdefault(parent, []).append(one)
    for address in scene.own("StageSet"):
        body = scene.tree.body(address)
        parent, _, field = str(body.get("field") or "").partition(".")
        used = in_pipelines(scene, parent)
        for row in rows(body.get("stages")):
            stage = str(row.get("name"))
            if row.get("outcome") != "won" or row.get("active") is False or stage not in used:
                continue
            if not any(one.does.opaque or _starts_work(one, field, stage) for one in by_object.get(parent, ())):
                message = f'A {parent} that enters "{stage}" starts no task, record or handover'
                yield scene.finding("TRIGGER007", message, address, ("stages", stage))


def in_pipelines(scene: Scene, parent: str) -> set[str]:
    """The stages that an object's pipelines have."""
    pipelines = scene.session.listings.pipelines.get(parent, [])
    return {str(row.get("name")) for address in pipelines for row in rows(scene.tree.body(address).get("stages"))}


def _starts_work(one: Running, field: str, stage: str) -> bool:
    if one.does.on == "field_changed" and (one.does.object, field) not in one.does.starts_on:
        return False
    work = any(action.get("type") in _WORK for action in rows(one.body.get("actions")))
    return work and holds(one.body.get("when"), field, stage) is not False
