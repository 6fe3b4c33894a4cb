"""Automations that pass records by, fire by mistake, or never fire."""

from pathlib import Path

from crmgov.audit.ages import Age
from crmgov.model.snapshot import Derived
from crmgov.report.audit.automations import astray
from tests.audit.predicting import counted, lead, looked_at, predicted, silent

HOT = {"field": "Rating", "op": "equals", "value": "Hot"}
BIG = {"field": "Size", "op": "greater", "value": 100}
SAVED = {"trigger": {"on": "saved"}, "when": {"all": [HOT, BIG]}, "actions": [{"name": "Tell", "type": "notify"}]}


def test_blank_fields_are_what_an_automation_is_skipped_for(tmp_path: Path) -> None:
    rows = [lead(Rating="Hot", Size="500")] * 60 + [lead(Rating="Hot")] * 40 + [lead(Rating="Cold")] * 30
    found = looked_at(tmp_path, rows, automation=SAVED)
    one = predicted(found)
    assert (one.scope.count, one.fires.count, counted(one)) == (100, 60, {"skipped": 40})
    assert silent(found) == [
        ("SILENT001", "Lead.Rule: 40 of 100 records in scope (40%) are passed by: Size blank on 40")
    ]


def test_few_skipped_records_are_told_and_are_no_finding(tmp_path: Path) -> None:
    found = looked_at(tmp_path, [lead(Rating="Hot", Size="500")] * 95 + [lead(Rating="Hot")] * 5, automation=SAVED)
    assert counted(predicted(found)) == {"skipped": 5}
    assert silent(found) == []


def test_few_records_say_nothing(tmp_path: Path) -> None:
    assert silent(looked_at(tmp_path, [lead(Rating="Hot")] * 9, automation=SAVED)) == []


def test_a_value_that_is_not_listed_is_counted_and_never_named(tmp_path: Path) -> None:
    rows = [lead(Rating="Hot", Size="500")] * 50 + [lead(Rating="scorching", Size="500")] * 50
    found = looked_at(tmp_path, rows, automation=SAVED)
    assert predicted(found).shares[0].causes == (("Rating not a listed value", 50),)
    assert "scorching" not in str([(one.message, one.evidence) for one in found.findings if one.code != "VALUES001"])


def test_otherwise_serves_what_is_blank(tmp_path: Path) -> None:
    body = {**SAVED, "otherwise": [{"name": "Ask", "type": "notify"}]}
    found = looked_at(tmp_path, [lead(Rating="Hot", Size="500"), lead(Rating="Hot")] * 20, automation=body)
    assert counted(predicted(found)) == {"otherwise": 20}
    assert silent(found) == []


def test_a_blank_that_an_automation_asks_for_itself_is_no_failure(tmp_path: Path) -> None:
    body = {**SAVED, "when": {"all": [HOT, {"field": "Size", "op": "present"}]}}
    found = looked_at(tmp_path, [lead(Rating="Hot", Size="5"), lead(Rating="Hot")] * 20, automation=body)
    assert counted(predicted(found)) == {"left_out": 20}
    assert silent(found) == []


def test_the_value_that_starts_it_is_waited_for(tmp_path: Path) -> None:
    """A blank in the field whose change is the event means that nothing has happened yet."""
    body = {**SAVED, "trigger": {"on": "field_changed", "fields": ["Rating"]}}
    rows = [lead(Rating="Hot", Size="500"), lead(Size="500")] * 20
    found = looked_at(tmp_path, rows, automation=body)
    assert (predicted(found).scope.count, counted(predicted(found))) == (20, {"waiting": 20})
    assert silent(found) == []


def test_a_date_that_is_blank_never_comes(tmp_path: Path) -> None:
    body = {**SAVED, "trigger": {"on": "scheduled", "date_field": "Due", "days": 3}, "when": HOT}
    rows = [lead(Rating="Hot", Due="2026-06-01"), lead(Rating="Hot")] * 20
    one = predicted(looked_at(tmp_path, rows, automation=body))
    assert (one.scope.count, one.fires.count, counted(one)) == (40, 20, {"skipped": 20})


