"""Who may do more than the work needs, or less."""

import pytest

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, Tree, found

SELLERS: Body = {"grants": ["Sales"]}
PERSON: Body = {"type": "email", "personal_data": ["GDPR"]}
SECRET: Body = {"type": "currency", "sensitivity": "restricted"}
READING: Body = {"objects": {"Lead": {"read": True}}, "fields": {"Lead": {"default": "read"}}}
TEXT: Body = {"type": "text"}


def _rights(**rights: bool) -> Body:
    return {"objects": {"Lead": {"read": True, **rights}}}


def _capable(*names: str) -> Body:
    return {"capabilities": dict.fromkeys(names, True)}


def _roles(count: int) -> dict[str, Body]:
    return {f"Role/R{number}": SELLERS for number in range(count)}


OPEN: dict[str, Body] = {
    "Field/Lead.Margin": SECRET,
    "PermissionSet/Sales": READING | {"fields": {"Lead": {"fields": {"Margin": "read"}}}},
}
EXPORTER: dict[str, Body] = {"Field/Lead.Email": PERSON, "PermissionSet/Sales": _rights(view_all=True, export=True)}
MATCHED: Body = {"matching": {"Same": {"fields": {"Email": "exact"}, "active": True}}}
DASHBOARD: Body = {"type": "dashboard", "owner": "Seller", "reads": ["Lead.Margin"]}
GROUP: Body = {"includes": ["Everything", "Reports"]}

