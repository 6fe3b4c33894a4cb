"""Rule: what is won starts the work that follows it."""

from collections.abc import Iterator

from crmgov.check.governance.automation.entered import entered, works_there
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

_EVENTS = ("updated", "saved", "field_changed")
_WORK = ("create_task", "create_record", "webhook", "route")


def won_starts_nothing(scene: Scene) -> Iterator[Diagnostic]:
    """Stages with the outcome won, in which no automation makes a task or record. Asked for in governed trees."""
    for stage in entered(scene, _EVENTS):
        if stage.row.get("outcome") == "won" and not any(
            one.does.opaque or works_there(one, stage, _WORK) for one in stage.automations
        ):
            message = f'A {stage.parent} that enters "{stage.name}" starts no task, record or handover'
            yield scene.finding("TRIGGER007", message, stage.address, ("stages", stage.name))
