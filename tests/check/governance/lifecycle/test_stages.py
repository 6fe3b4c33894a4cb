"""Stages: what they say of themselves, where they lead, how they are ordered, what they require."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.check.governance.case import Case, Tree, found
from tests.check.governance.lifecycle.sales import sales

WAY = "Pipeline/Deal.Sales"
SET = "StageSet/DealStages"
LIFECYCLE: dict[str, Any] = {
    "phases": [{"name": "Buying", "object": "Deal", "definition": "Buys.", "owner_role": "Rep"}]
}


def phases(**changed: Any) -> Tree:
    phase = {**LIFECYCLE["phases"][0], **changed}
    return sales(**{"Lifecycle/Customer": {"phases": [{key: value for key, value in phase.items() if value}]}})


ON_LAYOUT: dict[str, Any] = {
    "Layout/Deal.Deal": {"sections": [{"name": "Main", "fields": [{"name": "Amount"}, {"name": "Reason"}]}]}
}
OFF_LAYOUT: dict[str, Any] = {"Layout/Deal.Deal": {"sections": [{"name": "Main", "fields": [{"name": "Amount"}]}]}}
READ_ONLY: dict[str, Any] = {
    "Layout/Deal.Deal": {
        "sections": [{"name": "Main", "fields": [{"name": "Amount", "behavior": "readonly"}, {"name": "Reason"}]}]
    }
}
FORMULA: dict[str, Any] = {"Field/Deal.Reason": {"type": "formula", "formula": "Name", "returns": "text"}}

CASES = [
    Case(code="STAGE001", address=WAY, failing=sales({"Offer": {"definition": None}}), passing=sales()),
    Case(code="STAGE001", address="Lifecycle/Customer", failing=phases(definition=""), passing=phases()),
    Case(code="STAGE002", address=WAY, failing=sales({"Won": {"entry": None}}), passing=sales()),
    Case(code="STAGE003", address=WAY, failing=sales({"Offer": {"owner_role": None}}), passing=sales()),
    Case(code="STAGE003", address="Lifecycle/Customer", failing=phases(owner_role=""), passing=phases()),
    Case(code="STAGE004", address=WAY, failing=sales({"New": {"next": ["Lost"]}}), passing=sales()),
    Case(code="STAGE005", address=WAY, failing=sales({"Offer": {"next": []}}), passing=sales()),
    Case(code="STAGE006", address=WAY, failing=sales({"Lost": None}), passing=sales()),
    Case(code="STAGE006", address=WAY, failing=sales({"Lost": None, "Won": None}), passing=sales()),
    Case(code="STAGE007", address=WAY, failing=sales(order=("New", "Won", "Offer", "Lost")), passing=sales()),
    Case(code="STAGE008", address=WAY, failing=sales(order=("Offer", "New", "Won", "Lost")), passing=sales()),
    Case(code="STAGE009", address=SET, failing=sales(stages={"Won": {"probability": 90}}), passing=sales()),
    Case(code="STAGE009", address=SET, failing=sales(stages={"Lost": {"probability": 5}}), passing=sales()),
    Case(code="STAGE010", address=WAY, failing=sales(**FORMULA), passing=sales()),
    Case(code="STAGE010", address=WAY, failing=sales(**OFF_LAYOUT), passing=sales(**ON_LAYOUT)),
    Case(code="STAGE010", address=WAY, failing=sales(**READ_ONLY), passing=sales(**ON_LAYOUT)),
]


def messages(tree: Tree, code: str, **more: bool) -> list[str]:
    return [one.message for one in found(tree, **more) if one.code.startswith(code)]


def bare() -> Tree:
    """A pipeline that only lists its stages, as a vendor's file does."""
    return sales(
        {name: dict.fromkeys(("definition", "owner_role", "next", "entry")) for name in ("New", "Offer", "Won", "Lost")}
    )


def test_the_example_itself_is_right() -> None:
    assert messages(sales(), "STAGE") == []


def test_nothing_is_asked_where_nobody_began_to_say_it() -> None:
    assert messages(bare(), "STAGE") == []


def test_a_governance_document_begins_it() -> None:
    asked = messages({**bare(), "Governance/Ours": {"owner": "RevOps"}}, "STAGE")
    assert "Stage Offer of Sales has no definition" in asked
    assert "Stage Offer of Sales has no entry criteria" in asked
    assert "Stage Offer of Sales has no owner role" in asked
    assert not [one for one in asked if "Stage New of Sales has no entry" in one]  # records are made there
    assert not [one for one in asked if "Stage Lost of Sales has no owner" in one]  # nobody has work left there
    assert messages({**bare(), "Governance/Ours": {"owner": "RevOps"}}, "STAGE", files=True) == []  # cannot be said


def test_a_description_in_the_stage_set_is_a_definition() -> None:
    assert messages(sales({"Offer": {"definition": None}}, {"Offer": {"description": "Offered."}}), "STAGE") == []


def test_a_pipeline_that_is_not_used_is_left_alone() -> None:
    tree = dict(sales({"Offer": {"next": [], "definition": None}}))
    tree[WAY] = {**tree[WAY], "active": False}
    assert messages(tree, "STAGE") == []


