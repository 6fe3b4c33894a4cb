"""Values, fields and conditions that exist but do not fit."""

import pytest

from tests.check.trees import found, told


def auto(**body: object) -> dict[str, dict[str, object]]:
    return {"Automation/Lead.job": body}


def action(**body: object) -> dict[str, dict[str, object]]:
    return auto(actions=[{"name": "a", **body}])


def reject(**criterion: object) -> dict[str, dict[str, object]]:
    return {"Validation/Lead.rule": {"reject_when": criterion}}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"type": "integer", "default": 3}, []),
        ({"type": "integer", "default": "3"}, ['FIT001 "3" is not a whole number, but Lead.X is of type integer']),
        ({"type": "integer", "default": True}, ["FIT001 true is not a whole number, but Lead.X is of type integer"]),
        ({"type": "decimal", "precision": 4, "scale": 2, "default": 99.5}, []),
        (
            {"type": "decimal", "precision": 4, "scale": 2, "default": 100},
            ["FIT001 100 has more than the 2 digits before the point that Lead.X holds"],
        ),
        ({"type": "text", "length": 3, "default": "abcd"}, ['FIT001 "abcd" has 4 characters; Lead.X holds 3']),
        ({"type": "text", "default": 5}, ["FIT001 5 is not text; put it in quotes, but Lead.X is of type text"]),
        ({"type": "date", "default": "2026-02-30"}, ['FIT001 "2026-02-30" is not a date like 2026-05-31, but Lead.X is of type date']),
        ({"type": "date", "default": "2026-02-28"}, []),
        ({"type": "boolean", "default": "true"}, ['FIT001 "true" is neither true nor false, but Lead.X is of type boolean']),
        ({"type": "autonumber", "default": "1"}, ["FIT001 Lead.X is of type autonumber, which takes no default"]),
        ({"type": "picklist", "picklist": "Regions", "default": "EMEA"}, []),
        ({"type": "picklist", "picklist": "Regions", "default": "LATAM"}, ['FIT003 "LATAM" is not active in Regions']),
        ({"type": "picklist", "picklist": "Regions", "default": "Asia"}, ['REF011 No value "Asia" in Regions']),
        ({"type": "picklist", "picklist": "Regions", "values": ["A"]}, ["FIT008 The field has values: and picklist:"]),
        ({"type": "text", "picklist": "Regions"}, ["FIT002 A field of type text takes no values from a picklist"]),
        ({"type": "multipicklist", "picklist": "Stages"}, ["FIT002 A record is in one stage at a time, so a multipicklist cannot hold stages"]),
        ({"type": "picklist", "values": ["A"], "controlled_by": {"field": "X"}}, ["FIT002 Lead.X is controlled by itself"]),
        (
            {"type": "picklist", "values": ["A"], "controlled_by": {"field": "Score"}},
            ["FIT002 Lead.Score is of type integer; only a picklist or boolean can control values"],
        ),
        (
            {"type": "picklist", "values": ["A"], "controlled_by": {"field": "Region", "pairs": {"EMAE": ["A"], "APAC": ["B"]}}},
            ['REF011 No value "B" in Lead.X', 'REF011 No value "EMAE" in Regions'],
        ),
        (
            {"type": "picklist", "values": ["A"], "controlled_by": {"field": "Hot", "pairs": {"true": ["A"], "maybe": ["A"]}}},
            ['FIT001 "maybe" is neither true nor false, but Lead.Hot is of type boolean'],
        ),
        ({"type": "picklist", "values": [{"name": "A", "default": True}, {"name": "B", "default": True}]}, ["DUP003 2 defaults in X: A, B"]),
        ({"type": "multipicklist", "values": [{"name": "A", "default": True}, {"name": "B", "default": True}]}, []),
        ({"type": "picklist", "values": [{"name": "A", "default": True, "active": False}]}, ['FIT003 "A" is the default, but not active']),
        ({"type": "picklist", "values": ["A", "B", "A"]}, ['DUP004 "A" is listed 2 times in X']),
        ({"type": "picklist", "values": [{"name": "A", "replaced_by": "C"}, "B"]}, ['REF011 No value "C" in X']),
    ],
)  # fmt: skip
def test_a_field_fits_itself(body: dict[str, object], expected: list[str]) -> None:
    assert told({"Field/Lead.X": body}) == expected


