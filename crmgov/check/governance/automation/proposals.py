"""Rule: a proposal that is sent is followed up."""

import re
from collections.abc import Iterator

from crmgov.check.governance.automation.steps import Running, leaves, running
from crmgov.check.governance.automation.truth import holds
from crmgov.check.governance.automation.welcome import started_on
from crmgov.check.governance.automation.won import in_pipelines
from crmgov.check.governance.scene import Scene, rows
from crmgov.model.diagnostics import Diagnostic

_NAMES = re.compile(r"\b(?:proposal|quote|quotation|offer)s?\b", re.IGNORECASE)
"""Words by which a stage says that something lies with the customer."""
_EVENTS = ("updated", "saved", "field_changed", "scheduled")
_WORK = ("create_task", "create_record", "notify", "send_template", "webhook", "route")


def proposals_unfollowed(scene: Scene) -> Iterator[Diagnostic]:
    """Open stages named for a proposal in which no automation does anything. Asked for in governed trees."""
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
            if stage not in used or row.get("outcome") != "open" or row.get("active") is False:
                continue
            if _NAMES.search(stage) and not any(_follows(one, field, stage) for one in by_object.get(parent, ())):
                message = f'A {parent} that enters "{stage}" starts no task, and nobody is told'
                yield scene.finding("TRIGGER010", message, address, ("stages", stage))


def _follows(one: Running, field: str, stage: str) -> bool:
    """Whether an automation may do work for records in a stage; one that runs by the clock must name the field."""
    if one.does.opaque:
        return True
    if one.does.on == "field_changed" and (one.does.object, field) not in one.does.starts_on:
        return False
    when = one.body.get("when")
    named = one.does.on != "scheduled" or any(leaf.field == field for leaf in leaves(when, ()))
    work = any(action.get("type") in _WORK for action in rows(one.body.get("actions")))
    return named and work and holds(when, field, stage) is not False
