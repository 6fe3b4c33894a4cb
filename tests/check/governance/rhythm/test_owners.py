"""Somebody answers for everything, under one name."""

from typing import Any

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, Tree, found

LAST = {"access_review": {"every_days": 90, "last": "2026-06-01"}}


def governed(**more: Any) -> Tree:
    return {"Governance/Us": {"crm_owner": "Ana Ribeiro", "owner": "Ana Ribeiro", "cadences": LAST, **more}}


def area(**more: Any) -> Body:
    return {"owner": "Sales Operations", "handle": "@us/sales", **more}


SALES = governed(areas={"sales": area(objects=["Lead"], kinds=["Governance"])})
CASES = (
    Case(
        code="OWNER001",
        address="Governance/Us",
        failing=governed(crm_owner=None),
        passing=governed(),
    ),
    Case(
        code="OWNER002",
        address="Governance/Us",
        failing=governed(areas={"sales": area(handle=None, kinds=["Role"])}),
        passing=governed(areas={"sales": area(kinds=["Role"])}),
    ),
    Case(
        code="OWNER003",
        address="Role/Rep",
        failing={**SALES, "Role/Rep": {}},
        passing={**SALES, "Role/Rep": {"owner": "Sales Operations"}},
    ),
    Case(
        code="OWNER004",
        address="Role/Rep",
        failing={**SALES, "Role/Rep": {"owner": "Sales Operatons"}},
        passing={**SALES, "Role/Rep": {"owner": "Sales Operations"}},
    ),
)


def told(tree: Tree, code: str) -> list[str]:
    return [one.message for one in found({**SALES, **tree}) if one.code == code]


def test_the_object_answers_for_what_belongs_to_it() -> None:
    field = {"Field/Case.Topic": {"type": "text", "description": "What it is about.", "length": 80}}
    assert told({"Object/Case": {"owner": "Support"}, **field}, "OWNER003") == []
    assert told({"Object/Lead": {}, "Validation/Lead.Named": {"message": "No."}}, "OWNER003") == []
    nobody = "Object Case has no owner and lies in no area"
    assert told({"Object/Case": {}}, "OWNER003") == [nobody]
    assert told({"Object/Case": {}, **field}, "OWNER003") == [f"{nobody}, nor does 1 of the things that belong to it"]


def test_a_vendors_files_are_told_by_kind_where_the_areas_stand() -> None:
    queues = {f"Team/Q{number}": {"type": "queue"} for number in range(7)}
    shipped = {"Layout/Refund.Main": {"sections": []}}
    made = {"Field/Case.Topic__c": {"type": "text", "description": "What it is about.", "length": 80}}
    told = [one for one in found({**SALES, **queues, **shipped, **made}, files=True) if one.code == "OWNER003"]
    assert {one.address for one in told} == {"Governance/Us"}
    assert [one.message for one in told] == [
        "In no area, by kind Object: Case",
        "In no area, by kind Team: Q0, Q1, Q2, Q3, Q4 and 2 more",
    ]


def test_without_a_governance_document_nobody_has_to_answer() -> None:
    assert [one for one in found({"Role/Rep": {}}) if one.code == "OWNER003"] == []


def test_where_no_area_is_set_it_is_asked_once_somebody_states_an_owner() -> None:
    begun: Tree = {**governed(), "Role/Rep": {}, "Role/Head": {"owner": "Sales Operations"}}
    assert told(begun, "OWNER003") == ["Role Rep has no owner and lies in no area"]
    assert [one for one in found({**governed(), "Role/Rep": {}}) if one.code == "OWNER003"] == []


def test_an_area_that_names_nothing_may_be_for_the_rest() -> None:
    assert told(governed(areas={"rest": area()}) | {"Role/Rep": {}}, "OWNER003") == []


def test_other_names_are_not_taken_for_slips() -> None:
    for owner in ("Sales Operations 2", "Sale Operations", "Support Operations", "Ana Ribeira Costa", "Ann Ribeiro"):
        assert told({"Role/Rep": {"owner": owner}}, "OWNER004") == [], owner


def test_a_spelling_in_use_is_a_name_of_its_own() -> None:
    many = {f"Role/Rep{number}": {"owner": "Sales Operation"} for number in range(3)}
    assert told(many, "OWNER004") == []


def test_the_same_letters_are_the_same_owner_however_often() -> None:
    many = {f"Role/Rep{number}": {"owner": "sales-operations"} for number in range(3)}
    assert told(many, "OWNER004") == [
        f'Rep{number} belongs to "sales-operations"; the Governance document knows "Sales Operations"'
        for number in range(3)
    ]
