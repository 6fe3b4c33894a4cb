"""The passport says who uses a thing, and where in them it is named."""

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Place
from crmgov.report.passport import passport, render
from tests.plan.world import tree

FAIR = {"field": "Source", "op": "equals", "value": "Fair"}
TREE: dict[str, Body] = {
    "Object/Lead": {"label": "Lead"},
    "Picklist/Source": {"label": "Source", "values": ["Web", "Fair"]},
    "Field/Lead.Source": {"type": "picklist", "picklist": "Source", "label": "Source"},
    "Validation/Lead.V": {"reject_when": {"all": [FAIR, {"field": "Source", "op": "present"}]}},
    "Field/Lead.Short": {"type": "formula", "returns": "text", "formula": 'CASE(Source, "Fair", "F", "")'},
    "PermissionSet/P": {"fields": {"Lead": {"fields": {"Source": "read"}}}},
}


def _used(address: str) -> list[str]:
    text = render(passport(tree(TREE), address, None), "human")
    return [" ".join(line.split()) for line in text.partition("\nUsed by ")[2].splitlines()[1:] if "/" in line]


def test_a_field_is_used_by_conditions_formulas_and_grants() -> None:
    assert _used("Field/Lead.Source") == [
        "Field/Lead.Short formula",
        "PermissionSet/P field Lead field Source",
        "Validation/Lead.V reject when",
    ]


def test_a_picklist_is_used_by_its_fields_and_by_what_names_its_values() -> None:
    assert _used("Picklist/Source") == ["Field/Lead.Short formula", "Field/Lead.Source picklist", "Validation/Lead.V reject when"]  # fmt: skip


def test_what_nothing_uses_says_so() -> None:
    assert "Used by nothing here" in render(passport(tree(TREE), "Validation/Lead.V", None), "human")


def test_what_is_no_resource_is_told_in_words_with_its_line() -> None:
    named = {'ListView/Lead."All Leads"': Place("All.listView-meta.xml", 7), "Button/Lead.Go": None}
    text = render(passport(tree(TREE), "Field/Lead.Source", None, mentions=named), "human")
    told = [" ".join(line.split()) for line in text.splitlines()]
    assert 'list view "All Leads" of Lead All.listView-meta.xml:7' in told
    assert 'button "Go" of Lead' in told
