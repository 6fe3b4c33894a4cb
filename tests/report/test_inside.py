"""Inside a criterion only what differs is told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.model.operations import RouteChange
from crmgov.report.changes import lines
from crmgov.report.conditions import condition
from crmgov.report.inside import MOST, inside

STAGES = ["Proposal Sent", "Negotiation", "Closed Won"]


def criterion(stages: list[str], most: object = 15) -> dict[str, Any]:
    return {
        "all": [{"field": "Discount", "op": "greater", "value": most}, {"field": "Stage", "op": "in", "value": stages}]
    }


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (criterion(["Proposal Sent", "Review", "Negotiation", "Closed Won"]), ["when Stage is one of: + Review"]),
        (criterion(STAGES[:2]), ["when Stage is one of: - Closed Won"]),
        (criterion(STAGES, 20), ["when Discount is more than: 15 -> 20"]),
        (criterion(STAGES, "15"), ['when Discount is more than: 15 -> "15"']),
        ({"all": [*criterion(STAGES)["all"], {"field": "Owner", "op": "blank"}]}, ["when: + and Owner is blank"]),
        ({"all": criterion(STAGES)["all"][1:]}, ["when: - and Discount is more than 15"]),
        ({"any": criterion(STAGES)["all"]}, []),
        ({"all": [{**criterion(STAGES)["all"][0], "op": "less"}, criterion(STAGES)["all"][1]]}, ["when: Discount is more than 15 -> Discount is less than 15"]),
        ({"field": "Owner", "op": "present"}, []),
        ({"all": [criterion(STAGES)["all"][1]]}, ["when: - and Discount is more than 15"]),
        (criterion(STAGES), []),
    ],
)  # fmt: skip
def test_one_difference_is_one_line(after: dict[str, object], told: list[str]) -> None:
    assert inside("when", criterion(STAGES), after) == told


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a", "b"),
        (None, {"field": "a"}),
        ([1], {"a": 1}),
        (list(range(MOST + 1)), list(range(100, 101 + MOST))),
        (["x" * 30_000], ["y"]),
    ],
)
def test_what_cannot_be_told_apart_is_told_whole(before: object, after: object) -> None:
    assert inside("when", before, after) == []


def test_a_plan_tells_what_a_criterion_says_now() -> None:
    change = RouteChange(route=("reject_when",), before=criterion(STAGES), after=criterion([*STAGES, "Lost"]))
    assert lines("Validation", [change]) == ["reject when Stage is one of: + Lost"]


def test_text_from_outside_is_cleaned() -> None:
    (line,) = inside("when", {"a\x1b[31m": 1}, {"a\x1b[31m": 2})
    assert "\x1b" not in line


def test_groups_within_groups_are_looked_into() -> None:
    def group(*owners: str) -> dict[str, Any]:
        parts = [{"field": "Owner", "op": "equals", "value": name} for name in owners]
        return {"all": [{"any": parts}, {"not": {"field": "Tier", "op": "blank"}}]}

    assert inside("when", group("A", "B"), group("A", "B", "C")) == ["when: + or Owner is C"]
    assert condition(group("A", "B")) == "(Owner is A or Owner is B) and not (Tier is blank)"


KEYS = st.sampled_from(["field", "op", "value", "other_field", "all", "any", "not"])
ANYTHING = st.recursive(
    st.none() | st.text(max_size=3) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(ANYTHING, ANYTHING)
def test_whatever_stands_in_a_criterion_is_told_on_lines_of_their_own(before: object, after: object) -> None:
    told = inside("when", before, after)
    assert all("\n" not in one and one.startswith("when") for one in told)
    assert before != after or told == []
    assert "\n" not in condition(before)
