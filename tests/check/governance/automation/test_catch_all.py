"""Routes without a catch-all."""

import pytest

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found

REGION: Body = {"type": "picklist", "values": [{"name": "North"}, {"name": "South"}, {"name": "Old", "active": False}]}
TEAMS: dict[str, Body] = {
    f"Team/{name}": {"type": "queue", "objects": ["Lead"], "members": {"roles": ["Rep"]}} for name in ("North", "South")
}


def routed(*values: str, **more: object) -> dict[str, Body]:
    """A tree with one route by region."""
    cases = [
        {"name": one, "when": {"field": "Region", "op": "equals", "value": one}, "to": {"team": one}} for one in values
    ]
    route: Body = {"name": "Route", "type": "route", "cases": cases, **more}
    body: Body = {"active": True, "trigger": {"on": "created"}, "actions": [route]}
    return {"Field/Lead.Region": dict(REGION), "Automation/Lead.Route": body, "Role/Rep": {}, **TEAMS}


CASES = [
    Case(
        code="ROUTING001",
        address="Automation/Lead.Route",
        failing=routed("North"),
        passing=routed("North", otherwise={"team": "South"}),
    )
]


def codes(tree: dict[str, Body]) -> list[str]:
    """The messages of the rule."""
    return [one.message for one in found(tree) if one.code == "ROUTING001"]


def test_the_values_left_are_named() -> None:
    assert codes(routed("North")) == ["Route has no case for Lead records with Region South or blank, and no catch-all"]


def test_all_values_of_a_required_field_need_no_catch_all() -> None:
    tree = routed("North", "South")
    assert codes(tree) != []
    tree["Field/Lead.Region"] = {**REGION, "required": True}
    assert codes(tree) == []


def test_what_the_automation_is_not_for_needs_no_case() -> None:
    tree = routed("North", "South")
    tree["Automation/Lead.Route"]["when"] = {"field": "Region", "op": "present"}
    assert codes(tree) == []


@pytest.mark.parametrize("last", [{"name": "Rest"}, {"name": "Rest", "formula": "TRUE"}])
def test_a_last_case_for_all_is_a_catch_all(last: Body) -> None:
    tree = routed("North")
    tree["Automation/Lead.Route"]["actions"][0]["cases"].append({**last, "to": {"team": "South"}})
    assert codes(tree) == []


def test_an_inactive_or_deprecated_automation_is_left_alone() -> None:
    for more in ({"active": False}, {"lifecycle": {"status": "deprecated"}}):
        tree = routed("North")
        tree["Automation/Lead.Route"].update(more)
        assert codes(tree) == []
