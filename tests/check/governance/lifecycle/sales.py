"""A small pipeline for the cases of this folder."""

from typing import Any

from tests.check.governance.case import Tree

STAGES: dict[str, dict[str, Any]] = {
    "New": {"outcome": "open", "probability": 10, "default": True},
    "Offer": {"outcome": "open", "probability": 50},
    "Won": {"outcome": "won", "probability": 100},
    "Lost": {"outcome": "lost", "probability": 0},
}
"""The stages of the stage set."""

STEPS: dict[str, dict[str, Any]] = {
    "New": {"definition": "Just made.", "owner_role": "Rep", "next": ["Offer", "Lost"]},
    "Offer": {
        "definition": "Offered.",
        "owner_role": "Rep",
        "next": ["Won", "Lost"],
        "entry": {"required": ["Amount"]},
    },
    "Won": {"definition": "Signed.", "owner_role": "Success", "next": [], "entry": {"required": ["Amount"]}},
    "Lost": {"definition": "Over.", "next": [], "entry": {"required": ["Reason"]}},
}
"""What the pipeline says of them."""


def sales(
    steps: dict[str, dict[str, Any] | None] | None = None,
    stages: dict[str, dict[str, Any]] | None = None,
    order: tuple[str, ...] = ("New", "Offer", "Won", "Lost"),
    **more: Any,
) -> Tree:
    """A tree with one pipeline, ``Pipeline/Deal.Sales``: as above, with some keys of some steps or stages changed.

    A step or a key given as None is left out.
    """
    changed = steps or {}
    rows = [
        {"name": name, **{key: value for key, value in {**STEPS[name], **(changed.get(name) or {})}.items() if value is not None}}
        for name in order
        if name not in changed or changed[name] is not None
    ]  # fmt: skip
    held = [{"name": name, **STAGES[name], **(stages or {}).get(name, {})} for name in STAGES]
    return {
        "Object/Deal": {"label": "Deal"},
        "Field/Deal.Stage": {"type": "picklist"},
        "Field/Deal.Amount": {"type": "decimal", "precision": 10, "scale": 2},
        "Field/Deal.Reason": {"type": "text"},
        "StageSet/DealStages": {"field": "Deal.Stage", "stages": held},
        "Pipeline/Deal.Sales": {"stage_set": "DealStages", "stages": rows},
        "Role/Rep": {"grants": ["Selling"]},
        "Role/Success": {"grants": ["Caring"]},
        "PermissionSet/Selling": {"objects": {"Deal": {"read": True, "update": True}}, "fields": {"Deal": {"default": "edit"}}},
        "PermissionSet/Caring": {"objects": {"Deal": {"read": True}}, "fields": {"Deal": {"default": "read"}}},
        **more,
    }  # fmt: skip
