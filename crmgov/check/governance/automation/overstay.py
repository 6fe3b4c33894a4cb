"""Rule: where a stage has a longest stay, somebody is told when it is over."""

from collections.abc import Iterator

from crmgov.check.governance.automation.steps import running
from crmgov.check.governance.automation.welcome import started_on
from crmgov.check.governance.scene import Scene, rows
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

_ANY = ("scheduled", "created", "saved", "updated", "field_changed", "manual")


def overstays(scene: Scene) -> Iterator[Diagnostic]:
    """Pipelines whose stages have a longest stay, on objects where no automation is started by time."""
    timed: set[str] = set()
    for one in running(scene):
        waits = any(row.get("after") for row in rows(one.body.get("actions")))
        if one.does.opaque or one.does.on == "scheduled" or waits:
            timed |= started_on(scene, one, _ANY)
    for address in scene.own("Pipeline"):
        parent = parts(address)[1] or ""
        aged = [str(row.get("name")) for row in rows(scene.tree.body(address).get("stages")) if row.get("max_age")]
        if aged and parent not in timed and not scene.snapshot.coverage.gap("Automation"):
            stages = f'"{aged[0]}" a longest stay' if len(aged) == 1 else f"{len(aged)} stages a longest stay"
            message = f"{parts(address)[2]} gives {stages}, and no automation on {parent} is started by time"
            yield scene.finding("TRIGGER008", message, address, ("stages", aged[0], "max_age"), evidence=tuple(aged))