ROLLUP = {"object": "Opportunity", "relationship": "Account", "operation": "sum", "summarize": "Amount"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"operation": "count"}, ["FIT009 count counts records, so summarize has no meaning"]),
        ({"summarize": None}, ["FIT009 sum needs summarize: with the child's field"]),
        ({"summarize": "Stage"}, ["FIT002 Opportunity.Stage is of type picklist, of which there is no sum"]),
        ({"relationship": "Amount"}, ["FIT004 Opportunity.Amount is of type currency and points at no record"]),
        ({"relationship": "Lead"}, ["FIT004 Opportunity.Lead points at Lead, not at Account"]),
    ],
)
def test_a_rollup_counts_records_that_point_here(change: dict[str, object], expected: list[str]) -> None:
    more = {
        "Field/Opportunity.Lead": {"type": "lookup", "references": ["Lead"]},
        "Field/Account.Sum": {"type": "rollup", "rollup": {**ROLLUP, **change}},
    }
    assert told(more) == expected


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ({"field": "Region", "op": "equals", "value": "EMEA"}, []),
        ({"field": "Region", "op": "in", "value": ["EMEA", "LATAM"]}, []),
        ({"field": "Region", "op": "in", "value": ["EMEA", "EMAE"]}, ['REF011 No value "EMAE" in Regions']),
        ({"field": "Region", "op": "starts_with", "value": "EM"}, []),
        ({"field": "Region", "op": "greater", "value": "EMEA"}, ["CRIT002 Lead.Region is of type picklist, which greater cannot compare"]),
        ({"field": "Score", "op": "contains", "value": "1"}, ["CRIT002 Lead.Score is of type integer, which contains cannot compare"]),
        ({"field": "Score", "op": "greater", "value": "ten"}, ['FIT001 "ten" is not a whole number, but Lead.Score is of type integer']),
        ({"field": "Topics", "op": "includes", "value": ["Price", "Prise"]}, ['REF011 No value "Prise" in Lead.Topics']),
        ({"field": "Topics", "op": "equals", "value": "Price;Support"}, []),
        ({"field": "Hot", "op": "equals", "value": True}, []),
        ({"field": "Due", "op": "less", "value": "$today-14"}, []),
        ({"field": "Due", "op": "less", "value": "2026-13-01"}, ['FIT001 "2026-13-01" is not a date like 2026-05-31, but Lead.Due is of type date']),
        ({"field": "Name", "op": "equals", "value": "$today"}, ["FIT001 $today is a date, but Lead.Name is of type text"]),
        ({"field": "Due", "op": "less", "value": "$tomorrow"}, ['CRIT004 "$tomorrow" is not known']),
        ({"field": "Name", "op": "equals", "value": "$user.role"}, []),
        ({"field": "Score", "op": "equals", "value": "$user.role"}, ["FIT001 $user.role is the name of a role, but Lead.Score is of type integer"]),
        ({"field": "Score", "op": "equals", "other_field": "Due"}, ["CRIT005 Due is of type date, and is compared with one of type integer"]),
        ({"field": "Region", "op": "changed"}, []),
        ({"field": "Owner.Email", "op": "changed"}, ["CRIT002 changed can only ask about fields of the record itself, not about Owner.Email"]),
        ({"op": "is_new"}, []),
        ({}, ["CRIT001 The condition is empty"]),
        ({"field": "Region"}, ["CRIT001 The comparison has no op"]),
        ({"op": "blank"}, ["CRIT001 blank has no field to look at"]),
        ({"field": "Region", "op": "equals"}, ["CRIT001 equals has nothing to compare with"]),
        ({"field": "Region", "op": "equals", "value": None}, ["CRIT001 equals has nothing to compare with; for an empty field use blank"]),
        ({"field": "Region", "op": "not_equals", "value": ""}, ["CRIT001 not_equals compares with an empty text; for an empty field use present"]),
        ({"field": "Region", "op": "equals", "value": ["EMEA"]}, ["CRIT001 equals compares with one value, not with a list"]),
        ({"field": "Region", "op": "in", "value": []}, ["CRIT001 in compares with an empty list"]),
        ({"field": "Region", "op": "blank", "value": "EMEA"}, ["CRIT001 blank compares with nothing, so value has no meaning"]),
        ({"field": "Region", "op": "blank", "all": []}, ["CRIT001 all stands beside field"]),
        ({"any": [{"not": {"field": "Regin", "op": "blank"}}, {"op": "is_new"}]}, ['REF002 No field "Regin" in Lead']),
        ({"all": [{"any": [{"field": "Region", "op": "equals", "value": "x"}]}]}, ['REF011 No value "x" in Regions']),
    ],
)  # fmt: skip
def test_a_condition_fits_the_fields_it_is_about(criterion: dict[str, object], expected: list[str]) -> None:
    assert told(reject(**criterion)) == expected


