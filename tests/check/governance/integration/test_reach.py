"""What comes in is of use, and what no longer comes in is not relied on."""

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found
from tests.check.governance.integration.trees import FIELDS, Tree, comes, system

RULE: Tree = {
    "Validation/Account.Big": {"reject_when": {"field": "Size", "op": "greater", "value": 5}, "message": "No."}
}
LAYOUT: Tree = {
    "Layout/Account.Main": {"sections": [{"name": "A", "fields": [{"name": "Size", "behavior": "readonly"}]}]}
}
IDLE: Tree = {**FIELDS, **system("Web", comes("Size", "staff"), active=False), **LAYOUT}
HIDDEN: Tree = {
    **FIELDS, **system("Web", comes("Size", "staff")),
    "Role/Sales": {"grants": ["Reps"]},
    "PermissionSet/Reps": {"objects": {"Account": {"read": True}}, "fields": {"Account": {"fields": {"Name": "edit"}}}},
}  # fmt: skip


def people(level: str) -> Tree:
    rows = {"Account": {"fields": {"Size": level}}}
    return {"PermissionSet/Reps": {"objects": {"Account": {"read": True}}, "fields": rows}}


CASES = (
    Case(
        code="SHARED016",
        address="Integration/Web",
        failing={**IDLE, **RULE},
        passing=IDLE,
    ),
    Case(
        code="SHARED019",
        address="Integration/Web",
        failing=HIDDEN,
        passing={**HIDDEN, **people("read")},
    ),
)


def told(code: str, tree: Tree) -> list[str]:
    return [one.message for one in found(tree) if one.code == code]


def test_what_still_reads_a_stale_field_is_named() -> None:
    assert told("SHARED016", {**IDLE, **RULE}) == [
        "Web does not run, and nothing else fills Account.Size, which Account.Big still reads"
    ]


def test_what_is_retired_does_not_run_and_what_is_deprecated_does() -> None:
    retired = system("Web", comes("Size", "staff"), lifecycle={"status": "retired"})
    assert told("SHARED016", {**FIELDS, **retired, **LAYOUT, **RULE}) != []
    for status in ("deprecated", "released"):
        other = system("Web", comes("Size", "staff"), lifecycle={"status": status})
        assert told("SHARED016", {**FIELDS, **other, **LAYOUT, **RULE}) == []


def test_what_somebody_else_fills_is_not_stale() -> None:
    fills: Body = {
        "trigger": {"on": "saved"},
        "actions": [{"name": "s", "type": "set_field", "field": "Size", "value": 1}],
    }
    by_hand = {"Layout/Account.Main": {"sections": [{"name": "A", "fields": [{"name": "Size"}]}]}}
    for more in ({"Automation/Account.Fill": fills}, by_hand, system("Shop", comes("Size", "staff"))):
        assert told("SHARED016", {**IDLE, **RULE, **more}) == []
    nowhere = {address: body for address, body in IDLE.items() if not address.startswith("Layout/")}
    assert told("SHARED016", {**nowhere, **RULE}) == []


def test_what_is_off_itself_reads_nothing() -> None:
    off = {"Validation/Account.Big": {**RULE["Validation/Account.Big"], "active": False}}
    assert told("SHARED016", {**IDLE, **off}) == []


def test_what_a_rule_uses_is_of_use_though_nobody_sees_it() -> None:
    assert told("SHARED019", {**HIDDEN, **RULE}) == []


def test_a_key_of_the_other_system_is_for_it_alone() -> None:
    key = {"Field/Account.Size": {"type": "integer", "external_id": True}}
    assert told("SHARED019", {**HIDDEN, **key}) == []
