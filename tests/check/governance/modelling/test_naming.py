"""Names and labels by the repository's own conventions."""

import pytest

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found

FIELD: Body = {"type": "text", "description": "D.", "label": "Next step"}


def _rule(kind: str = "Field", **rule: object) -> dict[str, Body]:
    return {"Governance/Ours": {"naming": {kind: rule}, "label": "Ours"}}


CASES = [
    Case(
        code="NAMING001",
        address="Field/Lead.next_step",
        failing={"Field/Lead.next_step": FIELD, **_rule(pattern="^([A-Z][a-z0-9]*)+$")},
        passing={"Field/Lead.NextStep__c": FIELD, **_rule(pattern="^([A-Z][a-z0-9]*)+$")},
    ),
    Case(
        code="NAMING001",
        address="Setting/Password",
        failing={"Setting/Password": {}, **_rule("Setting", prefix="Org")},
        passing={"Setting/OrgPassword": {}, **_rule("Setting", prefix="Org")},
    ),
    Case(
        code="NAMING002",
        address="Field/Lead.NextStep",
        failing={"Field/Lead.NextStep": {**FIELD, "label": "Next Step"}, **_rule(label_case="sentence")},
        passing={"Field/Lead.NextStep": FIELD, **_rule(label_case="sentence")},
    ),
    Case(
        code="NAMING003",
        address="Governance/Ours",
        failing=_rule(pattern="^(?=A)(.*)\\1"),
        passing=_rule(pattern="^A"),
    ),
    Case(code="NAMING003", address="Governance/Ours", failing=_rule("Feild", prefix="A"), passing=_rule(prefix="A")),
]


def of(code: str, tree: dict[str, Body]) -> list[str]:
    return [one.message for one in found(tree) if one.code == code]


@pytest.mark.parametrize(
    ("label", "case"),
    [
        ("Date of Birth", "title"),
        ("E-mail Address", "title"),
        ("VAT number of the Acme shop", "sentence"),
        ("LinkedIn profile", "sentence"),
        ("iPhone", "sentence"),
        ("May revenue", "sentence"),
        ("Last Monday", "sentence"),
        ("#1 choice", "sentence"),
        ("", "title"),
        ("anything At All", "any"),
    ],
)
def test_labels_that_keep_it(label: str, case: str) -> None:
    tree: dict[str, Body] = {
        "Field/Lead.F": {**FIELD, "label": label},
        "Integration/Shop": {"system": "Acme"},
        **_rule(label_case=case),
    }
    assert of("NAMING002", tree) == []


@pytest.mark.parametrize(
    ("label", "case", "word"),
    [("Date of birth", "title", "birth"), ("next step", "sentence", "next"), ("Next Big Step", "sentence", "Big")],
)
def test_labels_that_break_it(label: str, case: str, word: str) -> None:
    [message] = of("NAMING002", {"Field/Lead.F": {**FIELD, "label": label}, **_rule(label_case=case)})
    assert message.endswith(f": {word}")


def test_no_pattern_takes_long() -> None:
    tree: dict[str, Body] = {f"Field/Lead.{'a' * 5000}{n}": FIELD for n in range(20)}
    assert len(of("NAMING001", {**tree, **_rule(pattern="^(a|a?)+(a*)*b$")})) == 20


@pytest.mark.parametrize("pattern", ["(", "a" * 5000, "((a{1000}){1000}){1000}"])
def test_a_pattern_that_cannot_be_used_is_told_once(pattern: str) -> None:
    tree: dict[str, Body] = {"Field/Lead.A": FIELD, "Field/Lead.B": FIELD, **_rule(pattern=pattern)}
    assert len(of("NAMING003", tree)) == 1
    assert of("NAMING001", tree) == []