def test_what_is_not_known_fires_by_mistake(tmp_path: Path) -> None:
    body = {**SAVED, "when": {"not": {"field": "Rating", "op": "equals", "value": "Cold"}}}
    found = looked_at(tmp_path, [lead(Rating="Hot")] * 60 + [lead()] * 40, automation=body)
    assert (predicted(found).fires.count, counted(predicted(found))) == (100, {"false": 40})
    assert [code for code, _ in silent(found)] == ["SILENT002"]


def test_recent_records_are_looked_at_where_they_can_be_told(tmp_path: Path) -> None:
    old = [{**lead(Rating="Hot", Size="9"), "CreatedDate": "2020-01-01T00:00:00Z"}] * 50
    new = [{**lead(Rating="Hot"), "CreatedDate": "2026-06-01T00:00:00Z"}] * 20
    one = predicted(looked_at(tmp_path, [*old, *new], automation=SAVED))
    assert (one.base, one.scope.count, counted(one)) == ("made in the last 90 days", 20, {"skipped": 20})


def test_what_a_record_was_before_is_supposed_and_said(tmp_path: Path) -> None:
    body = {**SAVED, "when": {"all": [{"field": "Rating", "op": "changed"}, HOT]}}
    found = looked_at(tmp_path, [lead(Rating="Hot")] * 6 + [lead()] * 14, automation=body)
    assert predicted(found).supposed
    assert "taken to be" in str([one.evidence for one in found.findings if one.code == "SILENT001"])


def test_a_condition_of_another_object_is_unmeasured_with_the_reason(tmp_path: Path) -> None:
    body = {**SAVED, "when": {"field": "Account.Country", "op": "equals", "value": "NO"}}
    found = looked_at(tmp_path, [lead()] * 20, automation=body)
    assert "no records of Account" in predicted(found).fires.reason
    assert [one.skipped for one in found.automations] == [None]
    assert silent(found) == []


def test_what_a_lookup_points_at_is_read_there(tmp_path: Path) -> None:
    body = {**SAVED, "when": {"field": "Account.Country", "op": "equals", "value": "NO"}}
    accounts = [{"Id": "1", "Country": "NO"}, {"Id": "2", "Country": "SE"}, {"Id": "3", "Country": ""}]
    rows = [lead(Account=key) for key in ("1", "2", "3", "") for _ in range(10)]
    found = looked_at(tmp_path, rows, automation=body, accounts=accounts)
    one = predicted(found)
    assert (one.scope.count, one.fires.count, counted(one)) == (30, 10, {"skipped": 20})


def test_no_record_meets_the_condition(tmp_path: Path) -> None:
    rows = [lead(Rating="Cold", Size="5")] * 20
    (finding,) = [one for one in looked_at(tmp_path, rows, automation=SAVED).findings if one.code == "SILENT006"]
    assert (finding.severity, finding.message) == (
        "note", "Lead.Rule: none of 20 records meets its condition as they are now",
    )  # fmt: skip
    old = looked_at(tmp_path, rows, automation=SAVED, ages={"Automation/Lead.Rule": Age(400)})
    assert [one.severity for one in old.findings if one.code == "SILENT006"] == ["warning"]
    young = looked_at(tmp_path, rows, automation=SAVED, ages={"Automation/Lead.Rule": Age(3)})
    assert silent(young) == []


