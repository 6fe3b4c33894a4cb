"""Rule: a proposal that is sent is followed up."""

import re
from collections.abc import Iterator

from crmgov.check.governance.automation.entered import Entered, entered, works_there
from crmgov.check.governance.automation.steps import Running, leaves
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

PROPOSALS = re.compile(r"\b(?:proposal|quote|quotation|offer)s?\b", re.IGNORECASE)
"""Words by which a stage says that something lies with the customer."""
_EVENTS = ("updated", "saved", "field_changed", "scheduled")
_WORK = ("create_task", "create_record", "notify", "send_template", "webhook", "route")


def proposals_unfollowed(scene: Scene) -> Iterator[Diagnostic]:
    """Open stages named for a proposal in which no automation does anything. Asked for in governed trees."""
    for stage in entered(scene, _EVENTS):
        if stage.row.get("outcome") != "open" or not PROPOSALS.search(stage.name):
            continue
        if not any(_follows(one, stage) for one in stage.automations):
            message = f'A {stage.parent} that enters "{stage.name}" starts no task, and nobody is told'
            yield scene.finding("TRIGGER010", message, stage.address, ("stages", stage.name))


def _follows(one: Running, stage: Entered) -> bool:
    """Whether an automation may do work for records in a stage; one that runs by the clock must name the field."""
    if one.does.opaque:
        return True
    timed = one.does.on == "scheduled"
    if timed and not any(leaf.field == stage.field for leaf in leaves(one.body.get("when"), ())):
        return False
    return works_there(one, stage, _WORK)
