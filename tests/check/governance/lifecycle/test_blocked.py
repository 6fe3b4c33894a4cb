"""A validation that stops people at a field nobody may see."""

import pytest

from tests.check.governance.case import Case, Tree, found

FIELDS = ("Amount", "CloseDate", "Discount", "NextStep")


def tree(approval: str = "none", **more: object) -> Tree:
    """A deal with five optional fields; access to the last of them is given."""
    granted = {**dict.fromkeys(FIELDS, "edit"), **({"Approval": approval} if approval else {})}
    return {
        "Object/Deal": {"label": "Deal"},
        **{f"Field/Deal.{name}": {"type": "text"} for name in FIELDS},
        "Field/Deal.Approval": {"type": "text"},
        "Validation/Deal.Approved": {
            "reject_when": {"all": [{"field": "Amount", "op": "present"}, {"field": "Approval", "op": "equals", "value": "No"}]},
            "message": "Get it approved.",
        },
        "PermissionSet/Sales": {"objects": {"Deal": {"read": True}}, "fields": {"Deal": {"fields": granted}}},
        **more,
    }  # fmt: skip


CASES = [
    Case(code="HANDOFF010", address="Validation/Deal.Approved", failing=tree(), passing=tree("read")),
    Case(
        code="HANDOFF010",
        address="Validation/Deal.Approved",
        failing=tree("", **{"Validation/Deal.Approved": {"formula": 'AND(Amount = "1", Approval = "No")'}}),
        passing=tree(
            "", **{"Validation/Deal.Approved": {"formula": 'AND(Amount = "1", Approval = "No")', "active": False}}
        ),
    ),
]


def codes(tree: Tree, **more: bool) -> list[str]:
    return [one.message for one in found(tree, **more) if one.code == "HANDOFF010"]


@pytest.mark.parametrize(
    "more",
    [
        {"Field/Deal.Approval": {"type": "text", "required": True}},
        {"Field/Deal.Approval": {"type": "master_detail", "references": ["Deal"]}},
        {"PermissionSet/Support": {"objects": {"Deal": {"view_all_fields": True}}}},
        {"PermissionSet/Sales": {"fields": {"Deal": {"default": "read"}}}},
        {"PermissionSet/Sales": {"fields": {"Deal": {"fields": {"Amount": "edit"}}}}},
        {"Field/Deal.Region__c": {"type": "text"}},
        {"Object/Deal": {"native": {"salesforce": {"customSettingsType": "List"}}}},
    ],
    ids=[
        "always seen",
        "seen with its parent",
        "all fields",
        "default",
        "grants kept elsewhere",
        "vendor's own field",
        "setting",
    ],
)
def test_silence_where_somebody_sees_it_or_nobody_needs_a_grant(more: dict[str, object]) -> None:
    assert codes(tree(**more)) == []


def test_a_vendor_project_is_judged_only_where_it_keeps_profiles() -> None:
    assert codes(tree(), files=True) == []
    assert len(codes(tree(**{"PermissionSet/Standard": {"profile": True}}), files=True)) == 1


def test_what_is_not_understood_is_not_judged() -> None:
    assert codes(tree(**{"Validation/Deal.Approved": {"formula": "Approval Approval ((", "message": "x"}})) == []


def test_the_evidence_says_how_grants_are_kept_and_where_the_field_stands() -> None:
    stages = {"field": "Deal.Stage", "stages": [{"name": "Won", "outcome": "won"}]}
    asking = {"all": [{"field": "Stage", "op": "equals", "value": "Won"}, {"field": "Approval", "op": "blank"}]}
    more: dict[str, object] = {
        "StageSet/DealStages": stages,
        "Field/Deal.Stage": {"type": "picklist", "required": True},
        "Validation/Deal.Approved": {"reject_when": asking},
        "Layout/Deal.Main": {"sections": [{"name": "All", "fields": [{"name": "Approval"}]}]},
    }
    (one,) = [one for one in found(tree(**more)) if one.code == "HANDOFF010"]
    assert one.message == (
        "Deal.Approved stops people by Deal.Approval, which no permission set or profile here lets anybody see"
    )
    assert one.evidence == (
        "of the 5 fields of Deal that need a grant, 4 have one",
        "the rule asks about stage Won",
        "Approval is on Main, where it shows for nobody",
    )
