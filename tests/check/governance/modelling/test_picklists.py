"""Picklists that let anything in, and lists that say one thing twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.check.governance.modelling.same_values import plain
from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found

OPEN: Body = {"type": "picklist", "description": "How big.", "values": ["Small", "Large"]}
CASES = [
    Case(
        code="MODEL005",
        address="Field/Lead.Size",
        failing={"Field/Lead.Size": {**OPEN, "restricted": False}},
        passing={"Field/Lead.Size": {**OPEN, "restricted": True}},
    ),
    Case(
        code="MODEL005",
        address="Field/Lead.Size",
        failing={
            "Picklist/Sizes": {"values": ["S", "L"]},
            "Field/Lead.Size": {"type": "picklist", "picklist": "Sizes"},
        },
        passing={
            "Picklist/Sizes": {"values": ["S", "L"], "restricted": True},
            "Field/Lead.Size": {"type": "picklist", "picklist": "Sizes"},
        },
    ),
    Case(
        code="MODEL006",
        address="Picklist/Country",
        failing={"Picklist/Country": {"values": ["U.S.", "Germany", "United States"]}},
        passing={"Picklist/Country": {"values": [{"name": "United States", "aliases": ["U.S."]}, {"name": "Germany"}]}},
    ),
    Case(
        code="MODEL006",
        address="Field/Lead.Rating",
        failing={"Field/Lead.Rating": {"type": "picklist", "values": ["Follow-up", "follow up"]}},
        passing={
            "Field/Lead.Rating": {"type": "picklist", "values": ["Follow-up", {"name": "follow up", "active": False}]}
        },
    ),
]


def of(code: str, tree: dict[str, Body], *, files: bool = False) -> list[str]:
    return [one.message for one in found(tree, files=files) if one.code == code]


def test_a_reason_is_enough() -> None:
    said = {**OPEN, "description": "Other values come in from the web shop."}
    assert of("MODEL005", {"Field/Lead.Size": said}) == []


def test_in_a_project_it_matters_where_a_value_decides() -> None:
    tree: dict[str, Body] = {"Field/Lead.Size": OPEN}
    assert of("MODEL005", tree, files=True) == []
    tree["Validation/Lead.Big"] = {"reject_when": {"field": "Size", "op": "equals", "value": "Large"}, "message": "No"}
    [message] = of("MODEL005", tree, files=True)
    assert "Lead.Big" in message


def test_a_value_that_is_only_set_decides_nothing() -> None:
    tree: dict[str, Body] = {
        "Field/Lead.Size": OPEN,
        "Automation/Lead.Fill": {
            "trigger": {"on": "created"},
            "actions": [{"name": "Fill", "type": "set_field", "field": "Size", "value": "Small"}],
        },
    }
    assert of("MODEL005", tree, files=True) == []


@pytest.mark.parametrize(
    "values",
    [["C", "C++", "C#"], ["A", "A-", "A+"], ["<5", ">5"], ["1-2", "12"], ["1.5", "15"], ["", "."], ["Re", "Ré"]],
)
def test_values_that_differ(values: list[str]) -> None:
    assert of("MODEL006", {"Picklist/P": {"values": values}}) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mr", "Mr."), ("N / A", "n/a"), ("Nord  West", "nord-west"), ("US", "U.S.A."), ("UK", "United Kingdom")],
)
def test_values_that_are_the_same(one: str, other: str) -> None:
    assert len(of("MODEL006", {"Picklist/P": {"values": [one, other]}})) == 1


def test_an_alias_that_reads_like_another_value() -> None:
    rows: list[Body] = [{"name": "Denmark", "aliases": ["D.K."]}, {"name": "Kosovo", "aliases": ["D K", "XK"]}]
    [message] = of("MODEL006", {"Picklist/P": {"values": rows}})
    assert "D K" in message
    assert "Denmark" in message


def test_a_value_that_is_being_replaced_is_left_alone() -> None:
    rows: list[Body] = [{"name": "Mr."}, {"name": "Mr", "replaced_by": "Mr."}]
    assert of("MODEL006", {"Picklist/P": {"values": rows}}) == []


def test_two_values_shown_alike() -> None:
    rows = [{"name": "a1", "label": "Partner"}, {"name": "b2", "label": "partner"}]
    assert len(of("MODEL006", {"StageSet/S": {"stages": rows}})) == 1


@given(st.text(max_size=50))
def test_what_is_left_of_a_value_stays(text: str) -> None:
    assert plain(text) == plain(text.upper().lower()) or text.upper().lower().casefold() != text.casefold()
    assert plain(f" {text} ") == plain(text)