@pytest.mark.parametrize("on", ["scheduled", "manual"])
def test_what_changed_can_only_be_asked_when_a_record_is_saved(on: str) -> None:
    when = {"field": "Region", "op": "changed"}
    start = {"on": on, "every": "daily"}
    message = "CRIT003 changed asks what changed, but nothing is saved here"
    assert told(auto(trigger=start, when=when)) == [message]
    assert told(auto(trigger={"on": "saved"}, when=when)) == []
    assert told({"Team/Desk": {"type": "queue", "covers": {"Lead": when}}}) == [message]


def test_a_value_of_a_list_that_takes_others_is_a_warning() -> None:
    more = {"Field/Lead.Open": {"type": "picklist", "values": ["A"], "restricted": False}}
    (finding,) = found({**more, **reject(field="Open", op="equals", value="B")})
    assert (finding.code, finding.severity) == ("REF011", "warning")


def test_an_alias_is_an_error_whose_fix_is_safe() -> None:
    (finding,) = found(reject(field="Region", op="equals", value="asia"))
    assert finding.hint == 'an alias of "APAC"'
    assert finding.fix is not None
    assert (finding.fix.safe, finding.fix.edits[0].value) == (True, "APAC")


def test_a_number_where_text_belongs_has_a_safe_fix() -> None:
    (finding,) = found(reject(field="Name", op="in", value=["a", 5]))
    assert finding.fix is not None
    assert finding.fix.safe
    assert finding.at is not None
    assert (finding.at.route, finding.fix.edits[0].value) == (("reject_when", "value", "1"), "5")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (auto(trigger={"on": "field_changed"}), ["FIT009 field_changed needs fields: the fields whose change starts it"]),
        (auto(trigger={"on": "scheduled"}), ["FIT009 scheduled needs every:, or a date_field: to count from"]),
        (auto(trigger={"on": "scheduled", "date_field": "Due", "days": -90}), []),
        (auto(trigger={"on": "scheduled", "date_field": "Score"}), ["FIT002 Lead.Score is of type integer, not a date to count from"]),
        (action(type="set_field", field="Region", value="EMEA"), []),
        (action(type="set_field", field="Region", value=None), []),
        (action(type="set_field", field="Region", value="LATAM"), ['FIT003 "LATAM" is not active in Regions']),
        (action(type="set_field", field="Region"), ["FIT009 set_field needs value, formula, from_field"]),
        (action(type="set_field", field="Score", value=1, from_field="Score"), ["FIT009 set_field has value and from_field, of which one counts"]),
        (action(type="set_field", field="Score", from_field="Due"), ["FIT001 Due is of type date, but Lead.Score is of type integer"]),
        (action(type="set_field", field="Name", from_field="Due"), []),
        (action(type="create_task"), ["FIT009 create_task needs subject"]),
        (action(type="notify", to={"role": "Sales"}), ["FIT009 notify needs message or template"]),
        (action(type="notify", message="x", to={"field": "OwnerId"}), []),
        (action(type="notify", message="x", to={"field": "Score"}), ["FIT002 Score is of type integer and names no person"]),
        (action(type="notify", message="x", to={}), ["FIT009 Who receives it is not clear: nobody is named"]),
        (action(type="notify", message="x", to={"role": "Sales", "user": "ann"}), ["FIT009 Who receives it is not clear: role and user are both given"]),
        (action(type="route", to={"team": "Desk"}), []),
        (action(type="route", cases=[{"name": "c", "to": {"team": "Desks"}}]), ['REF007 No team "Desks"']),
        (action(type="create_record", object="Account", fields={"Region": "EMAE"}), ['REF011 No value "EMAE" in Regions']),
        (action(type="create_record", object="Account", fields={"Regon": "EMEA"}), ['REF002 No field "Regon" in Account']),
    ],
)  # fmt: skip
def test_an_automation_can_do_what_it_says(more: dict[str, dict[str, object]], expected: list[str]) -> None:
    assert told(more) == expected