CASES = [
    Case(
        code="ACCESS001",
        address="PermissionSet/Sales",
        failing={"PermissionSet/Sales": _rights(modify_all=True)},
        passing={"PermissionSet/SalesAdmin": _rights(modify_all=True), "PermissionSet/Sales": _rights(modify_all=False)},
    ),
    Case(
        code="ACCESS002",
        address="PermissionSet/MarketingIntern",
        failing={"Field/Lead.Email": PERSON, "PermissionSet/MarketingIntern": _rights(export=True)},
        passing={"Field/Lead.Email": PERSON, "PermissionSet/InternalSales": _rights(export=True)},
    ),
    Case(
        code="ACCESS002",
        address="Role/Guest",
        failing={
            "Field/Lead.Email": PERSON,
            "Role/Guest": {"grants": ["Sales"]},
            "PermissionSet/Sales": _rights(export=True),
        },
        passing={
            "Field/Lead.Email": PERSON,
            "Role/Guest": {"grants": ["Sales"]},
            "PermissionSet/Sales": _rights(export=False),
        },
    ),
    Case(
        code="ACCESS003",
        address="PermissionSet/Sales",
        failing={"PermissionSet/Sales": _capable("ViewAllData")},
        passing={"PermissionSet/Sales": _capable("RunReports"), "PermissionSet/Ops": _capable("ViewAllData") | {"tags": ["privileged"]}},
    ),
    Case(
        code="ACCESS004",
        address="PermissionSet/Sales",
        failing={"PermissionSet/Sales": _capable("CustomizeApplication")},
        passing={"PermissionSet/Sales": {"capabilities": {"CustomizeApplication": False}}},
    ),
    Case(
        code="ACCESS005",
        address="PermissionSet/Sales",
        failing=EXPORTER,
        passing={"Field/Lead.Email": PERSON, "PermissionSet/Sales": _rights(view_all=True, export=False)},
    ),
    Case(
        code="ACCESS005",
        address="PermissionSet/Team",
        failing={
            "Field/Lead.Email": PERSON,
            "PermissionSet/Everything": _rights(view_all=True),
            "PermissionSet/Reports": _capable("ExportReport"),
            "PermissionSet/Team": GROUP,
        },
        passing={
            "Field/Lead.Email": PERSON,
            "PermissionSet/Everything": _rights(view_all=True),
            "PermissionSet/Reports": _capable("ExportReport"),
            "PermissionSet/Team": GROUP | {"mutes": ["Reports"]},
        },
    ),
    Case(
        code="ACCESS006",
        address="PermissionSet/Sales",
        failing={"Object/Lead": {}, "PermissionSet/Sales": _rights(**{"import": True})},
        passing={"Object/Lead": MATCHED, "PermissionSet/Sales": _rights(**{"import": True})},
    ),
    Case(
        code="ACCESS007",
        address="Object/Lead",
        failing={
            "Governance/Acme": {"budgets": {"export_roles": 1}},
            "Object/Lead": {},
            "PermissionSet/Sales": _rights(export=True),
            **_roles(2),
        },
        passing={
            "Governance/Acme": {"budgets": {"export_roles": 1}},
            "Object/Lead": {},
            "PermissionSet/Sales": _rights(export=True),
            **_roles(1),
        },
    ),
    Case(code="ACCESS008", address="Field/Lead.Margin", failing=OPEN | _roles(4), passing=OPEN | _roles(3)),
    Case(
        code="ACCESS008",
        address="Field/Lead.Margin",
        failing=OPEN | _roles(3) | {"Governance/Acme": {"budgets": {"readers_of_restricted_field": 2}}},
        passing=OPEN | _roles(5) | {"Governance/Acme": {"budgets": {"readers_of_restricted_field": 5}}},
    ),
    Case(
        code="ACCESS009",
        address="PermissionSet/Sales",
        failing={"Field/Lead.Margin": SECRET, "PermissionSet/Sales": _rights(view_all_fields=True)},
        passing={"Field/Lead.Margin": TEXT, "PermissionSet/Sales": _rights(view_all_fields=True)},
    ),
    Case(
        code="ACCESS010",
        address="PermissionSet/Sales",
        failing={
            "Role/Seller": SELLERS,
            "PermissionSet/Sales": _rights() | {"fields": {"Lead": {"fields": {"Margin": "edit"}}}},
        },
        passing={
            "Role/Seller": SELLERS,
            "PermissionSet/Sales": _rights(update=True) | {"fields": {"Lead": {"fields": {"Margin": "edit"}}}},
        },
    ),
    Case(
        code="ACCESS011",
        address="PermissionSet/Sales",
        failing={"Role/Seller": SELLERS, "PermissionSet/Sales": {"fields": {"Lead": {"fields": {"Margin": "read"}}}}},
        passing={"Role/Seller": SELLERS, "PermissionSet/Sales": READING},
    ),
    Case(
        code="ACCESS012",
        address="Role/Seller",
        failing={"Role/Seller": SELLERS, "PermissionSet/Sales": _rights(), "Field/Lead.Margin": TEXT},
        passing={"Role/Seller": SELLERS, "PermissionSet/Sales": READING, "Field/Lead.Margin": TEXT},
    ),
    Case(
        code="ACCESS014",
        address="PermissionSet/Old",
        failing={"Role/Seller": SELLERS, "PermissionSet/Sales": READING, "PermissionSet/Old": _rights()},
        passing={"Role/Seller": SELLERS, "PermissionSet/Sales": READING, "PermissionSet/All": READING | {"profile": True}},
    ),
    Case(
        code="ACCESS015",
        address="PermissionSet/Selling",
        failing={"PermissionSet/Sales": READING, "PermissionSet/Selling": READING | {"label": "Selling"}},
        passing={"PermissionSet/Sales": READING, "PermissionSet/Selling": READING | _rights(update=True)},
    ),
    Case(
        code="ACCESS016",
        address="Setting/OrgSecurity",
        failing={"Setting/OrgSecurity": {"values": {"MultiFactorRequired": False}}},
        passing={"Setting/OrgSecurity": {"values": {"MultiFactorRequired": True, "SkipMfaForKiosks": False}}},
    ),
    Case(
        code="ACCESS017",
        address="External/Margins",
        failing={"Role/Seller": SELLERS, "PermissionSet/Sales": _rights(), "Field/Lead.Margin": TEXT, "External/Margins": DASHBOARD},
        passing={"Role/Seller": SELLERS, "PermissionSet/Sales": READING, "Field/Lead.Margin": TEXT, "External/Margins": DASHBOARD},
    ),
    Case(
        code="ACCESS018",
        address="Object/Lead",
        failing={"Object/Lead": {"visible_to": ["Buyer"]}, "Role/Seller": SELLERS, "PermissionSet/Sales": READING},
        passing={
            "Object/Lead": {"visible_to": ["Seller"]},
            "Role/Seller": SELLERS | {"parent": "Head"},
            "Role/Head": SELLERS,
            "PermissionSet/Sales": READING,
        },
    ),
]  # fmt: skip


