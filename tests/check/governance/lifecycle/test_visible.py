"""Who receives a record sees what its next step needs, and somebody can fill it."""

from typing import Any

import pytest

from tests.check.governance.case import Case, Tree, found
from tests.check.governance.lifecycle.sales import sales

WAY = "Pipeline/Deal.Sales"
CUSTOMER = "Lifecycle/Customer"
APPROVED = {
    "reject_when": {"all": [{"field": "Stage", "op": "equals", "value": "Won"}, {"field": "Amount", "op": "blank"}]}
}


def granted(selling: dict[str, Any] | str, caring: dict[str, Any] | str, **more: Any) -> Tree:
    """The pipeline with other rows for the two sets: by field, or a default for all of them."""
    given = {"Selling": selling, "Caring": caring}
    sets = {
        f"PermissionSet/{name}": {
            "objects": {"Deal": {"read": True, "update": True}},
            "fields": {"Deal": {"default": rows} if isinstance(rows, str) else {"fields": rows}},
        }
        for name, rows in given.items()
    }
    return sales(**{**sets, **more})


def handed(required: str, **more: Any) -> Tree:
    ends = {"from": {"object": "Deal", "stage": "Offer"}, "to": {"object": "Deal", "stage": "Won"}}
    handoffs = [{"name": "Over", **ends, "role": "Success", "within_hours": 4, "required": [required]}]
    return granted("edit", "read", **{"Field/Deal.Notes": {"type": "text"}, CUSTOMER: {"handoffs": handoffs}, **more})


SECRET = {"Field/Deal.Notes": {"type": "text", "sensitivity": "restricted"}}
ALL = {"Stage": "edit", "Amount": "edit", "Reason": "edit"}
CASES = [
    Case(code="HANDOFF008", address=WAY, failing=granted("edit", {"Amount": "none"}), passing=granted("edit", "read")),
    Case(code="HANDOFF008", address=WAY, failing=granted("edit", {"Reason": "read"}), passing=granted("edit", {"Amount": "read"})),
    Case(code="HANDOFF008", address=CUSTOMER, failing=handed("Deal.Notes", **SECRET), passing=handed("Deal.Notes")),
    Case(code="HANDOFF009", address=WAY, failing=granted({"Reason": "edit", "Amount": "read"}, "read"), passing=granted("edit", "read")),
    Case(
        code="HANDOFF009",
        address="Validation/Deal.Guard",
        failing=granted({"Reason": "edit", "Amount": "read"}, "read", **{"Validation/Deal.Guard": APPROVED}),
        passing=granted("edit", "read", **{"Validation/Deal.Guard": APPROVED}),
    ),
    Case(
        code="HANDOFF010",
        address="Validation/Deal.Guard",
        failing=granted({**ALL, "A": "read", "B": "read", "Amount": "none"}, {}, **{"Field/Deal.A": {"type": "text"}, "Field/Deal.B": {"type": "text"}, "Validation/Deal.Guard": APPROVED}),
        passing=granted(ALL, {"Amount": "read"}, **{"Validation/Deal.Guard": APPROVED}),
    ),
    Case(
        code="HANDOFF011",
        address=WAY,
        failing=granted("read", "read", **{"PermissionSet/Other": {"fields": {"Deal": {"default": "edit"}}}}),
        passing=granted("edit", "read", **{"PermissionSet/Other": {"fields": {"Deal": {"default": "edit"}}}}),
    ),
    Case(
        code="HANDOFF012",
        address="Validation/Deal.Guard",
        failing=granted({"Stage": "edit"}, {"Stage": "read"}, **{"Validation/Deal.Guard": APPROVED}),
        passing=granted({"Amount": "edit"}, {"Stage": "read"}, **{"Validation/Deal.Guard": APPROVED}),
    ),
]  # fmt: skip


def findings(tree: Tree, code: str) -> list[Any]:
    return [one for one in found(tree) if one.code == code]


def test_the_finding_names_role_field_and_the_grant_that_lacks_it() -> None:
    (one,) = findings(granted("edit", {"Amount": "none"}), "HANDOFF008")
    assert one.message == "Success owns stage Won of Sales and cannot see Deal.Amount, which it needs"
    assert one.evidence == ("Caring says none for it",)
    assert one.severity == "error"


