"""Each class of harm is named with what can be measured of it, and only where it is real."""

import re
from pathlib import Path

import pytest

import crmgov.plan.hazards
from crmgov.model.canonical import Body
from crmgov.model.plans import HAZARDS
from tests.plan.world import applied, drafted, finished

LEAD = {"Object/Lead": {"label": "Lead"}}
REGION = "Field/Lead.Region"


def _hazards(was: dict[str, Body], now: dict[str, Body], counts: dict[str, int]) -> list[tuple[str, ...]]:
    plan = finished(drafted(now, was, applied(was, was)), counts)
    return [step.hazards for step in plan.core.steps if step.hazards]


@pytest.mark.parametrize(
    ("before", "after", "counts", "hazards"),
    [
        ({REGION: {"type": "text"}}, {}, {"filled": 3}, [("data-loss",)]),
        ({REGION: {"type": "text"}}, {}, {"filled": 0}, []),
        ({REGION: {"type": "text"}}, {REGION: {"type": "text", "required": True}}, {"blank": 2}, [("records-invalidated",)]),
        ({REGION: {"type": "text", "length": 9}}, {REGION: {"type": "text", "length": 5}}, {"longer_than": 1}, [("data-loss",)]),
        ({REGION: {"type": "text", "length": 5}}, {REGION: {"type": "text", "length": 9}}, {"longer_than": 1}, []),
        ({REGION: {"type": "text"}}, {REGION: {"type": "integer"}}, {"filled": 4, "not_convertible": 1}, [("data-loss", "values-rewritten")]),
        (
            {REGION: {"type": "picklist", "picklist": "A"}, "Picklist/A": {"values": ["x", "y"]}},
            {REGION: {"type": "picklist", "picklist": "B"}, "Picklist/A": {"values": ["x", "y"]}, "Picklist/B": {"values": ["x"]}},
            {"with_values": 1},
            [("records-invalidated",)],
        ),
        (
            {REGION: {"type": "picklist", "picklist": "A"}, "Picklist/A": {"values": ["x"]}},
            {REGION: {"type": "picklist", "picklist": "B"}, "Picklist/A": {"values": ["x"]}, "Picklist/B": {"values": ["x", "y"]}},
            {"with_values": 1},
            [],
        ),
        (
            {REGION: {"type": "lookup", "references": ["Lead", "Deal"]}},
            {REGION: {"type": "lookup", "references": ["Lead"]}},
            {},
            [("records-invalidated",)],
        ),
        ({"Object/Deal": {}}, {"Object/Deal": {"sharing": "private"}}, {}, []),
        ({"Object/Deal": {}}, {"Object/Deal": {"sharing": "read_write"}}, {}, [("access-widened",)]),
        ({}, {"Validation/Lead.V": {"active": True}}, {}, [("records-invalidated",)]),
        ({"Automation/Lead.A": {"active": True}}, {"Automation/Lead.A": {"active": False}}, {}, [("automation-stopped",)]),
        (
            {"PermissionSet/P": {"objects": {"Lead": {"export": False}}}},
            {"PermissionSet/P": {"objects": {"Lead": {"export": True}}}},
            {},
            [("access-widened",)],
        ),
        (
            {"PermissionSet/P": {"objects": {"Lead": {"export": True}}}},
            {"PermissionSet/P": {"objects": {"Lead": {"export": False}}}},
            {},
            [],
        ),
    ],
)  # fmt: skip
def test_hazards(before: dict[str, Body], after: dict[str, Body], counts: dict[str, int], hazards: list[tuple[str, ...]]) -> None:  # fmt: skip
    assert _hazards({**LEAD, **before}, {**LEAD, **after}, counts) == hazards


def test_a_grant_for_a_field_of_the_same_plan_widens_nothing() -> None:
    was = {**LEAD, "PermissionSet/P": {"objects": {"Lead": {"read": True}}}}
    now = {**was, REGION: {"type": "text"}, "PermissionSet/P": {"objects": {"Lead": {"read": True}}, "fields": {"Lead": {"fields": {"Region": "edit"}}}}}  # fmt: skip
    assert _hazards(was, now, {}) == []


def test_removing_what_something_keeps_using_says_who() -> None:
    was = {**LEAD, REGION: {"type": "text"}, "Validation/Lead.V": {"reject_when": {"field": "Region", "op": "blank"}}}
    now = {k: v for k, v in was.items() if k != REGION}
    plan = finished(drafted(now, was, applied(was, was)))
    assert plan.core.steps[0].hazards == ("breaks-use",)
    assert plan.context.about[0].used_by == ("Validation/Lead.V",)
    assert list(plan.core.steps[0].uses) == ["Validation/Lead.V"]


def test_a_removed_value_asks_every_field_that_offers_it() -> None:
    was = {
        **LEAD,
        "Picklist/Source": {"values": ["Web", "Fair"]},
        "Field/Lead.Source": {"type": "picklist", "picklist": "Source"},
    }
    result = drafted({**was, "Picklist/Source": {"values": ["Web"]}}, was, applied(was, was))
    assert [(q.type, q.field, q.values) for q in result.questions] == [("with_values", "Source", ("Fair",))]


def test_the_classes_of_harm_are_those_that_some_rule_tells() -> None:
    rules = Path(crmgov.plan.hazards.__path__[0])
    said = {word for file in rules.glob("*.py") for word in re.findall(r'(?:hazard=|_NAME = )"([^"]+)"', file.read_text(encoding="utf-8"))}  # fmt: skip
    assert said == set(HAZARDS)
