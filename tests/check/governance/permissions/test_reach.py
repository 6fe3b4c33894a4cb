"""Nothing arrives invisible: layouts, values, stages, record types, automations, queues, objects and rules."""

import pytest

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, Tree, found

TEXT: Body = {"type": "text"}
READ: Body = {"objects": {"Lead": {"read": True, "update": True}}, "fields": {"Lead": {"default": "edit"}}}
LAYOUT: Body = {"sections": [{"name": "Main", "fields": [{"name": "Region"}, {"name": "Source"}]}]}
LAID: dict[str, Body] = {"Field/Lead.Region": TEXT, "Field/Lead.Source": TEXT, "PermissionSet/Sales": READ}
TIER: Body = {"type": "picklist", "values": [{"name": "A"}, {"name": "B"}]}
STAGES: Body = {"field": "Lead.Status", "stages": [{"name": "New"}, {"name": "Won"}]}
TYPES: Body = {"record_types": {"Lead": {"Retail": {"visible": True}}}}
QUEUE: Body = {"type": "queue", "objects": ["Lead"]}
RULE: Body = {"active": True, "reject_when": {"field": "Budget", "op": "blank"}, "message": "How much?"}
SELLING: dict[str, Body] = {
    "Field/Lead.Budget": TEXT,
    "Field/Lead.Name": TEXT,
    "Role/Seller": {"grants": ["Sales"]},
    "PermissionSet/Finance": {"fields": {"Lead": {"fields": {"Budget": "edit"}}}, "objects": {"Lead": {"read": True}}},
    "Validation/Lead.Budgeted": RULE,
}


def _sales(**fields: str) -> Body:
    return {"objects": {"Lead": {"read": True, "update": True}}, "fields": {"Lead": {"fields": fields}}}


CASES = [
    Case(
        code="REACH002",
        address="Field/Lead.Tier",
        failing=LAID | {"Field/Lead.Tier": TEXT, "Layout/Lead.Lead": LAYOUT},
        passing=LAID | {"Layout/Lead.Lead": LAYOUT},
    ),
    Case(
        code="REACH003",
        address="Field/Lead.Tier",
        failing={"Field/Lead.Tier": TIER, "RecordType/Lead.Retail": {"picklists": {"Tier": ["A"]}}},
        passing={"Field/Lead.Tier": TIER, "RecordType/Lead.Retail": {"picklists": {"Tier": ["A", "B"]}}},
    ),
    Case(
        code="REACH004",
        address="StageSet/LeadStages",
        failing={"StageSet/LeadStages": STAGES, "Pipeline/Lead.Main": {"stages": [{"name": "New"}]}},
        passing={"StageSet/LeadStages": STAGES, "Pipeline/Lead.Main": {"stages": [{"name": "New"}, {"name": "Won"}]}},
    ),
    Case(
        code="REACH005",
        address="RecordType/Lead.Partner",
        failing={"RecordType/Lead.Retail": {}, "RecordType/Lead.Partner": {}, "PermissionSet/Sales": TYPES},
        passing={
            "RecordType/Lead.Retail": {},
            "RecordType/Lead.Partner": {"active": False},
            "PermissionSet/Sales": TYPES,
        },
    ),
    Case(
        code="REACH006",
        address="Automation/Lead.Greet",
        failing={"Automation/Lead.Greet": {"active": False, "trigger": {"on": "created"}}},
        passing={"Automation/Lead.Greet": {"active": False, "description": "Turned off until the texts are agreed."}},
    ),
    Case(
        code="REACH007",
        address="Team/Inbound",
        failing={"Team/Inbound": QUEUE | {"members": {"users": []}}},
        passing={"Team/Inbound": QUEUE | {"members": {"users": ["ana@example.com"]}}},
    ),
    Case(
        code="REACH008",
        address="Object/Visit",
        failing={"Object/Lead": {}, "Object/Visit": {}, "PermissionSet/Sales": READ},
        passing={"Object/Lead": {}, "PermissionSet/Sales": READ},
    ),
    Case(
        code="REACH009",
        address="Validation/Lead.Budgeted",
        failing=SELLING | {"PermissionSet/Sales": _sales(Name="edit")},
        passing=SELLING | {"PermissionSet/Sales": _sales(Name="edit", Budget="read")},
    ),
    Case(
        code="ACCESS013",
        address="PermissionSet/Sales",
        failing={"PermissionSet/Sales": {"record_types": {"Lead": {"Retail": {"default": True, "visible": False}}}}},
        passing={"PermissionSet/Sales": {"record_types": {"Lead": {"Retail": {"default": True, "visible": True}}}}},
    ),
]


def _codes(tree: Tree, *, files: bool = False) -> set[str]:
    return {one.code for one in found(tree, files=files)}


