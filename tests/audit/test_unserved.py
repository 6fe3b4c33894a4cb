"""Schedules that should have taken records by now."""

import datetime as dt
from pathlib import Path

import pytest

from crmgov.audit.ages import Age
from crmgov.audit.run import Audit
from tests.audit.predicting import NOW, lead, looked_at

ESCALATE = {
    "trigger": {"on": "scheduled", "date_field": "Due", "days": 5},
    "when": {"field": "LeadSource", "op": "equals", "value": "Web"},
    "actions": [
        {"name": "Tell", "type": "notify"},
        {"name": "Mark", "type": "set_field", "field": "Rating", "value": "Hot"},
    ],
}
LONG = {"Automation/Lead.Rule": Age(400, at_least=True)}


def due(days: int, **values: str) -> dict[str, str]:
    """A lead of the web whose date lies so many days back."""
    day = (NOW.date() - dt.timedelta(days=days)).isoformat()
    return lead(LeadSource="Web", Due=day, **values)


def told(found: Audit) -> list[tuple[str, str]]:
    return [(one.severity, one.message) for one in found.findings if one.code == "SILENT007"]


def test_records_past_their_time_without_the_mark(tmp_path: Path) -> None:
    rows = [due(20, Rating="Hot")] * 30 + [due(20)] * 10 + [due(90, Rating="Cold")] * 5
    rows += [due(6)] * 50 + [due(200)] * 50 + [lead(LeadSource="Fair", Due="2026-05-20")] * 50 + [lead()] * 50
    message = (
        "Lead.Rule: 15 of 45 Lead records whose time came in the last 90 days (33%) meet its condition and do not have "
        "the Rating it sets"
    )
    assert told(looked_at(tmp_path, rows, automation=ESCALATE, ages=LONG)) == [("warning", message)]
    assert told(looked_at(tmp_path, rows, automation=ESCALATE)) == [("note", message)]
    assert told(looked_at(tmp_path, rows, automation=ESCALATE, ages={"Automation/Lead.Rule": Age(91)})) == []


def test_a_few_are_no_finding_and_few_records_say_nothing(tmp_path: Path) -> None:
    rows = [due(20, Rating="Hot")] * 95 + [due(20)] * 5
    assert told(looked_at(tmp_path, rows, automation=ESCALATE, ages=LONG)) == []
    assert told(looked_at(tmp_path, [due(20)] * 9, automation=ESCALATE, ages=LONG)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"actions": [{"name": "Tell", "type": "notify"}]},
        {"actions": [{"name": "Mark", "type": "set_field", "field": "Rating", "value": "Hot", "after": {"days": 3}}]},
        {"actions": [{"name": "Mark", "type": "set_field", "field": "Rating", "formula": "x"}]},
        {"trigger": {"on": "scheduled", "every": "daily"}},
        {"trigger": {"on": "scheduled", "date_field": "Due", "days": 10**9}},
        {"trigger": {"on": "saved"}},
        {"active": False},
    ],
)
def test_what_leaves_no_mark_or_has_no_time_is_not_judged(tmp_path: Path, change: dict[str, object]) -> None:
    assert told(looked_at(tmp_path, [due(20)] * 50, automation={**ESCALATE, **change}, ages=LONG)) == []


def test_a_schedule_before_a_date(tmp_path: Path) -> None:
    body = {**ESCALATE, "trigger": {"on": "scheduled", "date_field": "Due", "days": -30}}
    rows = [due(-20)] * 20 + [due(-40)] * 20
    [(_, message)] = told(looked_at(tmp_path, rows, automation=body, ages=LONG))
    assert message.startswith("Lead.Rule: 20 of 20 Lead records")
