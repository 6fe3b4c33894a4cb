"""Free text where a picklist belongs."""

import pytest

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found

TEXT: Body = {"type": "text", "label": "Industry", "description": "The line of business."}
CASES = [
    Case(
        code="MODEL001",
        address="Field/Lead.Industry",
        failing={"Field/Lead.Industry": TEXT},
        passing={
            "Field/Lead.Industry": {**TEXT, "type": "picklist", "values": [{"name": "Retail"}], "restricted": True}
        },
    ),
    Case(
        code="MODEL001",
        address="Field/Lead.SalesRegion",
        failing={
            "Picklist/SalesRegion": {"values": ["North", "South"]},
            "Field/Lead.SalesRegion": {"type": "text", "length": 20},
        },
        passing={
            "Picklist/SalesRegion": {"values": ["North", "South"]},
            "Field/Lead.SalesRegion": {"type": "text", "length": 2},  # codes of another system
        },
    ),
]


def codes(tree: dict[str, Body], *, files: bool = False) -> list[str]:
    return [one.address for one in found(tree, files=files) if one.code == "MODEL001"]


@pytest.mark.parametrize("name", ["Country", "Billing_Country__c", "MailingState", "State/Province", "Lead Source"])
def test_spellings_of_a_concept(name: str) -> None:
    assert len(codes({f'Field/Account."{name}"': {"type": "text"}})) == 1


@pytest.mark.parametrize("name", ["CountryCode", "IndustryNote", "Estate", "StateOfMind", "Status", "Counties"])
def test_other_words_are_left_alone(name: str) -> None:
    assert codes({f"Field/Account.{name}": {"type": "text"}}) == []


def test_the_message_names_where_it_is_done_right() -> None:
    tree: dict[str, Body] = {
        "Field/Account.Country": {"type": "picklist", "picklist": "World"},
        "Field/Lead.Country": {"type": "text"},
    }
    [finding] = [one for one in found(tree) if one.code == "MODEL001"]
    assert "as in Account.Country" in finding.message


def test_settings_messages_and_imports_hold_text() -> None:
    tree: dict[str, Body] = {
        "Field/Rule__mdt.Country__c": {"type": "text"},
        "Field/Deal__e.Country__c": {"type": "text"},
        "Field/Staging_Record__c.Country__c": {"type": "text"},
        "Object/Switches__c": {"native": {"salesforce": {"customSettingsType": "Hierarchy"}}},
        "Field/Switches__c.Country__c": {"type": "text"},
    }
    assert codes(tree) == []


def test_in_a_project_a_field_nobody_can_type_into_is_left_alone() -> None:
    layout: Body = {"sections": [{"name": "Main", "fields": [{"name": "Country__c", "behavior": "readonly"}]}]}
    tree: dict[str, Body] = {"Field/Lead.Country__c": {"type": "text"}, "Layout/Lead.Main": layout}
    assert codes(tree, files=True) == []
    layout["sections"][0]["fields"][0]["behavior"] = "edit"
    assert codes(tree, files=True) == ["Field/Lead.Country__c"]


def test_what_is_on_its_way_out_is_left_alone() -> None:
    assert codes({"Field/Lead.Country": {"type": "text", "lifecycle": {"status": "deprecated"}}}) == []
    assert codes({"Field/Lead.Country": {"type": "text", "label": "Country (do not use)"}}) == []
