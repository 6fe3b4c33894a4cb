"""Small trees with integrations."""

from typing import Any

from crmgov.model.canonical import Body
from tests.check.governance.case import found

Tree = dict[str, Body]

FIELDS: Tree = {
    "Object/Account": {"label": "Account"},
    "Field/Account.Name": {"type": "text", "length": 80, "required": True},
    "Field/Account.Size": {"type": "integer"},
    "Field/Account.Founded": {"type": "date"},
    "Field/Account.Rating": {"type": "picklist", "values": ["Hot", "Warm", "Cold", "None"], "restricted": True},
    "Field/Account.Grade": {"type": "picklist", "values": ["Hot", "Warm"], "restricted": True},
    "Field/Account.Score": {"type": "formula", "returns": "decimal", "formula": "2 * 2"},
}


def system(name: str, *mappings: dict[str, Any], **more: Any) -> Tree:
    """One integration that is otherwise without fault, and its permission set, granted all it shares."""
    rows = [{"name": f"M{number}", "on_conflict": "truth", **mapping} for number, mapping in enumerate(mappings)]
    stated = {
        "system": name, "owner": "Ops", "mode": "native", "cadence": "hourly", "on_error": "Ops is told.",
        "runs_as": f"{name}Sync", "mappings": rows,
    }  # fmt: skip
    access = {"objects": {"Account": {"read": True, "update": True}}, "fields": {"Account": {"default": "edit"}}}
    return {f"Integration/{name}": {**stated, **more}, f"PermissionSet/{name}Sync": access}


def comes(ours: str, theirs: str, truth: str = "system", **more: Any) -> dict[str, Any]:
    return {"ours": f"Account.{ours}", "theirs": theirs, "direction": "in", "truth": truth, **more}


def goes(ours: str, theirs: str, truth: str = "crm", **more: Any) -> dict[str, Any]:
    return {"ours": f"Account.{ours}", "theirs": theirs, "direction": "out", "truth": truth, **more}


def both(ours: str, theirs: str, truth: str = "crm", **more: Any) -> dict[str, Any]:
    return {"ours": f"Account.{ours}", "theirs": theirs, "direction": "both", "truth": truth, **more}


def codes(tree: Tree) -> list[str]:
    """What the rules of this area find."""
    return [one.code for one in found(tree) if one.code.startswith("SHARED")]
