"""Automations that meet at one moment."""

import pytest

from crmgov.model.canonical import Body
from tests.check.governance.automation.making import automation, put, tree, when
from tests.check.governance.case import Case, found

ONE = automation("created", put("Rating", "Hot"))
TWO = automation("saved", put("Rating", "Cold"))
CASES = [
    Case(
        code="WRITER002",
        address="Automation/Lead.Two",
        failing=tree(One=ONE, Two=TWO),
        passing=tree(One={**ONE, "order": 1}, Two={**TWO, "order": 2}),
    ),
    Case(
        code="WRITER003",
        address="Automation/Lead.Two",
        failing=tree(One={**ONE, "order": 1}, Two={**TWO, "order": 1}),
        passing=tree(One={**ONE, "order": 1}, Two={**TWO, "order": 2}),
    ),
]


def told(held: dict[str, Body], code: str) -> list[str]:
    """What is said under a code."""
    return [one.message for one in found(held) if one.code == code]


def test_both_and_the_moment_are_named() -> None:
    (message,) = told(tree(One=ONE, Two=TWO), "WRITER002")
    assert message.startswith("Lead.Rating is written by One and by Two, which both start when a record of Lead is c")
    assert told(dict(CASES[1].failing), "WRITER003") == [
        "One and Two both start when a record of Lead is created, with order 1"
    ]


@pytest.mark.parametrize(
    "other",
    [
        automation("updated", put("Rating", "Cold")),
        automation("created", put("Rating", "Hot")),
        automation("created", put("Score", 1)),
        automation("manual", put("Rating", "Cold")),
        automation(["Score"], put("Rating", "Cold")),
    ],
)
def test_they_must_meet_and_differ(other: Body) -> None:
    assert told(tree(One=ONE, Two=other), "WRITER002") == []


@pytest.mark.parametrize(
    ("mine", "theirs", "meet"),
    [
        (when("Status", "equals", "New"), when("Status", "equals", "Open"), False),
        (when("Status", "equals", "New"), when("Status", "in", ["Open", "New"]), True),
        (when("Status", "blank"), when("Status", "present"), False),
        (when("Score", "equals", 1), {"not": when("Score", "equals", 1)}, False),
        (when("Score", "greater", 1), when("Score", "less_or_equal", 1), False),
        (when("Score", "greater", 1), when("Score", "less", 3), True),
        (when("Score", "greater_or_equal", 1), when("Score", "less_or_equal", 1), True),
        ({"all": [when("Score", "equals", 1), when("Status", "changed")]}, when("Score", "equals", 2), False),
        (when("Status", "equals", "New"), when("Score", "equals", 2), True),
    ],
)
def test_conditions_that_exclude_each_other_never_meet(mine: Body, theirs: Body, *, meet: bool) -> None:
    held = tree(One={**ONE, "when": mine}, Two={**TWO, "when": theirs})
    assert bool(told(held, "WRITER002")) is meet


def test_reminders_of_different_days_do_not_meet() -> None:
    def after(days: int) -> Body:
        body = automation("scheduled", put("Score", days))
        return {**body, "trigger": {"on": "scheduled", "date_field": "Due", "days": days}}

    assert told(tree(One={**after(1), "order": 1}, Two={**after(2), "order": 1}), "WRITER003") == []
    assert told(tree(One={**after(1), "order": 1}, Two={**after(1), "order": 1}), "WRITER003") != []


def test_many_writers_of_one_field_end_soon() -> None:
    held = tree(**{f"A{at}": automation("created", put("Score", at)) for at in range(400)})
    assert len(told(held, "WRITER002")) < 2000


def test_long_lists_of_values_are_told_apart_in_time() -> None:
    """Six automations with 20,000 values each: comparing every value with every other would not end."""
    lists = [[f"{one}-{value}" for value in range(20_000)] for one in range(6)]
    apart = {
        f"A{number}": automation(
            "saved", put("Status", ("New", "Open", "Done")[number % 3]), when=when("Rating", "in", listed)
        )
        for number, listed in enumerate(lists)
    }
    assert told(tree(**apart), "WRITER002") == []
    meets = when("Rating", "in", [*lists[5], lists[0][-1]])
    (message,) = told(tree(**{**apart, "A5": {**apart["A5"], "when": meets}}), "WRITER002")
    assert "A0 and by A5" in message
