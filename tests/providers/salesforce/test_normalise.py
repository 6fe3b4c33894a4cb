"""Portable names and bodies become native ones, everywhere alike, and what cannot be held is told."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmgov.model.diagnostics import Diagnostic, Where
from crmgov.model.provider import Normalised
from crmgov.model.snapshot import Snapshot
from crmgov.providers.salesforce.provider import SalesforceFiles

PROVIDER = SalesforceFiles(None, Path("nowhere"))
Bodies = dict[str, dict[str, Any]]


def normal(resources: Bodies, **more: object) -> Normalised:
    return PROVIDER.normalise(Snapshot.of("config", resources, **more))


def body(resources: Bodies, address: str) -> dict[str, Any]:
    """The body at a native address of what has no trouble."""
    result = normal(resources)
    assert [problem for problem in result.diagnostics if problem.severity != "note"] == []
    return result.snapshot.body(address)


def troubles(resources: Bodies) -> list[Diagnostic]:
    return [problem for problem in normal(resources).diagnostics if problem.severity == "error"]


def test_plain_names_become_native_ones_everywhere() -> None:
    tree: Bodies = {
        "Object/lead": {},
        "Object/berth": {"label": "Berth"},
        "Field/berth.region": {"type": "picklist", "picklist": "sea regions"},
        "Field/berth.customer": {"type": "lookup", "references": ["account"]},
        "Field/lead.annual_revenue": {},
        'Picklist/"sea regions"': {"values": [{"name": "Baltic"}]},
        'Validation/berth."needs region"': {"formula": "ISBLANK(x)", "error_field": "region"},
        'RecordType/berth."Big One"': {"picklists": {"region": ["Baltic"]}},
        'PermissionSet/"Quay Desk"': {
            "objects": {"berth": {"read": True}, "lead": {"read": True}},
            "fields": {"berth": {"fields": {"region": "edit"}}, "lead": {"fields": {"annual_revenue": "read"}}},
            "record_types": {"berth": {"Big One": {"visible": True}}},
        },
        "PermissionSet/All": {"includes": ["Quay Desk"]},
        'Layout/berth."Berth Layout"': {"sections": [{"name": "Main", "fields": [{"name": "region"}]}]},
        'Role/"Head of Sales"': {},
        'Role/"Sales Rep"': {"parent": "Head of Sales"},
        "Team/Inbound": {"type": "queue", "objects": ["berth"], "members": {"roles": ["Sales Rep"]}},
    }
    result = normal(tree)
    assert [problem.message for problem in result.diagnostics if problem.severity == "error"] == []
    assert set(result.snapshot) == {
        "Object/Berth__c", "Field/Berth__c.Region__c", "Field/Berth__c.Customer__c",
        "Picklist/Sea_Regions", "Validation/Berth__c.Needs_Region", "RecordType/Berth__c.Big_One", "PermissionSet/Quay_Desk",
        "PermissionSet/All", 'Layout/Berth__c."Berth Layout"', "Role/Head_Of_Sales", "Role/Sales_Rep", "Team/Inbound",
    }  # fmt: skip
    read = result.snapshot.body
    assert read("Field/Berth__c.Region__c")["picklist"] == "Sea_Regions"
    assert read("Field/Berth__c.Customer__c")["references"] == ["Account"]
    assert read("Validation/Berth__c.Needs_Region")["error_field"] == "Region__c"
    assert read("RecordType/Berth__c.Big_One")["picklists"] == {"Region__c": {"values": ["Baltic"]}}
    access = read("PermissionSet/Quay_Desk")
    assert access["objects"] == {"Berth__c": {"read": True}, "Lead": {"read": True}}
    assert access["fields"]["Lead"]["fields"] == {"AnnualRevenue": "read"}
    assert access["record_types"] == {"Berth__c": {"Big_One": {"visible": True}}}
    assert read("PermissionSet/All")["includes"] == ["Quay_Desk"]
    assert read('Layout/Berth__c."Berth Layout"')["sections"][0]["fields"] == [{"name": "Region__c", "column": 1}]
    assert read("Role/Sales_Rep")["parent"] == "Head_Of_Sales"
    assert read("Team/Inbound") == {"type": "queue", "objects": ["Berth__c"], "members": {"roles": ["Sales_Rep"]}}
    assert result.names["Field/Berth__c.Region__c"] == "Field/berth.region"


def test_a_given_native_name_is_taken() -> None:
    tree: Bodies = {
        "Field/Lead.region": {"type": "date", "native": {"salesforce": {"name": "Sea__c", "trackTrending": True}}},
        "Picklist/sources": {"native": {"salesforce": {"name": "standard__LeadSource"}}},
        "Field/Lead.lead_source": {"type": "picklist", "picklist": "sources", "help": "Where from?"},
    }
    snapshot = normal(tree).snapshot
    assert set(snapshot) == {"Field/Lead.Sea__c", "Picklist/standard__LeadSource", "Field/Lead.LeadSource"}
    assert snapshot.body("Field/Lead.Sea__c")["native"] == {"salesforce": {"trackTrending": True}}
    assert snapshot.body("Picklist/standard__LeadSource") == {}
    assert snapshot.body("Field/Lead.LeadSource") == {"help": "Where from?"}


def test_two_names_that_become_one_are_an_error() -> None:
    found = normal({"Field/Lead.region": {"type": "date"}, "Field/Lead.Region__c": {"type": "date"}})
    assert [problem.code for problem in found.diagnostics] == ["SFNAME001"]
    assert len(found.snapshot) == 1


def test_names_the_vendor_does_not_allow_are_made_to_fit() -> None:
    names = {"größe": "Groe__c", "2nd choice": "X2nd_Choice__c", "a--b__d": "A_B_D__c", "!": "X__c"}
    for name, native in names.items():
        quoted = name if name.replace("_", "").isalnum() and name.isascii() else f'"{name}"'
        assert set(normal({f"Field/Lead.{quoted}": {"type": "date"}}).snapshot) == {f"Field/Lead.{native}"}


def test_what_only_crmgov_uses_is_left_out_in_silence() -> None:
    tree: Bodies = {
        "Field/Berth__c.Region__c": {"type": "date", "owner": "Ops", "sensitivity": "internal", "tags": ["a"]},
        "Picklist/P": {
            "values": [{"name": "a", "aliases": ["A"], "replaced_by": "b"}],
            "lifecycle": {"status": "active"},
        },
        "Governance/Us": {"crm_owner": "me"},
        "Integration/Mail": {"system": "Mailchimp"},
    }
    result = normal(tree)
    assert not result.diagnostics
    assert result.snapshot.body("Field/Berth__c.Region__c") == {"type": "date"}
    assert result.snapshot.body("Picklist/P") == {"values": [{"name": "a"}]}
    assert len(result.snapshot) == 2


@pytest.mark.parametrize(
    ("address", "one", "words"),
    [
        ("Field/Lead.doc", {"type": "file"}, "url field"),
        ("Team/G", {"type": "group", "members": {"users": ["a@example.com"]}}, "Setup"),
        ("StageSet/Steps", {"native": {"salesforce": {"name": "Nothing"}}}, "Picklist"),
        ("StageSet/Steps", {"field": "Berth__c.Step"}, "Picklist"),
        ("PermissionSet/P", {"objects": {"Lead": {"export": True}}}, "capabilities"),
        ("PermissionSet/P", {"apps": {"Sales": {"visible": True, "default": True}}}, "profile"),
        ("Automation/Lead.A", {"actions": [{"name": "a", "type": "create_task"}]}, "opaque"),
        ("Automation/A", {"body": "opaque", "body_file": {"path": "a.sql", "digest": "0"}}, "exclude"),
        ("Field/Lead.X__c", {"native": {"salesforce": {"nonsense": 1}}}, "vendor's own file"),
        ("Field/Lead.Industry", {"type": "picklist", "values": [{"name": "a"}]}, "standard__Industry"),
        ("Field/Lead.Company", {"type": "boolean"}, "another name"),
        ("Validation/Lead.V", {"reject_when": {"field": "Company", "op": "matches", "value": "a+"}}, "formula"),
    ],
)
def test_what_salesforce_cannot_hold_is_told_with_the_way_out(address: str, one: dict[str, Any], words: str) -> None:
    found = normal({address: one}, places={address: Where("config/a.yaml", 2, ("x",))})
    problem = next(problem for problem in found.diagnostics if problem.severity == "error")
    assert problem.code == "SFHOLD001"
    assert words in problem.mend
    assert isinstance(problem.at, Where)
    assert (problem.at.file, problem.at.document) == ("config/a.yaml", 2)
    assert problem.address == address


def test_conditions_become_formulas() -> None:
    tree: Bodies = {
        "Object/berth": {},
        "Field/berth.state": {"type": "picklist", "values": [{"name": "Free"}]},
        "Field/berth.length": {"type": "decimal"},
        "Field/berth.remark": {"type": "text"},
        "Field/berth.paid": {"type": "boolean"},
        "Field/berth.due": {"type": "date"},
        "Field/berth.gear": {"type": "multipicklist"},
    }

    def formula(condition: dict[str, Any]) -> str:
        whole = {**tree, "Validation/berth.V": {"reject_when": condition, "message": "No."}}
        return str(body(whole, "Validation/Berth__c.V")["formula"])

    assert formula({"field": "state", "op": "equals", "value": "Free"}) == 'ISPICKVAL(State__c, "Free")'
    assert formula({"field": "state", "op": "blank"}) == "ISBLANK(TEXT(State__c))"
    assert formula({"field": "length", "op": "less", "value": 5}) == "AND(NOT(ISBLANK(Length__c)), Length__c < 5)"
    assert formula({"field": "remark", "op": "equals", "value": 'a "remark" \\'}) == 'Remark__c = "a \\"remark\\" \\\\"'
    assert formula({"field": "paid", "op": "equals", "value": False}) == "NOT(Paid__c)"
    assert (
        formula({"field": "due", "op": "less", "value": "$today-7"})
        == "AND(NOT(ISBLANK(Due__c)), Due__c < TODAY() - 7)"
    )
    assert formula({"field": "gear", "op": "includes", "value": "Rope"}) == 'INCLUDES(Gear__c, "Rope")'
    assert (
        formula({"all": [{"field": "paid", "op": "changed"}, {"op": "is_new"}]}) == "AND(ISCHANGED(Paid__c), ISNEW())"
    )
    assert (
        formula({"not": {"field": "state", "op": "in", "value": ["Free", "Held"]}})
        == 'NOT(OR(ISPICKVAL(State__c, "Free"), ISPICKVAL(State__c, "Held")))'
    )
    assert (
        formula({"field": "state", "op": "not_equals", "value": "Free"})
        == 'AND(NOT(ISBLANK(TEXT(State__c))), NOT(ISPICKVAL(State__c, "Free")))'
    )


def test_a_default_of_field_access_is_written_out() -> None:
    tree: Bodies = {
        "Field/Lead.a": {"type": "date"},
        "Field/Lead.b": {"type": "date", "sensitivity": "restricted"},
        "Field/Lead.c": {"type": "formula", "formula": "1", "returns": "integer"},
        "Field/Lead.d": {"type": "date", "required": True},
        "Field/Lead.e": {"type": "date"},
        "PermissionSet/P": {"fields": {"Lead": {"default": "edit", "fields": {"e": "none"}}}},
    }
    rows = body(tree, "PermissionSet/P")["fields"]["Lead"]
    assert rows == {"fields": {"A__c": "edit", "C__c": "read", "E__c": "none"}}


def test_all_values_of_a_picklist_are_listed_for_a_record_type() -> None:
    tree: Bodies = {
        "Picklist/Region": {"values": [{"name": "N"}, {"name": "Old", "active": False}, {"name": "B"}]},
        "Field/Lead.region": {"type": "picklist", "picklist": "Region"},
        "RecordType/Lead.Web": {"picklists": {"region": "all"}},
    }
    assert body(tree, "RecordType/Lead.Web")["picklists"] == {"Region__c": {"values": ["B", "N"]}}


def test_routing_becomes_an_assignment_rule() -> None:
    route = {
        "name": "Give an owner",
        "type": "route",
        "cases": [
            {"name": "North", "when": {"field": "region", "op": "in", "value": ["N"]}, "to": {"team": "Quay desk"}}
        ],
        "otherwise": {"team": "Quay desk"},
    }
    tree: Bodies = {
        "Field/Lead.region": {"type": "picklist", "values": [{"name": "N"}]},
        'Team/"Quay desk"': {"type": "queue", "label": "Quay"},
        'Automation/Lead."route leads"': {"active": True, "trigger": {"on": "created"}, "actions": [route]},
    }
    native = body(tree, 'Automation/Lead."Assignment rule Route_Leads"')
    case = native["actions"][0]["cases"][0]
    assert case == {
        "name": "Quay_Desk",
        "when": {"field": "Region__c", "op": "equals", "value": "N"},
        "to": {"team": "Quay_Desk"},
    }
    route["cases"][0]["to"] = {"team": "Quay desk", "round_robin": True}  # type: ignore[index]
    assert "round" not in str(troubles(tree))
    assert troubles(tree)[0].code == "SFHOLD001"


def test_users_are_lookups_and_texts_lose_blanks_around_them() -> None:
    tree: Bodies = {"Field/Berth__c.Pilot": {"type": "user", "help": "  Who?\r\nAsk. \n"}}
    assert body(tree, "Field/Berth__c.Pilot__c") == {"type": "lookup", "references": ["User"], "help": "Who?\nAsk."}


SIMPLE = st.dictionaries(
    st.sampled_from(["label", "description", "help", "type", "length", "required", "native", "owner"]),
    st.sampled_from(["text", "picklist", "x", 5, True, None, {"salesforce": {"name": "N__c", "visibleLines": 3}}]),
)
ADDRESSES = st.builds(
    lambda kind, name: (
        f"{kind}/{name}"
        if kind in ("Role", "Picklist", "Object", "StageSet", "Team", "PermissionSet")
        else f"{kind}/Lead.{name}"
    ),
    st.sampled_from(
        ["Field", "Role", "Picklist", "Object", "Validation", "Layout", "Pipeline", "StageSet", "Team", "PermissionSet"]
    ),
    st.from_regex(r"[A-Za-z0-9_]{1,12}", fullmatch=True),
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(ADDRESSES, SIMPLE, max_size=6))
def test_normal_form_is_a_fixed_point(tree: Bodies) -> None:
    for one in tree.values():
        if not isinstance(one.get("native"), dict):
            one.pop("native", None)
    once = normal(tree)
    twice = PROVIDER.normalise(once.snapshot)
    assert dict(twice.snapshot.digests) == dict(once.snapshot.digests)
    assert set(once.names.values()) <= set(tree)
