"""Inside a criterion only what differs is told."""

import pytest

from crmgov.model.operations import RouteChange
from crmgov.report.changes import lines
from crmgov.report.inside import MOST, inside

STAGES = ["Proposal Sent", "Negotiation", "Closed Won"]


def criterion(stages: list[str], most: object = 15) -> dict[str, object]:
    return {
        "all": [{"field": "Discount", "op": "greater", "value": most}, {"field": "Stage", "op": "in", "value": stages}]
    }


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (criterion(["Proposal Sent", "Review", "Negotiation", "Closed Won"]), ["when.all[2].value: + Review"]),
        (criterion(STAGES[:2]), ["when.all[2].value: - Closed Won"]),
        (criterion(STAGES, 20), ["when.all[1].value: 15 -> 20"]),
        (criterion(STAGES, "15"), ['when.all[1].value: 15 -> "15"']),
        ({**criterion(STAGES), "not": {"op": "blank"}}, ["when.not: + op: blank"]),
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
    assert lines("Validation", [change]) == ["reject_when.all[2].value: + Lost"]


def test_text_from_outside_is_cleaned() -> None:
    (line,) = inside("when", {"a\x1b[31m": 1}, {"a\x1b[31m": 2})
    assert "\x1b" not in line
