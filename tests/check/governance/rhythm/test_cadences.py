"""What is done regularly is done, and dates are days that have been."""

from typing import Any

import pytest

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, Tree, found


def governed(**cadence: Any) -> Body:
    return {"crm_owner": "Ana", "cadences": {"access_review": {"every_days": 90, **cadence}}}


CASES = (
    Case(
        code="RHYTHM001",
        address="Governance/Us",
        failing={"Governance/Us": governed(last="2026-03-16")},
        passing={"Governance/Us": governed(last="2026-03-17")},
    ),
    Case(
        code="RHYTHM002",
        address="Governance/Us",
        failing={"Governance/Us": governed()},
        passing={"Governance/Us": governed(last="2026-06-01")},
    ),
    Case(
        code="RHYTHM005",
        address="Governance/Us",
        failing={"Governance/Us": governed(last="2062-06-01")},
        passing={"Governance/Us": governed(last="2026-06-16")},
    ),
    Case(
        code="RHYTHM006",
        address="Governance/Us",
        failing={"Governance/Us": {"crm_owner": "Ana"}},
        passing={"Governance/Us": governed(last="2026-06-01")},
    ),
)


def told(**cadence: Any) -> list[str]:
    return [
        one.message for one in found({"Governance/Us": governed(**cadence)}) if one.code.startswith(("RHYTHM", "OWNER"))
    ]


def test_it_says_how_late_and_whose_it_is() -> None:
    assert told(last="2026-03-01", owner="Revenue Operations") == [
        "access_review is 16 days overdue: last done on 2026-03-01, due every 90 days; Revenue Operations does it"
    ]
    assert told(last="2026-03-16") == [
        "access_review is 1 day overdue: last done on 2026-03-16, due every 90 days; nobody is named who does it"
    ]


@pytest.mark.parametrize("last", ["2026-02-30", "2026-13-01", "0000-00-00"])
def test_no_day_is_no_day(last: str) -> None:
    assert told(last=last) == [f"access_review was last done on {last}, which is no day of the calendar"]


def test_a_tree_without_governance_owes_nothing() -> None:
    tree: Tree = {"Object/Lead": {"label": "Lead"}, "External/Mail": {"type": "template"}}
    assert not [one.code for one in found(tree, files=True) if one.code.startswith(("RHYTHM", "OWNER"))]
