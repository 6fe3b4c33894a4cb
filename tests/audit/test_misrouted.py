"""Routes that take records to nobody, to the catch-all, or to an empty team."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.audit.predicting import counted, lead, looked_at, predicted, silent


def _case(value: str, team: str) -> dict[str, Any]:
    return {"name": value, "when": {"field": "Region", "op": "equals", "value": value}, "to": {"team": team}}


def _route(*cases: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    action = {"name": "Give", "type": "route", "cases": list(cases), **more}
    return {"trigger": {"on": "created"}, "actions": [action]}


FULL: dict[str, Any] = {"members": {"users": ["ana@x.example"]}, "type": "queue"}
TEAMS: dict[str, dict[str, Any]] = {
    "Team/N": FULL,
    "Team/S": FULL,
    "Team/Pool": FULL,
    "Team/Empty": {"type": "queue", "members": {}},
}
ROWS = [lead(Region="North")] * 60 + [lead()] * 20 + [lead(Region="nord")] * 10 + [lead(Region="East")] * 10


def test_a_catch_all_takes_what_no_case_does(tmp_path: Path) -> None:
    body = _route(_case("North", "N"), _case("South", "S"), otherwise={"team": "Pool"})
    found = looked_at(tmp_path, ROWS, automation=body, more=TEAMS)
    assert counted(predicted(found)) == {"catch_all": 40}
    ((code, message),) = silent(found)
    assert code == "SILENT003"
    assert "40 of 100 records in scope (40%)" in message
    assert "Region blank on 20, Region not a listed value on 10" in message


def test_what_a_team_covers_by_its_value_is_its_own(tmp_path: Path) -> None:
    covers = {
        "Lead": {"any": [{"field": "Region", "op": "blank"}, {"field": "Region", "op": "equals", "value": "East"}]}
    }
    more = {**TEAMS, "Team/Pool": {**FULL, "covers": covers}}
    body = _route(_case("North", "N"), otherwise={"team": "Pool"})
    assert counted(predicted(looked_at(tmp_path, ROWS, automation=body, more=more))) == {"catch_all": 30}


def test_a_team_without_members_reaches_nobody(tmp_path: Path) -> None:
    body = _route(_case("North", "Empty"), otherwise={"team": "Empty"})
    found = looked_at(tmp_path, ROWS, automation=body, more=TEAMS)
    assert ("SILENT004", "Lead.Rule: 100 records are given to Empty, which has no members") in silent(found)
    assert [one.severity for one in found.findings if one.code == "SILENT004"] == ["error"]
    unsaid = {**TEAMS, "Team/Empty": {"type": "queue"}}
    assert "SILENT004" not in dict(silent(looked_at(tmp_path, ROWS, automation=body, more=unsaid)))


def test_nobody_takes_the_rest(tmp_path: Path) -> None:
    found = looked_at(tmp_path, ROWS, automation=_route(_case("North", "N")), more=TEAMS)
    assert counted(predicted(found)) == {"nobody": 40}
    assert [code for code, _ in silent(found)] == ["SILENT005"]


def test_the_only_route_is_not_taken_by_what_its_condition_leaves_out(tmp_path: Path) -> None:
    body = {**_route(_case("North", "N"), otherwise={"team": "Pool"}), "when": {"field": "Region", "op": "present"}}
    found = looked_at(tmp_path, ROWS, automation=body, more=TEAMS)
    assert counted(predicted(found)) == {"nobody": 20, "catch_all": 20}
    other = {"Automation/Lead.Other": _route(otherwise={"team": "Pool"})}
    one, _ = sorted(
        (p for p in _all(looked_at(tmp_path, ROWS, automation=body, more={**TEAMS, **other}))),
        key=lambda p: str(p.address), reverse=True,
    )  # fmt: skip
    assert counted(one) == {"left_out": 20, "catch_all": 20}


def _all(found: Any) -> Any:
    from crmgov.audit.silence.predict import predictions, splits

    return predictions(found.scene, splits(found.scene))


def test_its_otherwise_is_a_catch_all_too(tmp_path: Path) -> None:
    body = {
        **_route(_case("North", "N"), otherwise={"team": "Pool"}), "when": {"field": "Region", "op": "present"},
        "otherwise": [{"name": "By turns", "type": "route", "otherwise": {"team": "Pool"}}],
    }  # fmt: skip
    found = looked_at(tmp_path, ROWS, automation=body, more=TEAMS)
    assert "40 of 100 records in scope (40%)" in silent(found)[0][1]


def test_a_case_in_the_vendors_language_leaves_only_what_follows_it_unmeasured(tmp_path: Path) -> None:
    formula = {"name": "Night", "formula": "HOUR() < 6", "to": {"team": "Empty"}}
    body = _route(_case("South", "Empty"), formula, otherwise={"team": "Pool"})
    rows = [lead(Region="South")] * 20
    found = looked_at(tmp_path, rows, automation=body, more=TEAMS)
    parts = [(part.kind, part.evidence.exactness) for part in predicted(found).shares]
    assert parts[0] == ("empty_team", "value")
    assert ("catch_all", "unmeasured") in parts
    assert silent(found) == [("SILENT004", "Lead.Rule: 20 records are given to Empty, which has no members")]


def test_an_action_for_the_person_in_a_blank_field_has_nobody(tmp_path: Path) -> None:
    body = {
        "trigger": {"on": "created"},
        "actions": [{"name": "Call", "type": "create_task", "to": {"field": "Agent"}}],
    }
    found = looked_at(tmp_path, [lead(Agent="ana")] * 10 + [lead()] * 10, automation=body)
    ((code, message),) = silent(found)
    assert (code, counted(predicted(found))) == ("SILENT005", {"no_person": 10})
    assert "10 of 20" in message


def test_a_record_that_two_actions_have_nobody_for_is_one_record(tmp_path: Path) -> None:
    two = [{"name": name, "type": "create_task", "to": {"field": "Agent"}} for name in ("Call", "Write")]
    body = {"trigger": {"on": "created"}, "actions": two}
    ((_, message),) = silent(looked_at(tmp_path, [lead(Agent="ana")] * 10 + [lead()] * 10, automation=body))
    assert message == "Lead.Rule: 10 of 20 records in scope (50%) have nobody for an action: Agent blank on 10"


def test_the_document_says_whence_and_what_is_not_known(tmp_path: Path) -> None:
    body = _route(_case("North", "N"), otherwise={"team": "Pool"})
    more = {**TEAMS, "Automation/Lead.Manual": {"active": True, "trigger": {"on": "manual"}, "actions": []}}
    found = looked_at(tmp_path, ROWS, automation=body, more=more)
    rule, manual = found.automations
    assert (rule.label, rule.base, rule.in_scope, rule.fires, rule.skipped) == (
        "Lead.Rule",
        "all records",
        100,
        100,
        40,
    )
    assert rule.reasons == ("40 rest to Pool (Region blank 20, Region not a listed value 10)",)
    assert (manual.label, manual.skipped, manual.not_known) == ("Lead.Manual", None, ("no record starts it",))
