"""Handoffs: who receives, how fast, and that there is one wherever the owner or the phase changes."""

from typing import Any

import pytest

from tests.check.governance.case import Case, Tree, found
from tests.check.governance.lifecycle.sales import sales

CUSTOMER = "Lifecycle/Customer"
LEAVES = {"object": "Deal", "pipeline": "Sales", "stage": "Offer"}
ENTERS = {"object": "Deal", "pipeline": "Sales", "stage": "Won"}


def handoff(**changed: Any) -> dict[str, Any]:
    whole = {"name": "Over", "from": LEAVES, "to": ENTERS, "role": "Success", "within_hours": 24, **changed}
    return {key: value for key, value in whole.items() if value is not None}


def passing(steps: dict[str, Any] | None = None, **changed: Any) -> Tree:
    """The pipeline with one handoff, from ``Rep`` at Offer to ``Success`` at Won, with some of its keys changed."""
    return sales(steps, **{CUSTOMER: {"handoffs": [handoff(**changed)]}})


PHASES = [
    {"name": "Interest", "object": "Lead", "definition": "Asks.", "owner_role": "Rep"},
    {"name": "Buying", "object": "Deal", "pipeline": "Sales", "definition": "Buys.", "owner_role": "Rep"},
]


def phased(**changed: Any) -> Tree:
    return sales(**{"Object/Lead": {}, CUSTOMER: {"phases": PHASES, "handoffs": [handoff(**changed)]}})


def converting(region: dict[str, Any], **changed: Any) -> Tree:
    """Leads become deals that must have a region."""
    one = handoff(
        **{"from": {"object": "Lead"}, "to": {**ENTERS, "stage": "New"}, "role": "Rep", "conversion": True, **changed}
    )
    fields = {"Field/Deal.Region": {"type": "text", "required": True, **region}, "Field/Lead.Region": {"type": "text"}}
    return sales(**{"Object/Lead": {}, **fields, CUSTOMER: {"handoffs": [one]}})


CARRIED = {"Lead.Region": {"to": "Deal.Region"}}
NOBODY: dict[str, Any] = {"Won": {"owner_role": None}}

CASES = [
    Case(code="HANDOFF001", address=CUSTOMER, failing=passing(NOBODY, role=None), passing=passing(role=None)),
    Case(
        code="HANDOFF002",
        address=CUSTOMER,
        failing=passing({"Won": {"owner_role": "Rep"}}, role="Rep"),
        passing=passing(),
    ),
    Case(code="HANDOFF003", address=CUSTOMER, failing=passing(role="Support"), passing=passing()),
    Case(code="HANDOFF004", address=CUSTOMER, failing=passing(within_hours=None), passing=passing(within_hours=0)),
    Case(
        code="HANDOFF005",
        address="Pipeline/Deal.Sales",
        failing=passing(to={**ENTERS, "stage": "Offer"}),
        passing=passing(),
    ),
    Case(code="HANDOFF006", address=CUSTOMER, failing=phased(), passing=phased(**{"from": {"object": "Lead"}})),
    Case(code="HANDOFF007", address=CUSTOMER, failing=converting({}), passing=converting({}, carry=CARRIED)),
    Case(code="HANDOFF013", address=CUSTOMER, failing=passing({"Offer": {"next": ["Lost"]}}), passing=passing()),
]


def messages(tree: Tree, code: str) -> list[str]:
    return [one.message for one in found(tree) if one.code.startswith(code)]


def test_a_right_handoff_is_left_alone() -> None:
    assert messages(passing(), "HANDOFF") == []


def test_a_record_that_is_converted_or_made_anew_may_keep_its_owner() -> None:
    same = {"Won": {"owner_role": "Rep"}}
    assert messages(passing(same, role="Rep", conversion=True), "HANDOFF002") == []
    assert messages(passing(same, role="Rep", to={"object": "Order"}), "HANDOFF002") == []


def test_a_lifecycle_on_its_way_out_is_left_alone() -> None:
    tree = dict(passing(within_hours=None))
    tree[CUSTOMER] = {**tree[CUSTOMER], "lifecycle": {"status": "deprecated"}}
    assert messages(tree, "HANDOFF") == []


def test_a_pipeline_that_no_lifecycle_names_needs_no_handoffs() -> None:
    assert messages(sales(), "HANDOFF") == []


def test_a_deal_that_is_lost_is_not_handed_over() -> None:
    assert messages(passing({"Lost": {"owner_role": "Manager"}}), "HANDOFF005") == []


@pytest.mark.parametrize(
    "region",
    [
        {"required": False},
        {"default": "North"},
        {"type": "boolean"},
        {"type": "autonumber"},
        {"type": "user"},
        {"type": "lookup", "references": ["Deal"]},
        {"lifecycle": {"status": "deprecated"}},
    ],
    ids=lambda region: str(sorted(region.items())),
)
def test_what_is_filled_without_being_carried(region: dict[str, Any]) -> None:
    assert messages(converting(region), "HANDOFF007") == []


def test_a_stage_may_ask_whoever_converts_for_a_field() -> None:
    tree = dict(converting({}))
    tree["Pipeline/Deal.Sales"] = sales({"New": {"entry": {"required": ["Region"]}}})["Pipeline/Deal.Sales"]
    assert messages(tree, "HANDOFF007") == []


@pytest.mark.parametrize(
    "point",
    [{"object": "Gone"}, {"object": "Deal", "pipeline": "Gone", "stage": "Gone"}, {"object": "Deal", "stage": 3}],
)
def test_ends_that_are_not_there_are_not_judged(point: dict[str, Any]) -> None:
    for end in ("from", "to"):
        assert messages(passing(**{end: point}), "HANDOFF002") == []
