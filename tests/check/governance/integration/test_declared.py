"""An integration says whose it is, what happens when it fails, how it is built, how often it runs, and is not one too many."""

from typing import Any

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found
from tests.check.governance.integration.trees import FIELDS, Tree, codes, comes, system

MAP = comes("Size", "staff")
ONE = {**FIELDS, **system("Web", MAP)}


def limited(**budgets: int) -> Body:
    return {"crm_owner": "Ana", "budgets": budgets, "cadences": {"review": {"every_days": 90, "last": "2026-06-01"}}}


CASES = (
    Case(
        code="SHARED013",
        address="Integration/Web",
        failing={**FIELDS, **system("Web", MAP, owner=None)},
        passing=ONE,
    ),
    Case(
        code="SHARED014",
        address="Integration/Web",
        failing={**FIELDS, **system("Web", MAP, cadence="daily", max_lag_hours=2)},
        passing={**FIELDS, **system("Web", MAP, cadence="daily", max_lag_hours=24)},
    ),
    Case(
        code="SHARED015",
        address="Governance/Us",
        failing={**ONE, "Governance/Us": limited(integrations=0)},
        passing={**ONE, "Governance/Us": limited(integrations=1)},
    ),
    Case(
        code="SHARED017",
        address="Integration/Web",
        failing={**FIELDS, **system("Web", MAP, mode="manual")},
        passing=ONE,
    ),
    Case(
        code="SHARED018",
        address="Integration/Web",
        failing={**FIELDS, **system("Web", MAP, mode="middleware")},
        passing={
            **FIELDS,
            **system("Web", MAP, mode="middleware", description="Forms of the web site become accounts."),
        },
    ),
)


def told(code: str, tree: Tree | None = None, **more: Any) -> list[str]:
    whole = {**FIELDS, **system("Web", MAP, **more), **(tree or {})}
    return [one.message for one in found(whole) if one.code == code]


def test_all_that_is_lacking_is_told_once_with_what_rests_on_it() -> None:
    reads = {"trigger": {"on": "saved"}, "when": {"field": "Size", "op": "present"}, "actions": []}
    assert told("SHARED013", {"Automation/Account.Grade": reads}, owner=None, on_error=None) == [
        "Web names no owner and no error path (on_error); Grade rests on what it brings in"
    ]


def test_the_owner_of_its_area_answers_for_it() -> None:
    area = {"owner": "Ops", "handle": "@us/ops", "kinds": ["Integration"]}
    assert told("SHARED013", {"Governance/Us": {**limited(), "areas": {"all": area}}}, owner=None) == []


def test_what_people_carry_needs_neither_error_path_nor_identity() -> None:
    assert told("SHARED013", mode="manual", on_error=None, runs_as=None) == []


def test_what_does_not_run_owes_nothing() -> None:
    assert codes({**FIELDS, **system("Web", MAP, owner=None, cadence=None, active=False)}) == []


def test_a_lag_that_cannot_be_kept() -> None:
    assert told("SHARED014", cadence="daily", max_lag_hours=2) == [
        "Web promises a lag of 2 hours, but runs daily, so 24 hours may pass"
    ]
    assert told("SHARED014", cadence="on_demand", max_lag_hours=2) == [
        "Web promises a lag of 2 hours, but runs only when somebody starts it"
    ]
    assert told("SHARED014", cadence=None) == ["Web does not say how often it runs"]
    assert told("SHARED014", cadence="realtime", max_lag_hours=0) == []


def test_each_budget_has_a_count_of_its_own() -> None:
    tree = {**system("Shop", MAP, owner="Ops"), "Governance/Us": limited(mapped_fields=0, shared_writers=0)}
    assert told("SHARED015", tree) == [
        "1 field shared with other systems; the budget is 0",
        "1 field written by more than one integration; the budget is 0",
    ]
