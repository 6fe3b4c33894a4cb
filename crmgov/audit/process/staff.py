"""People as the source of records holds them: who is active, when they were here, and what they were assigned."""

from crmgov.audit.process.criteria import equals
from crmgov.audit.process.links import PEOPLE
from crmgov.audit.scene import AuditScene
from crmgov.model.canonical import Body
from crmgov.model.figures import Holding

ASSIGNMENTS = "PermissionSetAssignment"
"""What Salesforce calls the object that pairs people with permission sets, and its export."""
ASSIGNEE = "AssigneeId"
SET_NAMES = ("PermissionSet.Name", "PermissionSet.DeveloperName")
"""Columns of its export that name the permission set; an id alone names none of the repository's."""
TASKS = "Task"
"""What Salesforce calls the object of things to do, and its export."""
EXPORTED: dict[str, dict[str, str]] = {
    PEOPLE: {},
    TASKS: {"WhatId": "lookup"},
    ASSIGNMENTS: {ASSIGNEE: "lookup", **dict.fromkeys(SET_NAMES, "text")},
}
"""Exports that can be counted although no resource describes them: fields by type."""
MANY = 100_000
"""People looked at one by one at most."""


def people(scene: AuditScene) -> Holding | None:
    """What the source holds of people; None where it does not tell them apart."""
    held = scene.pointed.get(PEOPLE)
    return held if held is not None and held.key else None


def active(held: Holding) -> Body | None:
    """Those who still work here; None where the source does not say who does."""
    return equals(held.active, value=True) if held.active else None


def assigned(scene: AuditScene) -> str:
    """The column of assignments that names permission sets; empty where they are not held."""
    held = scene.pointed.get(ASSIGNMENTS)
    if held is None or ASSIGNEE not in held.kinds:
        return ""
    return next((name for name in SET_NAMES if name in held.kinds), "")


def still_here(scene: AuditScene) -> tuple[tuple[tuple[str, str], ...], Body | None]:
    """The way from an assignment to its person, and the criteria that the person is active, where that is known."""
    held = people(scene)
    if held is None or not held.active:
        return (), None
    return ((ASSIGNEE, PEOPLE),), equals(f"{ASSIGNEE}.{held.active}", value=True)
