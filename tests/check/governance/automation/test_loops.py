"""Automations that start one another."""

from crmgov.model.canonical import Body
from tests.check.governance.automation.making import automation, put, tree, when
from tests.check.governance.case import Case, found

THERE = automation(["Status"], put("Rating", "Hot"))
BACK = automation(["Rating"], put("Status", "Open"))
MAKES = {"type": "create_record", "object": "Lead", "fields": {"Status": "New"}}
CASES = [
    Case(
        code="WRITER001",
        address="Automation/Lead.Back",
        failing=tree(There=THERE, Back=BACK),
        passing=tree(There=THERE, Back=automation(["Rating"], put("Score", 1))),
    )
]


def told(held: dict[str, Body]) -> list[str]:
    """What the rule says."""
    return [one.message for one in found(held) if one.code == "WRITER001"]


def test_the_way_is_named() -> None:
    assert told(tree(There=THERE, Back=BACK)) == [
        "Back writes Lead.Status, which starts There; There writes Lead.Rating, which starts Back"
    ]


def test_a_circle_is_told_once_whatever_its_length() -> None:
    held = tree(
        A=automation(["Status"], put("Rating", "Hot")),
        B=automation(["Rating"], put("Score", 1)),
        C=automation("updated", put("Status", "Open"), when=when("Score", "changed")),
    )
    (message,) = told(held)
    assert message.count("which starts") == 3


def test_a_value_the_other_is_not_for_starts_nothing() -> None:
    picky = automation(["Rating"], put("Status", "Open"), when=when("Rating", "equals", "Cold"))
    assert told(tree(There=THERE, Back=picky)) == []
    hot = automation(["Rating"], put("Status", "Open"), when=when("Rating", "equals", "Hot"))
    assert len(told(tree(There=THERE, Back=hot))) == 1


def test_an_automation_that_writes_its_own_trigger_is_no_circle() -> None:
    assert told(tree(Tidy=automation(["Rating"], put("Rating", "Hot")))) == []


def test_a_record_that_makes_another_of_its_sort_never_ends() -> None:
    assert told(tree(Again=automation("created", MAKES))) == ["Again makes a Lead, which starts Again"]
    assert told(tree(Again=automation("created", MAKES, when=when("Status", "equals", "Done")))) == []
    assert told(tree(Again=automation(["Status"], MAKES))) == []


def test_what_is_switched_off_is_no_part_of_a_circle() -> None:
    assert told(tree(There=THERE, Back={**BACK, "active": False})) == []