@pytest.mark.parametrize(
    "field",
    [
        TEXT | {"external_id": True},
        TEXT | {"required": True},
        TEXT | {"lifecycle": {"status": "deprecated"}},
    ],
)
def test_fields_that_need_no_layout(field: Body) -> None:
    assert "REACH002" not in _codes(LAID | {"Field/Lead.Tier": field, "Layout/Lead.Lead": LAYOUT})


def test_a_field_for_integrations_alone_needs_no_layout() -> None:
    sync: Body = {"tags": ["integration"], "fields": {"Lead": {"fields": {"Tier": "edit"}}}}
    people: Body = {"fields": {"Lead": {"fields": {"Region": "edit", "Source": "edit"}}}}
    tree = LAID | {"Field/Lead.Tier": TEXT, "Layout/Lead.Lead": LAYOUT, "PermissionSet/Sales": people}
    assert "REACH002" not in _codes(tree | {"PermissionSet/Sync": sync})


def test_several_fields_that_arrive_on_no_layout_are_told_each() -> None:
    more: dict[str, Body] = {"Field/Lead.Tier": TEXT, "Field/Lead.Size": TEXT, "Layout/Lead.Lead": LAYOUT}
    told = [one.address for one in found(LAID | more) if one.code == "REACH002"]
    assert told == ["Field/Lead.Tier", "Field/Lead.Size"]


def test_where_layouts_show_only_some_fields_nothing_is_said() -> None:
    many: dict[str, Body] = {f"Field/Lead.F{n}": TEXT for n in range(5)}
    assert "REACH002" not in _codes(LAID | many | {"Layout/Lead.Lead": LAYOUT})


@pytest.mark.parametrize(
    ("types", "told"),
    [
        ({"RecordType/Lead.A": {"picklists": {"Tier": ["A"]}}, "RecordType/Lead.B": {"picklists": {}}}, False),
        ({"RecordType/Lead.A": {"picklists": {"Tier": ["A"]}}, "RecordType/Lead.B": {"picklists": {"Tier": "all"}}}, False),
        ({"RecordType/Lead.A": {"picklists": {"Tier": {"values": ["A"]}}}}, True),
        ({"RecordType/Lead.A": {"picklists": {"Tier": {"default": "A"}}}}, False),
        ({"RecordType/Lead.A": {"active": False, "picklists": {"Tier": ["B"]}},
          "RecordType/Lead.B": {"picklists": {"Tier": ["A"]}}}, False),
    ],
)  # fmt: skip
def test_values_no_record_type_offers(types: dict[str, Body], told: bool) -> None:
    assert ("REACH003" in _codes({"Field/Lead.Tier": TIER} | types)) is told


def test_an_inactive_value_or_stage_is_nobodys() -> None:
    tier: Body = {"type": "picklist", "values": [{"name": "A"}, {"name": "B", "active": False}]}
    stages: Body = {"field": "Lead.Status", "stages": [{"name": "New"}, {"name": "Won", "active": False}]}
    tree = {
        "Field/Lead.Tier": tier,
        "RecordType/Lead.Retail": {"picklists": {"Tier": ["A"]}},
        "StageSet/LeadStages": stages,
        "Pipeline/Lead.Main": {"stages": [{"name": "New"}]},
    }
    assert _codes(tree).isdisjoint({"REACH003", "REACH004"})


def test_a_vendors_files_do_not_say_who_is_in_a_queue_or_what_profiles_elsewhere_allow() -> None:
    types = {"RecordType/Lead.Retail": {}, "RecordType/Lead.Partner": {}, "PermissionSet/Sales": TYPES}
    assert _codes({"Team/Inbound": QUEUE} | types, files=True).isdisjoint({"REACH005", "REACH007"})
    assert "REACH005" in _codes(types | {"PermissionSet/Sales": TYPES | {"profile": True}}, files=True)


def test_a_queue_that_does_not_speak_of_members_is_empty_where_others_do() -> None:
    other: Body = {"type": "queue", "objects": ["Lead"], "members": {"roles": ["Seller"]}}
    assert "REACH007" not in _codes({"Team/Inbound": QUEUE})
    assert "REACH007" in _codes({"Team/Inbound": QUEUE, "Team/Other": other})


def test_a_queue_that_is_routed_to_is_told_there() -> None:
    route: Body = {"actions": [{"name": "give", "type": "route", "otherwise": {"team": "Inbound"}}]}
    assert "REACH007" not in _codes({"Team/Inbound": QUEUE | {"members": None}, "Automation/Lead.Route": route})


def test_a_role_without_a_right_to_save_is_not_stopped() -> None:
    reading: Body = {"objects": {"Lead": {"read": True}}, "fields": {"Lead": {"fields": {"Name": "read"}}}}
    assert "REACH009" not in _codes(SELLING | {"PermissionSet/Sales": reading})