def test_a_stage_that_an_automation_or_a_handoff_brings_records_to_is_reached() -> None:
    steps: dict[str, Any] = {"New": {"next": ["Lost"]}}
    action = {"name": "Move", "type": "set_field", "field": "Stage", "value": "Offer"}
    moving = {"trigger": {"on": "created"}, "actions": [action]}
    assert messages(sales(steps, **{"Automation/Deal.Move": moving}), "STAGE004") == []
    assert messages(sales(steps, **{"Automation/Deal.Move": {**moving, "active": False}}), "STAGE004")
    handoff = {
        "name": "In", "from": {"object": "Case", "stage": "Closed"},
        "to": {"object": "Deal", "pipeline": "Sales", "stage": "Offer"}, "role": "Rep", "within_hours": 1,
    }  # fmt: skip
    assert messages(sales(steps, **{"Lifecycle/Customer": {"handoffs": [handoff]}}), "STAGE004") == []


def test_what_only_an_unreached_stage_leads_to_is_told_with_it() -> None:
    steps = {"New": {"next": ["Lost"]}}
    (one,) = [one for one in found(sales(steps)) if one.code == "STAGE004"]
    assert one.message == "No record can reach stage Offer of Sales"
    assert one.evidence[1] == "out of reach with it: Won"


def test_a_handoff_within_the_pipeline_brings_records_only_from_where_it_begins() -> None:
    ends = {"from": {"object": "Deal", "stage": "Offer"}, "to": {"object": "Deal", "stage": "Won"}}
    handoffs = [{"name": "Over", **ends, "role": "Success", "within_hours": 1}]
    tree = sales(
        {"New": {"next": ["Lost"]}, "Offer": {"next": ["Lost"]}}, **{"Lifecycle/Customer": {"handoffs": handoffs}}
    )
    assert messages(tree, "STAGE004") == ["No record can reach stage Offer of Sales"]


def test_two_open_stages_that_lead_only_to_one_another_are_stuck() -> None:
    steps = {"New": {"next": ["Offer"]}, "Offer": {"next": ["New"]}}
    assert sorted(messages(sales(steps), "STAGE005")) == [
        "A record in stage New of Sales can never be closed", "A record in stage Offer of Sales can never be closed",
    ]  # fmt: skip


def test_where_a_crm_knows_only_conversions_a_stage_that_leads_nowhere_is_an_end() -> None:
    stages = {"Won": {"outcome": "converted"}, "Lost": {"outcome": "open", "probability": None}}
    assert messages(sales(stages=stages), "STAGE") == []


def test_unknown_outcomes_are_not_judged() -> None:
    stages = {name: {"outcome": None, "probability": None} for name in ("New", "Offer", "Won", "Lost")}
    tree = sales({"Offer": {"next": []}}, stages, order=("Won", "Offer", "New", "Lost"))
    assert messages(tree, "STAGE005") + messages(tree, "STAGE006") + messages(tree, "STAGE007") == []


def test_the_order_in_a_vendors_file_counts_only_where_the_stage_set_agrees() -> None:
    tree = sales(order=("Offer", "New", "Won", "Lost"))
    assert messages(tree, "STAGE008") == ["Sales goes from Offer to New and its probability falls"]
    assert messages(tree, "STAGE008", files=True) == []
    assert messages(sales(stages={"New": {"probability": 60}}), "STAGE008", files=True)


def test_stages_listed_by_name_say_nothing_of_their_order() -> None:
    assert messages(sales(order=("Lost", "New", "Offer", "Won")), "STAGE007") == []


def test_a_required_field_that_something_else_fills_needs_no_layout() -> None:
    action = {"name": "Say", "type": "set_field", "field": "Reason", "value": "Price"}
    automation = {"trigger": {"on": "created"}, "actions": [action]}
    mapping = {"name": "In", "ours": "Deal.Reason", "theirs": "reason", "direction": "in"}
    opaque = {"body": "opaque", "native": {"sql": {"path": "config/clock.sql"}}}
    assert messages(sales(**OFF_LAYOUT, **{"Automation/Deal.Say": automation}), "STAGE010") == []
    assert messages(sales(**OFF_LAYOUT, **{"Automation/Deal.Clock": opaque}), "STAGE010") == []
    assert messages(sales(**OFF_LAYOUT, **{"Integration/ERP": {"mappings": [mapping]}}), "STAGE010") == []
    out = {"Integration/ERP": {"mappings": [{**mapping, "direction": "out"}]}}
    assert messages(sales(**OFF_LAYOUT, **out), "STAGE010")


@given(st.lists(st.lists(st.sampled_from(["A", "B", "C", "D", "gone"]), max_size=4), min_size=4, max_size=4))
def test_whatever_leads_where_it_is_judged(leads: list[list[str]]) -> None:
    """A stage is out of reach exactly where the start does not lead to it; nothing hostile in ``next`` breaks a rule."""
    names = ["A", "B", "C", "D"]
    rows = [{"name": name, "next": list(dict.fromkeys(to))} for name, to in zip(names, leads, strict=True)]
    tree = {"Object/Deal": {}, "Pipeline/Deal.Sales": {"stages": rows}}
    reached, waiting = set(), ["A"]
    while waiting:
        one = waiting.pop()
        if one in names and one not in reached:
            reached.add(one)
            waiting += leads[names.index(one)]
    found_here = [one for one in found(tree) if one.code == "STAGE004"]
    told = {one.message.split()[5] for one in found_here}
    with_them = {
        name for one in found_here for line in one.evidence[1:] for name in line.partition(": ")[2].split(", ")
    }
    assert told | with_them == set(names) - reached
    assert not told & with_them
