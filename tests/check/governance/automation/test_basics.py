"""What a governed tree gives its new, won and waiting records."""

import pytest

from crmgov.check.governance.run import govern
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Derived, Snapshot
from tests.check.governance.automation.making import FIELDS, automation, put, when
from tests.check.governance.case import TODAY, Case, found

ROUTE: Body = {"type": "route", "otherwise": {"team": "Pool"}}
MAIL: Body = {"type": "send_template", "template": "Welcome", "to": {"field": "Rating"}}
CALL: Body = {"type": "create_task", "subject": "Call", "due_hours": 24, "to": {"role": "Rep"}}
STAGES: Body = {
    "field": "Lead.Status",
    "stages": [
        {"name": "New", "outcome": "open"},
        {"name": "Converted", "outcome": "converted"},
        {"name": "Won", "outcome": "won"},
    ],
}


def governed(*pipeline: Body, **automations: Body) -> dict[str, Body]:
    """A governed tree of leads."""
    held: dict[str, Body] = {**FIELDS, "Governance/G": {"crm_owner": "Ada"}, "StageSet/LeadStages": STAGES}
    held["Field/Lead.Status"] = {"type": "picklist", "required": True}
    held["Pipeline/Lead.Main"] = {
        "stage_set": "LeadStages",
        "stages": list(pipeline) or [{"name": "New"}, {"name": "Won"}],
    }
    return {**held, **{f"Automation/Lead.{name}": body for name, body in automations.items()}}


def told(held: dict[str, Body], code: str) -> list[str]:
    """What is said under a code."""
    return [one.message for one in found(held) if one.code == code]


def proposing(**automations: Body) -> dict[str, Body]:
    """A governed tree of leads that are sent a proposal."""
    held = governed({"name": "New"}, {"name": "Proposal Sent"}, **automations)
    held["StageSet/LeadStages"] = {
        **STAGES,
        "stages": [*STAGES["stages"], {"name": "Proposal Sent", "outcome": "open"}],
    }
    return held


def ending(**automations: Body) -> dict[str, Body]:
    """A governed tree of contracts and subscriptions that end; automations by their object."""
    held: dict[str, Body] = {"Governance/G": {"crm_owner": "Ada"}, "Object/Contract": {}, "Object/Subscription": {}}
    held |= {"Field/Contract.EndDate": {"type": "date"}, "Field/Subscription.Expires_On__c": {"type": "date"}}
    return {**held, **{f"Automation/{parent}.A": body for parent, body in automations.items()}}


RENEW = automation("scheduled", CALL, trigger={"on": "scheduled", "date_field": "EndDate", "days": -90})
WON = automation(["Status"], CALL, when=when("Status", "equals", "Won"))
LATE = automation("scheduled", {"type": "notify", "role": "Rep", "message": "Late"})
NEW = automation("created", ROUTE, MAIL, CALL)
CASES = [
    Case(code="TRIGGER006", address="Object/Lead", failing=governed(), passing=governed(New=NEW)),
    Case(code="TRIGGER007", address="StageSet/LeadStages", failing=governed(), passing=governed(Won=WON)),
    Case(
        code="TRIGGER008",
        address="Pipeline/Lead.Main",
        failing=governed({"name": "New", "max_age": 5}),
        passing=governed({"name": "New", "max_age": 5}, Late=LATE),
    ),
    Case(
        code="TRIGGER009",
        address="Automation/Lead.A",
        failing=governed(A=automation("created", MAIL, MAIL)),
        passing=governed(A=automation("created", MAIL, {**MAIL, "after": {"days": 2}})),
    ),
    Case(
        code="TRIGGER010",
        address="StageSet/LeadStages",
        failing=proposing(),
        passing=proposing(Ask=automation(["Status"], CALL, when=when("Status", "equals", "Proposal Sent"))),
    ),
    Case(code="TRIGGER011", address="Field/Contract.EndDate", failing=ending(), passing=ending(Contract=RENEW)),
]


def test_what_a_new_record_lacks_is_listed() -> None:
    assert told(governed(), "TRIGGER006") == [
        "No automation gives a new Lead an owner or a message or a task due within 24 hours"
    ]
    assert told(governed(New=automation("saved", ROUTE, CALL)), "TRIGGER006") == [
        "No automation gives a new Lead a message"
    ]


@pytest.mark.parametrize(
    ("more", "late"),
    [
        ({"due_hours": 25}, True),
        ({"due_hours": 0, "due_days": 1}, False),
        ({"due_hours": 20, "after": {"hours": 5}}, True),
        ({"due_hours": None}, True),
    ],
)
def test_the_task_is_due_in_time(more: Body, *, late: bool) -> None:
    held = governed(New=automation("created", ROUTE, MAIL, {**CALL, **more}))
    assert bool(told(held, "TRIGGER006")) is late


