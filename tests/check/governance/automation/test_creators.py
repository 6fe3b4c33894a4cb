"""Records made from two sides."""

from crmgov.model.canonical import Body
from tests.check.governance.automation.making import automation, tree
from tests.check.governance.case import Case, found

MAKES = {"type": "create_record", "object": "Task", "fields": {}}
TWO = tree(A=automation("created", MAKES), B=automation("manual", MAKES))
RULE: Body = {"fields": {"Subject": "exact"}, "active": True}
CASES = [
    Case(
        code="WRITER004",
        address="Object/Task",
        failing={**TWO, "Object/Task": {}},
        passing={**TWO, "Object/Task": {"matching": {"Same": RULE}}},
    )
]


def told(held: dict[str, Body]) -> list[str]:
    """What the rule says."""
    return [one.message for one in found(held) if one.code == "WRITER004"]


def brought(**field: object) -> dict[str, Body]:
    """One automation, and an integration that brings a field of the task in."""
    mapping = {"name": "Subject", "ours": "Task.Subject", "theirs": "subject", "direction": "in"}
    return {
        **tree(A=automation("created", MAKES)),
        "Object/Task": {},
        "Field/Task.Subject": {"type": "text", **field},
        "Integration/Forms": {"system": "Forms", "mappings": [mapping]},
    }


def test_both_sides_are_named() -> None:
    assert told({**TWO, "Object/Task": {}}) == [
        "Task records are made by Lead.A and by Lead.B, and no matching rule finds doubles"
    ]


def test_one_side_needs_no_matching() -> None:
    assert told({**tree(A=automation("created", MAKES, {**MAKES, "name": "More"})), "Object/Task": {}}) == []


def test_matching_that_is_off_finds_nothing() -> None:
    off = {"Object/Task": {"matching": {"Same": {**RULE, "active": False}}}}
    assert len(told({**TWO, **off})) == 1


def test_an_integration_makes_records_if_it_brings_what_they_need_and_no_key() -> None:
    assert len(told(brought(required=True))) == 1
    assert told(brought()) == []
    assert told(brought(required=True, unique=True)) == []