def test_only_a_queue_that_takes_the_object_owns_its_records() -> None:
    teams = {"Team/People": {"type": "group"}, "Team/Cases": {"type": "queue", "objects": ["Account"]}}
    to = [{"name": "c", "to": {"team": "People"}}]
    more = action(type="route", cases=to, otherwise={"team": "Cases"})
    assert told({**teams, **more}) == [
        "FIT006 People is a group; only a queue owns records",
        "FIT006 Queue Cases takes Account, not Lead",
    ]


def test_computed_fields_are_not_written() -> None:
    more = {"Field/Lead.Sum": {"type": "formula", "returns": "integer", "formula": "Score + 1"}}
    message = "FIT005 Lead.Sum is of type formula and filled by the CRM itself"
    assert told({**more, **action(type="set_field", field="Sum", value=1)}) == [message]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("all", []),
        ({"values": ["EMEA"], "default": "EMEA"}, []),
        (["EMEA", "EMAE"], ['REF011 No value "EMAE" in Regions']),
        ({"values": ["EMEA"], "default": "APAC"}, ['FIT003 "APAC" is the default, but not among the values offered']),
        ({"default": "LATAM"}, ['FIT003 "LATAM" is not active in Regions']),
    ],
)
def test_a_record_type_offers_values_its_picklist_has(choice: object, expected: list[str]) -> None:
    assert told({"RecordType/Lead.B2B": {"picklists": {"Region": choice}}}) == expected
    if choice == "all":
        message = "FIT002 Lead.Score is of type integer, which offers no values"
        assert told({"RecordType/Lead.B2B": {"picklists": {"Score": choice}}}) == [message]


def test_a_pipeline_takes_stages_of_its_own_object() -> None:
    assert told({"Pipeline/Lead.Way": {"stage_set": "Stages", "stages": ["New"]}}) == [
        "FIT007 Stage set Stages belongs to Opportunity.Stage, not to Lead"
    ]


def test_handoffs_and_mappings_carry_what_both_ends_can_hold() -> None:
    carry = {
        "Lead.Region": {"to": "Account.Region", "values": {"EMEA": "EMAE", "Mars": "APAC"}},
        "Lead.Name": {"to": "Opportunity.Amount"},
    }
    handoff = {"name": "h", "from": {"object": "Lead"}, "to": {"object": "Opportunity", "stage": "New"}, "carry": carry}
    mapping = {"name": "m", "ours": "Lead.Region", "theirs": "r", "direction": "out", "values": {"EMAE": "eu"}}
    more = {"Lifecycle/L": {"handoffs": [handoff]}, "Integration/I": {"mappings": [mapping]}}
    assert told(more) == [
        "FIT001 Lead.Name is of type text, but Opportunity.Amount is of type currency",
        'REF011 No value "EMAE" in Regions',
        'REF011 No value "EMAE" in Regions',
        'REF011 No value "Mars" in Regions',
    ]


def test_a_stage_that_does_not_exist_is_told_in_the_words_of_the_pipeline() -> None:
    when = {"field": "Stage", "op": "equals", "value": "Proposal"}
    (finding,) = found({"Automation/Opportunity.task": {"trigger": {"on": "saved"}, "when": when}})
    assert (finding.code, finding.message) == ("REF012", 'No stage "Proposal" in Deals')
    assert finding.detail == "It would never fire, and the CRM would show no error."
    assert finding.hint == 'closest: "Proposal/Price Quote"'