def test_the_time_is_the_governance_documents() -> None:
    held = governed(New=automation("created", ROUTE, MAIL, {**CALL, "due_hours": 40}))
    held["Governance/G"] = {"budgets": {"hours_to_first_task": 48}}
    assert told(held, "TRIGGER006") == []


def test_nothing_is_asked_of_a_tree_nobody_governs_or_of_a_vendors_body() -> None:
    held = governed()
    del held["Governance/G"]
    assert [one for code in ("TRIGGER006", "TRIGGER007") for one in told(held, code)] == []
    bodies = {**governed(), "Automation/Flow": {"active": True, "body": "opaque"}}
    facts = {"Automation/Flow": Derived(triggers=("Lead:saved",))}
    findings = govern(Snapshot.of("tree", bodies, derived=facts), today=TODAY)
    assert [one.code for one in findings if one.code in ("TRIGGER006", "TRIGGER007", "TRIGGER008")] == []


def test_only_work_in_that_stage_counts() -> None:
    assert told(governed(), "TRIGGER007") == ['A Lead that enters "Won" starts no task, record or handover']
    other = automation(["Status"], CALL, when=when("Status", "equals", "New"))
    assert len(told(governed(A=other), "TRIGGER007")) == 1
    assert len(told(governed(A=automation(["Rating"], CALL)), "TRIGGER007")) == 1
    assert len(told(governed(A=automation(["Status"], put("Rating", "x"))), "TRIGGER007")) == 1
    assert told(governed({"name": "New"}), "TRIGGER007") == []


def test_a_delay_is_started_by_time_too() -> None:
    held = governed({"name": "New", "max_age": 5}, A=automation("created", {**CALL, "after": {"days": 5}}))
    assert told(held, "TRIGGER008") == []
    assert told(governed({"name": "New", "max_age": 5}, A=NEW), "TRIGGER008") == [
        'Main gives "New" a longest stay, and no automation on Lead is started by time'
    ]


def test_messages_to_different_people_may_go_together() -> None:
    assert told(governed(A=automation("created", MAIL, {**MAIL, "to": {"field": "Score"}})), "TRIGGER009") == []
    assert told(governed(A=automation("created", MAIL, MAIL)), "TRIGGER009") == [
        'A sends "Step 2" to the same receiver and at the time of "Step 1"'
    ]


def test_a_proposal_counts_as_followed_by_whoever_may_act_on_it() -> None:
    assert told(proposing(), "TRIGGER010") == ['A Lead that enters "Proposal Sent" starts no task, and nobody is told']
    clock = automation("scheduled", CALL, when=when("Status", "equals", "Proposal Sent"))
    assert told(proposing(A=clock), "TRIGGER010") == []
    assert len(told(proposing(A=automation("scheduled", CALL)), "TRIGGER010")) == 1
    assert len(told(proposing(A=automation(["Status"], put("Rating", "x"))), "TRIGGER010")) == 1
    assert len(told(proposing(A=automation(["Status"], CALL, when=when("Status", "equals", "Won"))), "TRIGGER010")) == 1
    assert told(governed(), "TRIGGER010") == []
    assert [one for one in found(proposing(), files=True) if one.code == "TRIGGER010"] == []


def test_an_end_that_one_automation_looks_ahead_to_is_enough() -> None:
    assert len(told(ending(), "TRIGGER011")) == 2
    asks = automation("scheduled", CALL, when=when("Expires_On__c", "less", "$today+90"))
    assert told(ending(Subscription=asks), "TRIGGER011") == []
    other = automation("scheduled", CALL, trigger={"on": "scheduled", "date_field": "StartDate", "days": 1})
    assert len(told(ending(Contract=other), "TRIGGER011")) == 2
    assert told({**ending(), "Automation/Contract.F": {"body": "opaque", "active": True}}, "TRIGGER011") == []
    assert [one for one in found(ending(), files=True) if one.code == "TRIGGER011"] == []


@pytest.mark.parametrize("name", ["Pending_Date__c", "VendorSince", "StartDate", "SentOn"])
def test_a_date_that_is_no_end_is_not_asked_for(name: str) -> None:
    held = {"Governance/G": {"crm_owner": "Ada"}, "Object/Contract": {}, f"Field/Contract.{name}": {"type": "date"}}
    assert told(held, "TRIGGER011") == []
