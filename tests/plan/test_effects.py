"""Steps say how many of the records there are they reach, counted in a real database."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from crmgov.model.canonical import Body
from crmgov.model.plans import About, Context, Plan
from crmgov.plan.make import complete
from tests.plan.world import TARGET, applied, drafted
from tests.providers.sql.databases import Db, done

BASE: dict[str, Body] = {
    "Picklist/Region": {"values": [{"name": "North"}, {"name": "South"}], "restricted": False},
    "StageSet/Way": {"field": "Lead.Status", "stages": [{"name": "New"}, {"name": "Won"}]},
    "Object/Lead": {"label_plural": "leads"},
    "Field/Lead.Region": {"type": "picklist", "picklist": "Region"},
    "Field/Lead.Status": {"type": "picklist", "picklist": "Way"},
    "Field/Lead.Size": {"type": "integer"},
    "Field/Lead.Note": {"type": "text"},
    "Team/N": {"type": "queue", "members": {"users": ["ana@x.example"]}},
    "Team/Pool": {"type": "queue", "members": {"users": ["bo@x.example"]}},
    "Team/Empty": {"type": "queue", "members": {"users": []}},
}
REJECT = {"field": "Size", "op": "greater", "value": 10}
ROWS: list[dict[str, Any]] = [
    {"Region": "North", "Size": 5, "Status": "New"}, {"Region": "North", "Size": 50, "Status": "Won"},
    {"Region": "South", "Size": 20, "Status": "Won", "Note": "x"}, {"Region": None, "Size": None, "Status": "Won"},
]  # fmt: skip


def planned(
    folder: Path, was: Mapping[str, Body], now: Mapping[str, Body], rows: Sequence[Mapping[str, Any]] = ROWS
) -> Plan:
    """The plan from one configuration to the other, over records held by the first."""
    db = Db("sqlite:///crm.db", folder)
    assert done(db.want({**BASE, **was}))
    db.insert("Lead", rows)
    live = db.live()
    draft = drafted({**BASE, **now}, live, applied({**BASE, **was}, live))
    answers = db.provider.measure(draft.questions)
    return complete(draft, answers, TARGET, Context(tool="0", created=""), desired={}, blobs={}, recover={})


def told(plan: Plan) -> list[tuple[str, str, int | None, int | None]]:
    """Hazard, words, count and number looked at of every fact."""
    abouts: Sequence[About] = plan.context.about
    return [
        (fact.hazard, fact.text, fact.evidence.count, fact.evidence.of)
        for about in abouts
        for fact in about.facts
        if fact.hazard in ("", "records-invalidated")
    ]


def rule(**more: Any) -> Body:
    return {"active": True, "message": "No.", "reject_when": REJECT, **more}


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        ({}, rule(), ("leads meet it and cannot be saved", 2)),
        (rule(active=False), rule(), ("leads meet it and cannot be saved", 2)),
        (rule(), rule(reject_when={**REJECT, "value": 1}), ("leads newly meet it and cannot be saved", 1)),
        (rule(), rule(reject_when={**REJECT, "value": 30}), None),
        (
            {},
            rule(reject_when={"all": [REJECT, {"field": "Note", "op": "blank"}]}),
            ("leads meet it and cannot be saved", 1),
        ),
        (
            {},
            rule(reject_when={"all": [REJECT, {"field": "Size", "op": "changed"}]}),
            ("leads meet it and cannot be saved once what it waits for changes", 2),
        ),
        ({}, rule(reject_when={"field": "Size", "op": "greater", "value": 999}), None),
    ],
)
def test_a_validation_says_what_it_rejects(tmp_path: Path, was: Body, now: Body, found: tuple[str, int] | None) -> None:
    name = "Validation/Lead.Big"
    plan = planned(tmp_path, {name: was} if was else {}, {name: now})
    assert told(plan) == ([] if found is None else [("records-invalidated", found[0], found[1], 4)])
    assert ("records-invalidated" in str([step.hazards for step in plan.core.steps])) == (found is not None)


def test_a_validation_on_a_field_that_is_only_just_added_meets_it_blank(tmp_path: Path) -> None:
    now: dict[str, Body] = {
        "Field/Lead.Budget": {"type": "integer"},
        "Validation/Lead.Big": rule(reject_when={"all": [REJECT, {"field": "Budget", "op": "blank"}]}),
    }
    assert told(planned(tmp_path, {}, now)) == [("records-invalidated", "leads meet it and cannot be saved", 2, 4)]


def test_a_condition_of_another_object_is_unmeasured_and_stands(tmp_path: Path) -> None:
    now = {"Validation/Lead.Big": rule(reject_when={"field": "Owner.Region", "op": "present"})}
    plan = planned(tmp_path, {}, now)
    (fact,) = [fact for about in plan.context.about for fact in about.facts]
    assert (fact.hazard, fact.evidence.exactness) == ("records-invalidated", "unmeasured")
    assert "another object" in fact.evidence.reason


def way(**entry: Any) -> dict[str, Body]:
    return {"Pipeline/Lead.Sales": {"stage_set": "Way", "stages": [{"name": "New"}, {"name": "Won", **entry}]}}


def test_a_stage_says_who_is_in_it_without_what_it_demands(tmp_path: Path) -> None:
    now = way(entry={"required": ["Note", "Region"]})
    assert told(planned(tmp_path, way(entry={"required": ["Region"]}), now)) == [
        ("", 'leads in stage "Won" have no Note', 2, 3)
    ]


def routing(*regions: str, **more: Any) -> dict[str, Body]:
    cases = [
        {"name": name, "when": {"field": "Region", "op": "equals", "value": name}, "to": {"team": "N"}}
        for name in regions
    ]
    action = {"name": "Give", "type": "route", "cases": cases, **more}
    return {"Automation/Lead.Route": {"active": True, "trigger": {"on": "created"}, "actions": [action]}}


def test_a_change_says_how_many_records_it_makes_unroutable(tmp_path: Path) -> None:
    plan = planned(tmp_path, routing("North", "South"), routing("South"))
    assert told(plan) == [("", "leads newly reach nobody", 2, 4)]
    assert [step.hazards for step in plan.core.steps] == [()]


def test_a_change_says_how_many_records_fall_to_the_catch_all(tmp_path: Path) -> None:
    pool = {"otherwise": {"team": "Pool"}}
    plan = planned(tmp_path, routing("North", "South", **pool), routing("South", **pool))
    assert told(plan) == [("", "leads newly fall to whoever takes the rest, Pool", 2, 4)]


def test_a_change_for_the_better_says_nothing(tmp_path: Path) -> None:
    assert told(planned(tmp_path, routing("South"), routing("North", "South"))) == []


def test_a_route_to_an_empty_team_reaches_nobody(tmp_path: Path) -> None:
    pool, empty = {"otherwise": {"team": "Pool"}}, {"otherwise": {"team": "Empty"}}
    plan = planned(tmp_path, routing("North", **pool), routing("North", **empty))
    assert ("", "leads newly reach nobody, Empty", 2, 4) in told(plan)


def test_a_new_automation_says_whom_it_passes_by(tmp_path: Path) -> None:
    new: dict[str, Body] = {
        "Automation/Lead.Tell": {
            "active": True, "trigger": {"on": "saved"}, "when": REJECT,
            "actions": [{"name": "Tell", "type": "notify", "to": {"team": "N"}, "message": "Big"}],
        }
    }  # fmt: skip
    assert told(planned(tmp_path, {}, new)) == [("", "leads would be passed by, for want of Size", 1, 3)]
    off = {name: {**body, "active": False} for name, body in new.items()}
    (tmp_path / "off").mkdir()
    assert told(planned(tmp_path / "off", {}, off)) == []


def test_words_alone_ask_nothing(tmp_path: Path) -> None:
    before = routing("South")
    after = {name: {**body, "label": "Route leads"} for name, body in before.items()}
    assert told(planned(tmp_path, before, after)) == []