def _codes(tree: Tree, *, files: bool = False) -> set[str]:
    return {one.code for one in found(tree, files=files)}


def test_a_combination_is_told_where_it_first_arises() -> None:
    tree = EXPORTER | {"PermissionSet/Team": {"includes": ["Sales"]}, "Role/Seller": {"grants": ["Team"]}}
    assert [one.address for one in found(tree) if one.code == "ACCESS005"] == ["PermissionSet/Sales"]


def test_a_combination_of_a_role_names_both_sets() -> None:
    tree: dict[str, Body] = {
        "Field/Lead.Email": PERSON,
        "PermissionSet/Everything": _rights(view_all=True),
        "PermissionSet/Reports": _capable("ExportReport"),
        "Role/Seller": {"grants": ["Everything", "Reports"]},
    }
    (finding,) = [one for one in found(tree) if one.code == "ACCESS005"]
    assert finding.address == "Role/Seller"
    assert "Everything and Reports together" in finding.message


def test_what_takes_rights_back_in_a_vendors_files_gives_none() -> None:
    tree: dict[str, Body] = {
        "PermissionSet/Muting": _rights(modify_all=True),
        "PermissionSet/Team": {"includes": ["Sales"], "mutes": ["Muting"]},
        "PermissionSet/Sales": _rights(),
    }
    assert "ACCESS001" in _codes(tree)
    assert "ACCESS001" not in _codes(tree, files=True)
    assert "ACCESS001" not in _codes(tree | {"Field/Lead.Tier__c": TEXT})


def test_circles_of_groups_and_roles_end() -> None:
    tree: dict[str, Body] = {
        "PermissionSet/A": {"includes": ["B"], "objects": {"Lead": {"read": True}}},
        "PermissionSet/B": {"includes": ["A"]},
        "Role/X": {"parent": "Y", "grants": ["A"]},
        "Role/Y": {"parent": "X", "grants": ["B"]},
        "Object/Lead": {"visible_to": ["X"]},
    }
    assert "ACCESS018" not in _codes(tree)


@pytest.mark.parametrize(
    "body",
    [
        {"objects": None, "fields": None, "capabilities": None, "record_types": None, "includes": None},
        {"objects": {"Lead": None}, "fields": {"Lead": None}, "record_types": {"Lead": {"Retail": None}}},
        {"fields": {"Lead": {"default": None, "fields": None}}, "tags": None, "mutes": None},
    ],
)
def test_what_is_governed_and_empty_is_no_mistake(body: Body) -> None:
    tree: dict[str, Body] = {
        "PermissionSet/Sales": body,
        "Role/Seller": SELLERS | {"parent": None},
        "Role/None": {"grants": None},
        "Object/Lead": {"visible_to": None, "matching": None},
        "Field/Lead.Margin": {"type": None, "sensitivity": None, "personal_data": None},
        "Setting/Org": {"values": None},
        "External/Board": {"type": "dashboard", "reads": None, "owner": "Seller"},
        "Team/Queue": {"type": "queue", "objects": None, "members": None},
        "Layout/Lead.Lead": {"sections": None},
        "Validation/Lead.Rule": {"formula": None, "reject_when": None},
        "RecordType/Lead.Retail": {"picklists": None},
        "StageSet/LeadStages": {"stages": None, "field": "Lead.Status"},
        "Pipeline/Lead.Main": {"stages": None},
        "Automation/Lead.Greet": {"active": None, "description": None},
        "Governance/Acme": {"budgets": None},
    }
    assert isinstance(_codes(tree), set)
