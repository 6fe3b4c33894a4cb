"""How much of something one object may have."""

import re
from pathlib import Path

import pytest

from crmgov.check import governance
from crmgov.check.governance.limits import BUDGETS
from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found

DEAL: dict[str, Body] = {"Object/Deal": {}}
ONE: dict[str, Body] = {"Field/Deal.A": {"type": "text", "required": True, "description": "A."}}
TWO: dict[str, Body] = {**ONE, "Field/Deal.B": {"type": "text", "required": True, "description": "B."}}


def _budget(**budgets: int) -> dict[str, Body]:
    return {"Governance/Ours": {"budgets": budgets}}


def _many(kind: str, count: int, **body: object) -> dict[str, Body]:
    return {f"{kind}/Deal.N{n}": dict(body) for n in range(count)}


def _layout(count: int, behavior: str = "edit", end: str = "") -> dict[str, Body]:
    fields = [{"name": f"F{n}{end}", "behavior": behavior} for n in range(count)]
    return {"Layout/Deal.Form": {"sections": [{"name": "All", "fields": fields}]}}


CASES = [
    Case(
        code="BUDGET001",
        address="Object/Deal",
        failing={**DEAL, **TWO, **_budget(fields_per_object=1)},
        passing={**DEAL, **ONE, **_budget(fields_per_object=1)},
    ),
    Case(code="BUDGET002", address="Layout/Deal.Form", failing=_layout(51), passing=_layout(50)),
    Case(
        code="BUDGET003",
        address="Object/Deal",
        failing={**DEAL, **_many("Validation", 81, message="No")},
        passing={**DEAL, **_many("Validation", 81, message="No", active=False)},
    ),
    Case(
        code="BUDGET004",
        address="Object/Deal",
        failing={**DEAL, **TWO, **_budget(required_fields_per_object=1)},
        passing={**DEAL, **ONE, **_budget(required_fields_per_object=1)},
    ),
    Case(
        code="BUDGET005",
        address="Object/Deal",
        failing={**DEAL, **_many("RecordType", 1), **_budget(record_types_per_object=0)},
        passing={**DEAL, **_budget(record_types_per_object=0)},
    ),
    Case(
        code="BUDGET006",
        address="Pipeline/Deal.New",
        failing={"Pipeline/Deal.New": {"stages": ["A", "B", "C"]}, **_budget(stages_per_pipeline=2)},
        passing={"Pipeline/Deal.New": {"stages": ["A", "B"]}, **_budget(stages_per_pipeline=2)},
    ),
    Case(
        code="BUDGET007",
        address="Governance/Ours",
        failing=_budget(fields_per_objects=9),
        passing=_budget(fields_per_object=9),
    ),
]


def over(tree: dict[str, Body], *, files: bool = False) -> list[str]:
    return [one.message for one in found(tree, files=files) if one.code.startswith("BUDGET")]


def test_the_shipped_number_of_fields() -> None:
    assert over({**DEAL, **_many("Field", 400, type="text")}) == []
    [message] = over({**DEAL, **_many("Field", 401, type="text")})
    assert message == "Deal has 401 fields; the budget is 400"


def test_without_a_budget_nothing_is_said_of_record_types() -> None:
    assert over({**DEAL, **_many("RecordType", 60), "Pipeline/Deal.P": {"stages": [f"S{n}" for n in range(60)]}}) == []


def test_what_nobody_fills_does_not_count() -> None:
    computed: dict[str, Body] = {f"Field/Deal.F{n}": {"type": "formula"} for n in range(5)}
    assert over(_layout(60, "readonly")) == []
    assert over({**_layout(55), **computed}) == []


@pytest.mark.parametrize(("end", "told"), [("", 0), ("__c", 1)])
def test_a_form_as_the_vendor_ships_it_is_the_vendors(end: str, told: int) -> None:
    assert len(over(_layout(60, end=end), files=True)) == told


def test_the_nearest_budget_is_named() -> None:
    [message] = over(_budget(field_per_layout=9))
    assert message.endswith("did you mean fields_per_layout?")


def test_every_budget_a_rule_asks_for_is_known() -> None:
    sources = Path(governance.__path__[0]).rglob("*.py")
    asked = {name for file in sources for name in re.findall(r'budget\(\s*"(\w+)"', file.read_text(encoding="utf-8"))}
    assert "fields_per_layout" in asked
    assert asked <= BUDGETS.keys()