def test_a_stage_that_no_record_is_in_now_may_have_been_passed_through(tmp_path: Path) -> None:
    staged = {"StageSet/Ratings": {"field": "Lead.Rating", "stages": [{"name": "Hot"}, {"name": "Cold"}]}}
    ages = {"Automation/Lead.Rule": Age(400)}
    body = {**SAVED, "when": {"field": "Rating", "op": "equals", "value": "Hot"}}
    rows = [lead(Rating="Cold", Size="5")] * 20
    for automation, more in ((body, staged), ({**body, "trigger": {"on": "field_changed", "fields": ["Rating"]}}, {})):
        found = looked_at(tmp_path, rows, automation=automation, more=more, ages=ages)
        (finding,) = [one for one in found.findings if one.code == "SILENT006"]
        assert finding.severity == "note"
        assert "records may have met it, and moved on" in finding.evidence


def test_a_vendors_body_is_predicted_from_its_outline(tmp_path: Path) -> None:
    outline = {
        "trigger": {"on": "saved", "phase": "after"}, "when": {"all": [HOT]}, "asked": [],
        "actions": [{"name": "By_region", "type": "choice", "when": {}, "otherwise": False, "cases": [
            {"name": name, "when": {"all": [{"field": "Region", "op": "equals", "value": name}]}}
            for name in ("North", "South")
        ]}],
    }  # fmt: skip
    rows = [lead(Rating="Hot", Region="North"), lead(Rating="Hot"), lead(Rating="Hot", Region="East")] * 20
    found = looked_at(tmp_path, rows, derived=Derived(triggers=("Lead:saved",), outlines=(("", outline),)))
    assert predicted(found).fires.count == 60
    assert counted(predicted(found)) == {"skipped": 20}
    unknown = {**outline, "when": {"all": [HOT, {"formula": "..."}]}}
    found = looked_at(tmp_path, rows, derived=Derived(triggers=("Lead:saved",), outlines=(("", unknown),)))
    assert "formula" in predicted(found).fires.reason


def test_what_is_off_is_not_predicted(tmp_path: Path) -> None:
    found = looked_at(tmp_path, [lead(Rating="Hot")] * 20, automation={**SAVED, "active": False})
    assert silent(found) == []


def test_where_the_records_come_from_that_are_passed_by(tmp_path: Path) -> None:
    rows = [lead(Rating="Hot", Size="500", LeadSource="Web")] * 180 + [lead(Rating="Hot", LeadSource="web")] * 20
    rows += [lead(Rating="Hot", LeadSource="Fair")] * 40 + [lead(Rating="Hot", Size="500", LeadSource="Fair")] * 10
    rows += [lead(Rating="Hot", LeadSource="a canary")] * 3
    found = looked_at(tmp_path, rows, automation=SAVED)
    [one] = [one for one in found.automations if one.address == "Automation/Lead.Rule"]
    told = [(part.by, part.value, part.skipped, part.in_scope) for part in one.segments]
    assert told == [("LeadSource", "Fair", 40, 50), ("LeadSource", "Web", 20, 200), ("LeadSource", "", 3, 3)]
    assert astray(one) == "63 (25%): 63 skipped (Size blank); LeadSource Fair 80%"


def test_segments_are_told_only_where_something_is_amiss_and_they_are_several(tmp_path: Path) -> None:
    fine = looked_at(tmp_path, [lead(Rating="Hot", Size="500", LeadSource=one) for one in ("Web", "Fair")] * 20,
                     automation=SAVED)  # fmt: skip
    alike = looked_at(tmp_path, [lead(Rating="Hot", Size=size, LeadSource="Web") for size in ("", "500")] * 20,
                      automation=SAVED)  # fmt: skip
    assert [one.segments for found in (fine, alike) for one in found.automations] == [(), ()]


def test_segments_that_are_like_all_are_not_singled_out(tmp_path: Path) -> None:
    rows = [lead(Rating="Hot", Size=size, LeadSource=one) for one in ("Web", "Fair") for size in ("", "500")] * 20
    [one] = looked_at(tmp_path, rows, automation=SAVED).automations
    assert len(one.segments) == 2
    assert astray(one) == "40 (50%): 40 skipped (Size blank)"
