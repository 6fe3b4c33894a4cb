"""An integration that creates records brings what a record cannot be without."""

import pytest

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found
from tests.check.governance.integration.trees import FIELDS, Tree, codes, comes, system

CREATES: Tree = {
    "PermissionSet/WebSync": {
        "objects": {"Account": {"create": True}}, "fields": {"Account": {"default": "edit"}},
    }
}  # fmt: skip
CASES = (
    Case(
        code="SHARED011",
        address="Integration/Web",
        failing={**FIELDS, **system("Web", comes("Size", "staff")), **CREATES},
        passing={**FIELDS, **system("Web", comes("Size", "staff"), comes("Name", "company")), **CREATES},
    ),
)


def told(tree: Tree) -> list[str]:
    whole = {**FIELDS, **system("Web", comes("Size", "staff"), comes("Name", "company")), **CREATES, **tree}
    return [one.message for one in found(whole) if one.code == "SHARED011"]


def test_what_ties_a_record_to_its_parent_is_required_too() -> None:
    assert told({"Field/Account.Group": {"type": "master_detail", "references": ["Account"]}}) == [
        "WebSync may create Account, but the map of Web brings no Group, without which no Account can be saved"
    ]


@pytest.mark.parametrize(
    "field",
    [
        {"type": "text", "default": "new"},
        {"type": "boolean"},
        {"type": "autonumber"},
        {"type": "picklist", "values": [{"name": "New", "default": True}]},
        {"type": "date", "native": {"salesforce": {"defaultValue": "TODAY()"}}},
    ],
    ids=str,
)
def test_what_fills_itself_need_not_be_brought(field: Body) -> None:
    assert told({"Field/Account.More": {**field, "required": True}}) == []


def test_an_owner_is_given_by_the_crm() -> None:
    assert told({"Field/Account.Owner": {"type": "user", "required": True}}) == []


def test_what_an_automation_or_a_record_type_fills_need_not_be_brought() -> None:
    more = {"Field/Account.More": {"type": "text", "required": True}}
    sets = {"name": "set", "type": "set_field", "field": "More", "value": "x"}
    assert told({**more, "Automation/Account.Fill": {"trigger": {"on": "created"}, "actions": [sets]}}) == []
    starts = {"picklists": {"More": {"values": ["A"], "default": "A"}}}
    assert told({**more, "RecordType/Account.Partner": starts}) == []


def test_who_may_not_create_brings_nothing_new() -> None:
    tree = {**FIELDS, **system("Web", comes("Size", "staff"))}
    assert codes(tree) == []
