"""Policies over small trees for tests."""

from typing import Any

from crmgov.check.policy.run import police
from crmgov.model.diagnostics import Diagnostic
from tests.check.trees import snapshot

TREE: dict[str, dict[str, Any]] = {
    "Object/Lead": {"label": "Lead", "owner": "Sales"},
    "Field/Lead.Region": {"type": "text", "label": "Region", "owner": "Sales", "tags": ["core"]},
    "Field/Lead.Email": {"type": "email", "label": "E-mail", "personal_data": ["GDPR"]},
    "Field/Case.Topic": {"type": "picklist", "values": ["Price", "Support", "Other"]},
    "PermissionSet/Reps": {"objects": {"Lead": {"read": True, "export": True}}, "capabilities": {"ApiEnabled": False}},
    "StageSet/Stages": {"field": "Lead.Stage", "stages": [{"name": "New", "probability": 10}, "Won"]},
}


def found(policy: dict[str, Any], tree: dict[str, dict[str, Any]] | None = None, **more: Any) -> list[Diagnostic]:
    resources = {**(TREE if tree is None else tree), "Policy/P": policy}
    return police(snapshot(resources), **more)


def told(policy: dict[str, Any], tree: dict[str, dict[str, Any]] | None = None, **more: Any) -> list[str]:
    """Code and message of each finding."""
    return [f"{one.code} {one.message}" for one in found(policy, tree, **more)]
