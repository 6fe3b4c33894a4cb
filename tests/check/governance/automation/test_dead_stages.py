"""Automations that wait for a stage no record can be in, and automations over budget."""

from crmgov.model.canonical import Body
from tests.check.governance.automation.making import STATUS, automation, put, tree, when
from tests.check.governance.case import Case, found

STAGES: dict[str, Body] = {
    "StageSet/LeadStages": {
        "field": "Lead.Status",
        "stages": [
            {"name": "New", "default": True},
            {"name": "Open"},
            {"name": "Past", "active": False},
            {"name": "Lost"},
        ],
    },
    "Pipeline/Lead.Main": {"stage_set": "LeadStages", "stages": [{"name": "New"}, {"name": "Open"}]},
}


def waiting(op: str, value: object) -> dict[str, Body]:
    """A tree with an automation that waits for stages."""
    body = automation(["Status"], put("Score", 1), when=when("Status", op, value))
    return {**tree(A=body), "Field/Lead.Status": {"type": "picklist"}, **STAGES}


def counted(**budgets: int) -> dict[str, Body]:
    """A tree of three automations that start on one field, with these budgets."""
    held = tree(**{name: automation(["Status"], put("Score", at)) for at, name in enumerate("ABC")})
    return {**held, "Field/Lead.Status": STATUS, "Governance/G": {"budgets": budgets}}


CASES = [
    Case(
        code="TRIGGER003",
        address="Automation/Lead.A",
        failing=waiting("equals", "Lost"),
        passing=waiting("equals", "Open"),
    ),
    Case(
        code="TRIGGER004",
        address="Object/Lead",
        failing=counted(automations_per_object=2),
        passing=counted(automations_per_object=3),
    ),
    Case(
        code="TRIGGER005",
        address="Field/Lead.Status",
        failing=counted(automations_per_trigger_field=2),
        passing=counted(automations_per_trigger_field=3),
    ),
]


def told(held: dict[str, Body], code: str) -> list[str]:
    """What is said under a code."""
    return [one.message for one in found(held) if one.code == code]


def test_the_stage_and_why_no_record_is_in_it() -> None:
    assert told(waiting("equals", "Lost"), "TRIGGER003") == ['A waits for Lead.Status "Lost", which is in no pipeline']
    assert told(waiting("in", ["Past"]), "TRIGGER003") == ['A waits for Lead.Status "Past", which is switched off']


def test_one_stage_that_can_be_reached_is_enough() -> None:
    assert told(waiting("in", ["Past", "Open"]), "TRIGGER003") == []
    assert told(waiting("not_in", ["New"]), "TRIGGER003") == []


def test_without_pipelines_every_stage_can_be_reached() -> None:
    held = waiting("equals", "Lost")
    del held["Pipeline/Lead.Main"]
    assert told(held, "TRIGGER003") == []


def test_budgets_are_the_organisations_own() -> None:
    assert told(counted(), "TRIGGER004") == told(counted(), "TRIGGER005") == []
    assert told(counted(automations_per_object=2), "TRIGGER004") == ["3 automations run on Lead; the budget is 2"]
    assert told(counted(automations_per_trigger_field=0), "TRIGGER005") == [
        "3 automations start when Lead.Status changes; the budget is 0"
    ]
