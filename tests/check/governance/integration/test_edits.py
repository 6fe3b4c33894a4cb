"""What people may change is not overwritten by a system that is never told."""

from typing import Any

from tests.check.governance.case import Case, found
from tests.check.governance.integration.trees import FIELDS, Tree, both, comes, goes, system


def people(behavior: str, level: str = "edit") -> Tree:
    rows = [{"name": "Size", "behavior": behavior}]
    return {
        **FIELDS,
        "Layout/Account.Main": {"sections": [{"name": "Facts", "fields": rows}]},
        "PermissionSet/Reps": {
            "objects": {"Account": {"update": True}},
            "fields": {"Account": {"fields": {"Size": level}}},
        },
    }


CASES = (
    Case(
        code="SHARED020",
        address="Field/Account.Size",
        failing={**people("edit"), **system("Web", comes("Size", "staff"))},
        passing={**people("edit"), **system("Web", both("Size", "staff", "system"))},
    ),
)


def told(tree: Tree, *mappings: dict[str, Any]) -> list[str]:
    shared = mappings or (comes("Size", "staff"),)
    return [one.message for one in found({**tree, **system("Web", *shared)}) if one.code == "SHARED020"]


def test_the_layout_and_the_system_are_named() -> None:
    assert told(people("required")) == [
        "People may change Account.Size on layout Main, but Web overwrites it and is never told what they wrote"
    ]


def test_what_people_only_read_is_theirs_to_read() -> None:
    assert told(people("readonly")) == []
    assert told(people("edit", "read")) == []


def test_what_is_kept_or_told_is_not_lost() -> None:
    assert told(people("edit"), comes("Size", "staff", on_conflict="keep")) == []
    assert told(people("edit"), comes("Size", "staff", on_conflict="newest")) == []
    assert told(people("edit"), comes("Size", "staff"), goes("Size", "headcount", "system")) == []


def test_the_integration_itself_is_no_reader_to_be_protected() -> None:
    alone = {address: body for address, body in people("edit").items() if address != "PermissionSet/Reps"}
    assert told(alone) == []
