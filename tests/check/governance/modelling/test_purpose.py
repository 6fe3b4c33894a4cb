"""Fields that do not say what they are for."""

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found

CASES = [
    Case(
        code="MODEL004",
        address="Field/Lead.Budget",
        failing={"Field/Lead.Budget": {"type": "currency", "description": " "}},
        passing={"Field/Lead.Budget": {"type": "currency", "description": "What the company can spend."}},
    )
]


def _project(described: int, lacking: int) -> dict[str, Body]:
    tree: dict[str, Body] = {f"Field/A__c.D{n}__c": {"type": "text", "help": "Said."} for n in range(described)}
    return tree | {f"Field/A__c.L{n}__c": {"type": "text"} for n in range(lacking)}


def lacking(tree: dict[str, Body]) -> int:
    return sum(1 for one in found(tree, files=True) if one.code == "MODEL004")


def test_a_project_that_describes_its_fields_is_asked_for_the_rest() -> None:
    assert lacking(_project(20, 3)) == 3


def test_a_project_that_does_not_is_not_asked() -> None:
    assert lacking(_project(10, 10)) == 0
    assert lacking(_project(4, 1)) == 0


def test_a_project_with_a_governance_document_is_asked() -> None:
    assert lacking({**_project(1, 2), "Governance/Ours": {"crm_owner": "Ana"}}) == 2
