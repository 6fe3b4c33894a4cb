"""Automations that stay in the vendor's own file: only what the engine must know is read from it."""

from crmgov.providers.salesforce.mapping.base import Form, MetadataType
from crmgov.providers.salesforce.mapping.items import BOOL, Item, Leaf, enum

_LABEL: tuple[Item, ...] = (Leaf("description", ("description",)), Leaf("label", ("label",)))


def _opaque(name: str, folder: str, suffix: str, items: tuple[Item, ...] = ()) -> MetadataType:
    return MetadataType(
        name=name,
        kind="Automation",
        form=Form(folder, suffix),
        items=items,
        constant={"body": "opaque"},
        opaque=True,
    )


STATUS = enum(Active=True, Obsolete=False, InvalidDraft=False, UnderReview=False, Draft=False)
"""The last word for a value is the one written: what is stopped becomes a draft."""

FLOW = _opaque("Flow", "flows", "flow", (*_LABEL, Leaf("status", ("active",), STATUS)))
APPROVAL = _opaque(
    "ApprovalProcess", "approvalProcesses", "approvalProcess", (*_LABEL, Leaf("active", ("active",), BOOL))
)
WORKFLOW = _opaque("Workflow", "workflows", "workflow")
ASSIGNMENT = _opaque("AssignmentRules", "assignmentRules", "assignmentRules")
ESCALATION = _opaque("EscalationRules", "escalationRules", "escalationRules")
AUTO_RESPONSE = _opaque("AutoResponseRules", "autoResponseRules", "autoResponseRules")

TYPES = (FLOW, APPROVAL, WORKFLOW, ASSIGNMENT, ESCALATION, AUTO_RESPONSE)
