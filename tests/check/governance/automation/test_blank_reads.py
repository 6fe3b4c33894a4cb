"""Automations that need what may be blank, and comparisons that leave blanks open."""

import pytest

from crmgov.model.canonical import Body
from tests.check.governance.automation.making import FIELDS, automation, put, tree, when
from tests.check.governance.case import Case, found

NOTE: Body = {"type": "notify", "to": {"role": "Rep"}, "message": "Look"}
NEEDS = automation("created", NOTE, when=when("Rating", "equals", "Hot"))
OTHERWISE = {**NEEDS, "otherwise": [{"name": "Ask", **NOTE}]}
UNLIKE = automation("created", NOTE, when={"not": when("Rating", "equals", "Hot")})
ASKED = automation("created", NOTE, when={"all": [when("Rating", "present"), {"not": when("Rating", "equals", "Hot")}]})
CASES = [
    Case(code="TRIGGER001", address="Automation/Lead.A", failing=tree(A=NEEDS), passing=tree(A=OTHERWISE)),
    Case(code="TRIGGER002", address="Automation/Lead.A", failing=tree(A=UNLIKE), passing=tree(A=ASKED)),
]


def told(held: dict[str, Body], code: str = "TRIGGER001", *, files: bool = False) -> list[str]:
    """What is said under a code."""
    return [one.message for one in found(held, files=files) if one.code == code]


def test_the_field_and_what_follows_are_named() -> None:
    assert told(tree(A=NEEDS)) == ["A does nothing where Rating is blank, which it may be"]
    assert told(tree(A=NEEDS, B=NEEDS))[0].endswith("; 2 automations read it so")


def test_a_date_to_count_from_and_a_person_to_tell() -> None:
    held = {**FIELDS, "Field/Lead.Due": {"type": "date"}, "Field/Lead.Boss": {"type": "user"}}
    timed = automation("scheduled", {"type": "notify", "to": {"field": "Boss"}, "message": "Look"})
    held["Automation/Lead.A"] = {**timed, "trigger": {"on": "scheduled", "date_field": "Due", "days": 3}}
    assert told(held) == [
        "A never starts where Due is blank, which it may be",
        'A has nobody for "Step 1" where Boss is blank, which it may be',
    ]
    held["Automation/Lead.A"]["when"] = {"all": [when("Due", "present"), when("Boss", "present")]}
    assert told(held) == []


@pytest.mark.parametrize(
    "more",
    [
        {"Field/Lead.Rating": {"type": "text", "required": True}},
        {"Field/Lead.Rating": {"type": "text", "default": "Cold"}},
        {"Field/Lead.Rating": {"type": "formula", "returns": "text"}},
        {"Field/Lead.Rating": {"type": "picklist", "values": [{"name": "Hot", "default": True}]}},
        {"Layout/Lead.Main": {"sections": [{"name": "S", "fields": [{"name": "Rating", "behavior": "required"}]}]}},
        {"Validation/Lead.V": {"reject_when": when("Rating", "blank"), "message": "No"}},
        {"Validation/Lead.V": {"formula": "ISBLANK(Rating)", "message": "No"}},
        {"Pipeline/Lead.P": {"stages": [{"name": "New", "default": True, "entry": {"required": ["Rating"]}}]}},
        {"Automation/Lead.Fills": automation("created", put("Rating", "Cold"))},
    ],
)
def test_a_field_that_anything_demands_or_fills_is_not_blank(more: dict[str, Body]) -> None:
    assert told({**tree(A=NEEDS, B=UNLIKE), **more}) == []
    assert told({**tree(A=NEEDS, B=UNLIKE), **more}, "TRIGGER002") == []


@pytest.mark.parametrize(
    "more",
    [
        {"Object/Lead": {"golden_record": {"required": ["Rating"]}}},
        {"Pipeline/Lead.P": {"stages": [{"name": "Won", "entry": {"required": ["Rating"]}}]}},
        {"Lifecycle/L": {"handoffs": [{"name": "H", "required": ["Lead.Rating"]}]}},
    ],
)
def test_what_is_demanded_later_may_be_blank_in_a_new_record(more: dict[str, Body]) -> None:
    later = {"trigger": {"on": "updated"}}
    assert told({**tree(A={**NEEDS, **later}, B={**UNLIKE, **later}), **more}) == []
    assert told({**tree(A={**NEEDS, **later}, B={**UNLIKE, **later}), **more}, "TRIGGER002") == []
    assert len(told({**tree(A=NEEDS), **more})) == 1
    assert len(told({**tree(A=UNLIKE), **more}, "TRIGGER002")) == 1


def test_a_change_to_a_value_is_an_event_that_blanks_are_not() -> None:
    assert told(tree(A=automation(["Rating"], NOTE, when=when("Rating", "equals", "Hot")))) == []
    assert len(told(tree(A=automation(["Rating"], NOTE, when=when("Score", "greater", 5))))) == 1


def test_what_may_still_run_is_not_missed() -> None:
    either = {"any": [when("Rating", "equals", "Hot"), when("Score", "greater", 5)]}
    assert told(tree(A=automation("created", NOTE, when=either))) == []


def test_both_directions_of_a_negative_are_explained() -> None:
    left_out = automation("created", NOTE, when=when("Rating", "not_equals", "Hot"))
    assert told(tree(A=left_out), "TRIGGER002") == [
        "Rating not_equals Hot is false where Rating is blank, so such records are left out"
    ]
    assert told(tree(A=left_out)) == []
    assert told(tree(A=UNLIKE), "TRIGGER002") == [
        "not: Rating equals Hot is true where Rating is blank, so such records are meant as well"
    ]
    assert told(tree(A={**left_out, "otherwise": [{"name": "Ask", **NOTE}]}), "TRIGGER002") == []


@pytest.mark.parametrize("formula", ['Rating <> "Hot"', 'TEXT(Rating) != "Hot"', 'NOT(ISPICKVAL(Rating, "Hot"))'])
def test_a_vendor_formula_that_is_true_of_blanks(formula: str) -> None:
    case = {"name": "Rest", "formula": formula, "to": {"team": "Pool"}}
    held = tree(A=automation("created", {"type": "route", "cases": [case], "otherwise": {"team": "Pool"}}))
    assert told(held, "TRIGGER002", files=True) == ['Case "Rest" also takes Lead records where Rating is blank']
    assert told(held, "TRIGGER002") == []
    case["formula"] = f"AND({formula}, NOT(ISBLANK(Rating)))"
    assert told(held, "TRIGGER002", files=True) == []