def test_a_condition_for_entering_needs_to_be_seen_too() -> None:
    when = {"all": [{"field": "Reason", "op": "present"}, {"not": {"field": "Amount", "op": "blank"}}]}
    tree = dict(granted("edit", {"Amount": "read"}))
    tree[WAY] = sales({"Won": {"entry": {"enter_when": when}}})[WAY]
    assert [one.message for one in findings(tree, "HANDOFF008")] == [
        "Success owns stage Won of Sales and cannot see Deal.Reason, which it needs"
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"Role/Success": {}},
        {"Role/Success": {"grants": ["Elsewhere"]}},
        {"PermissionSet/Caring": {"includes": ["Elsewhere"], "fields": {"Deal": {"fields": {"Amount": "none"}}}}},
        {"PermissionSet/Everybody": {"profile": True, "fields": {"Deal": {"default": "read"}}}},
        {"Field/Deal.Amount": {"type": "decimal", "required": True}},
    ],
    ids=["grants nothing known", "set elsewhere", "part of a set elsewhere", "profile gives it", "always seen"],
)
def test_silence_where_the_tree_cannot_know(more: dict[str, Any]) -> None:
    assert findings(granted("edit", {"Amount": "none"}, **more), "HANDOFF008") == []


def test_a_profile_of_administrators_is_nobodys_way_in() -> None:
    admin = {"profile": True, "capabilities": {"ModifyAllData": True}, "fields": {"Deal": {"default": "edit"}}}
    assert findings(granted("edit", {"Amount": "none"}, **{"PermissionSet/Admin": admin}), "HANDOFF008")


def test_rows_for_fields_help_nobody_who_may_not_read_the_object() -> None:
    caring = {"objects": {"Deal": {"read": False}}, "fields": {"Deal": {"default": "edit"}}}
    (one,) = findings(granted("edit", "edit", **{"PermissionSet/Caring": caring}), "HANDOFF008")
    assert one.evidence == ("Caring does not let Deal records be used so",)


def test_what_an_automation_fills_needs_nobody_to_edit_it() -> None:
    action = {"name": "Fill", "type": "set_field", "field": "Amount", "value": 1}
    automation = {"Automation/Deal.Fill": {"trigger": {"on": "created"}, "actions": [action]}}
    assert findings(granted({"Stage": "edit"}, "read", **automation), "HANDOFF009")[0].message == (
        "Deal.Reason must be filled before stage Lost of Sales, and no permission set lets anybody edit it"
    )
    assert len(findings(granted({"Stage": "edit"}, "read"), "HANDOFF009")) == 3


def test_where_nobody_may_edit_anything_grants_are_kept_elsewhere() -> None:
    assert findings(granted("read", "read"), "HANDOFF009") == []


def test_who_is_above_a_role_on_the_way_may_fill_a_field() -> None:
    """An approval is given by somebody's manager, not by whoever asks for it."""
    more = {
        "PermissionSet/Other": {"fields": {"Deal": {"default": "edit"}}},
        "Role/Rep": {"grants": ["Selling"], "parent": "Manager"},
        "Role/Manager": {"grants": ["Other"], "parent": "Rep"},
    }
    assert findings(granted("read", "read", **more), "HANDOFF011") == []


def test_a_validation_that_names_no_stage_stops_none() -> None:
    guard = {
        "reject_when": {
            "all": [{"not": {"field": "Stage", "op": "equals", "value": "Won"}}, {"field": "Amount", "op": "blank"}]
        }
    }
    assert (
        findings(granted({"Stage": "edit"}, {"Stage": "read"}, **{"Validation/Deal.Guard": guard}), "HANDOFF012") == []
    )


def test_a_formula_guards_a_stage_too() -> None:
    guard = {"formula": 'ISPICKVAL(Stage, "Won") && Amount < 1'}
    told = findings(granted({"Stage": "edit"}, {"Stage": "read"}, **{"Validation/Deal.Guard": guard}), "HANDOFF012")
    assert [one.message for one in told] == [
        "Deal.Guard stops stage Won of Sales by Deal.Amount, which nobody who gets there can see"
    ]


def test_a_field_that_may_stay_blank_blocks_nobody() -> None:
    blank, other = {"field": "Amount", "op": "blank"}, {"field": "Reason", "op": "blank"}
    for reject in ({"any": [blank, other]}, {"not": blank}, {"all": [{"not": blank}, other]}):
        tree = granted(
            {"Reason": "edit", "Amount": "read"}, "read", **{"Validation/Deal.Guard": {"reject_when": reject}}
        )
        assert "Validation/Deal.Guard" not in {one.address for one in findings(tree, "HANDOFF009")}
