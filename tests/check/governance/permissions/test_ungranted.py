"""Nobody is granted a field: what is said, of which fields, and how it is mended."""

import pytest

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found

OBJECT: Body = {"label": "Lead"}
FIELD: Body = {"type": "text"}


def _set(**fields: str) -> Body:
    return {"objects": {"Lead": {"read": True}}, "fields": {"Lead": {"fields": fields}}}


CASES = [
    Case(
        code="REACH001",
        address="Field/Lead.Tier",
        failing={"Object/Lead": OBJECT, "Field/Lead.Tier": FIELD, "PermissionSet/Sales": _set(Region="edit")},
        passing={"Object/Lead": OBJECT, "Field/Lead.Tier": FIELD, "PermissionSet/Sales": _set(Tier="read")},
    )
]


def _codes(tree: dict[str, Body], *, files: bool = False) -> list[str]:
    return [one.address for one in found(tree, files=files) if one.code == "REACH001"]


@pytest.mark.parametrize(
    "more",
    [
        {"Field/Lead.Tier": {"type": "text", "required": True}},
        {"Field/Lead.Tier": {"type": "master_detail", "references": ["Account"]}},
        {"Field/Lead.Tier": FIELD | {"lifecycle": {"status": "retired"}}},
        {"Object/Lead": {"native": {"salesforce": {"customSettingsType": "Hierarchy"}}}},
        {"Object/Lead": {"deployed": False}},
        {"PermissionSet/Sales": {"fields": {"Lead": {"default": "read"}}}},
        {"PermissionSet/Sales": {"objects": {"Lead": {"read": True, "view_all_fields": True}}}},
        {"PermissionSet/Sales": {"fields": {"Account": {"fields": {"Name": "read"}}}}},
    ],
)
def test_what_needs_no_grant_or_has_one(more: dict[str, Body]) -> None:
    tree = {"Object/Lead": OBJECT, "Field/Lead.Tier": FIELD, "PermissionSet/Sales": _set(Region="edit")}
    assert _codes(tree) == ["Field/Lead.Tier"]
    assert _codes(tree | more) == []


def test_a_default_does_not_cover_what_is_guarded() -> None:
    guarded = FIELD | {"sensitivity": "restricted"}
    tree = {"Field/Lead.Tier": guarded, "PermissionSet/Sales": {"fields": {"Lead": {"default": "edit"}}}}
    assert _codes(tree) == ["Field/Lead.Tier"]


def test_a_vendors_files_are_asked_where_nearly_all_fields_are_granted() -> None:
    fields: dict[str, Body] = {f"Field/Lead.F{n}__c": FIELD for n in range(10)}
    most = {"PermissionSet/Sales": _set(**{f"F{n}__c": "read" for n in range(9)})}
    few = {"PermissionSet/Sales": _set(**{f"F{n}__c": "read" for n in range(8)})}
    assert _codes(fields | most, files=True) == ["Field/Lead.F9__c"]
    assert _codes(fields | few, files=True) == []
    keyed = {"Field/Lead.F9__c": FIELD | {"external_id": True}}
    assert _codes(fields | most | keyed, files=True) == []


def test_a_tree_with_a_vendors_names_may_lack_profiles() -> None:
    fields: dict[str, Body] = {f"Field/Lead.F{n}__c": FIELD for n in range(4)}
    assert _codes(fields | {"PermissionSet/Sales": _set(F0__c="read", F1__c="read", F2__c="edit")}) == [
        "Field/Lead.F3__c"
    ]
    assert _codes(fields | {"PermissionSet/Sales": _set(F0__c="read", F1__c="read")}) == []


def test_the_message_names_layouts_and_what_blocks() -> None:
    tree: dict[str, Body] = {
        "Field/Lead.Tier": FIELD,
        "Layout/Lead.Lead": {"sections": [{"name": "Main", "fields": [{"name": "Region"}]}]},
        "PermissionSet/Sales": _set(Region="edit"),
        "Validation/Lead.Tiered": {"reject_when": {"field": "Tier", "op": "blank"}, "message": "Which tier?"},
    }
    (message,) = [one.message for one in found(tree) if one.code == "REACH001"]
    assert "0 of 1 layout" in message
    assert "validation Tiered" in message
