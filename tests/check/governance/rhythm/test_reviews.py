"""Dashboards, reports and templates are looked through."""

from typing import Any

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, Tree, found


def reviews(**cadences: int) -> Tree:
    held = {name: {"every_days": every, "last": "2026-06-10"} for name, every in cadences.items()}
    return {"Governance/Us": {"crm_owner": "Ana", "cadences": held}}


def shown(**more: Any) -> dict[str, Body]:
    return {"External/Cockpit": {"type": "dashboard", "label": "Cockpit", **more}}


def limited(**budgets: int) -> Tree:
    cadences = {"review": {"every_days": 90, "last": "2026-06-10"}}
    return {"Governance/Us": {"crm_owner": "Ana", "cadences": cadences, "budgets": budgets}}


CASES = (
    Case(
        code="RHYTHM007",
        address="Governance/Us",
        failing={**limited(dashboards=0), **shown()},
        passing={**limited(dashboards=0), **shown(lifecycle={"status": "retired"})},
    ),
    Case(
        code="RHYTHM008",
        address="External/Cockpit",
        failing={**limited(fields_per_dashboard=1), **shown(reads=["Deal.Stage", "Deal.Amount"])},
        passing={**limited(fields_per_dashboard=2), **shown(reads=["Deal.Stage", "Deal.Amount"])},
    ),
    Case(
        code="RHYTHM003",
        address="External/Cockpit",
        failing={**reviews(dashboard_review=31), **shown(reviewed="2026-05-14")},
        passing={**reviews(dashboard_review=31), **shown(reviewed="2026-05-15")},
    ),
    Case(
        code="RHYTHM004",
        address="External/Cockpit",
        failing={**reviews(dashboard_review=31), **shown()},
        passing={**reviews(access_review=31), **shown()},
    ),
)


def told(tree: Tree) -> list[str]:
    return [one.message for one in found(tree) if one.code.startswith(("RHYTHM", "OWNER"))]


def test_it_says_how_late_and_whose_it_is() -> None:
    message = (
        '"Cockpit" was last looked through on 2026-05-01, 14 days more than Dashboards allows; '
        "Sales Operations answers for it"
    )
    tree = {**reviews(Dashboards=31), **shown(reviewed="2026-05-01", owner="Sales Operations")}
    assert told(tree) == [message]


def test_the_more_frequent_cadence_counts() -> None:
    tree = {**reviews(dashboard_audit=365, dashboard_review=31), **shown(reviewed="2026-05-01")}
    assert [one.code for one in found(tree) if one.code.startswith(("RHYTHM", "OWNER"))] == ["RHYTHM003"]


def test_each_type_has_its_own_cadence() -> None:
    assert told({**reviews(template_review=10, dashboard_review=90), **shown(reviewed="2026-05-01")}) == []
    assert told({**reviews(dashboard_review=10), "External/Pack": {"type": "package", "reviewed": "2020-01-01"}}) == []


def test_what_is_on_its_way_out_is_not_reviewed() -> None:
    assert told({**reviews(dashboard_review=31), **shown(lifecycle={"status": "deprecated"})}) == []


def test_a_day_to_come_is_told_without_any_cadence() -> None:
    assert told(shown(reviewed="2027-01-01")) == ['"Cockpit" was reviewed on 2027-01-01, which is still to come']
