"""Overlays: other values in one environment, and nothing else anywhere."""

from pathlib import Path

import pytest

from crmgov.load.overlays import apply_overlays
from crmgov.load.tree import load_tree
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.snapshot import Snapshot

CONFIG = """\
kind: Object
name: Lead
label: Lead
fields:
  Region: {type: text, length: 20, help: Where}
  "Odd name": {type: text}
---
kind: Picklist
name: Tier
values: [Gold, {name: Iron, label: Ferrum}]
native: {salesforce: {a: 1}}
---
kind: Layout
name: Main
object: Lead
sections:
  - name: Top
    fields: [{name: Region, behavior: edit}]
---
kind: Role
name: Sales
"""
ENVIRONMENT = "kind: Environment\nname: test\nprovider: sql\nconnection: {url: 'sqlite:///.crmgov/t.db'}\noverlays:\n"


def overlaid(tmp_path: Path, overlays: str) -> tuple[Snapshot, Snapshot, list[Diagnostic]]:
    for folder in ("config", "environments"):
        (tmp_path / folder).mkdir()
    (tmp_path / "config/a.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "environments/test.yaml").write_text(ENVIRONMENT + overlays, encoding="utf-8")
    loaded = load_tree(tmp_path, cache=False)
    assert loaded.diagnostics == []
    snapshot, problems = apply_overlays(loaded.snapshot, "test")
    return loaded.snapshot, snapshot, problems


@pytest.mark.parametrize(
    ("overlay", "address", "body"),
    [
        ("{address: Field/Lead.Region, set: {length: 40}}", "Field/Lead.Region",
         {"type": "text", "length": 40, "help": "Where"}),
        ("{address: Field/Lead.Region, set: {length: null}, unset: [help]}", "Field/Lead.Region",
         {"type": "text", "length": None}),
        ("{address: 'Field/Lead.\"Odd name\"', set: {label: Even}}", 'Field/Lead."Odd name"',
         {"type": "text", "label": "Even"}),
        ("{address: 'Picklist/Tier#values[Gold]', set: {label: Aurum}}", "Picklist/Tier",
         {"native": {"salesforce": {"a": 1}},
          "values": [{"name": "Gold", "label": "Aurum"}, {"name": "Iron", "label": "Ferrum"}]}),
        ("{address: 'Picklist/Tier#values[Iron]', exclude: true}", "Picklist/Tier",
         {"native": {"salesforce": {"a": 1}}, "values": [{"name": "Gold"}]}),
        ("{address: Picklist/Tier, set: {native.salesforce.b: 2}, unset: [native.salesforce.a, values]}",
         "Picklist/Tier", {"native": {"salesforce": {"b": 2}}}),
        ("{address: 'Layout/Lead.Main#sections[Top]#fields[Region]', set: {behavior: readonly}}", "Layout/Lead.Main",
         {"sections": [{"name": "Top", "fields": [{"name": "Region", "behavior": "readonly"}]}]}),
        ("{address: Role/Sales, set: {tags: [b, a, b]}}", "Role/Sales", {"tags": ["a", "b"]}),
    ],
)  # fmt: skip
def test_what_they_change(tmp_path: Path, overlay: str, address: str, body: object) -> None:
    base, snapshot, problems = overlaid(tmp_path, f"  - {overlay}\n")
    assert problems == []
    assert snapshot.body(address) == body
    assert snapshot.digests[address] != base.digests[address]
    others = set(base) - {address}
    assert {place: snapshot.digests[place] for place in others} == {place: base.digests[place] for place in others}
    assert list(snapshot) == list(base)


def test_later_overlays_build_on_earlier_ones(tmp_path: Path) -> None:
    overlays = "  - {address: Role/Sales, set: {label: A, help: x}}\n  - {address: Role/Sales, set: {label: A}}\n"
    overlays += "  - {address: Role/Sales, set: {description: B}}\n"
    _, snapshot, problems = overlaid(tmp_path, overlays)
    assert [problem.code for problem in problems] == ["ROLE004"], "help is no attribute of a role"
    assert snapshot.body("Role/Sales") == {"label": "A", "description": "B"}


def test_what_is_excluded_is_gone_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    base, snapshot, problems = overlaid(tmp_path, "  - {address: Object/Lead, exclude: true}\n")
    assert problems == []
    assert set(base) - set(snapshot) == {
        "Object/Lead",
        "Field/Lead.Region",
        'Field/Lead."Odd name"',
        "Layout/Lead.Main",
    }
    with pytest.raises(KeyError):
        snapshot.bodies["Object/Lead"]
    assert set(snapshot.bodies) == set(snapshot)


@pytest.mark.parametrize(
    ("overlay", "code"),
    [
        ("{address: Role/Nobody, exclude: true}", "OVERLAY001"),
        ("{address: Role, exclude: true}", "OVERLAY001"),
        ("{address: 'Role/Sales#values[x]', exclude: true}", "OVERLAY001"),
        ("{address: Nothing/Sales, exclude: true}", "OVERLAY001"),
        ("{address: Role/Sales, set: {kind: Team}}", "OVERLAY002"),
        ("{address: Role/Sales, set: {name: Team}}", "OVERLAY002"),
        ("{address: Field/Lead.Region, set: {type: email}}", "OVERLAY002"),
        ("{address: Field/Lead.Region, unset: [type]}", "OVERLAY002"),
        ("{address: Field/Lead.Region, set: {object: Account}}", "OVERLAY002"),
        ("{address: 'Picklist/Tier#values[Gold]', set: {name: Silver}}", "OVERLAY002"),
        ("{address: Role/Sales, unset: [label]}", "OVERLAY003"),
        ("{address: Field/Lead.Region, set: {help.inner: x}}", "OVERLAY003"),
        ("{address: Role/Sales}", "OVERLAY004"),
        ("{address: Role/Sales, set: {label: [x]}}", "ROLE001"),
        ("{address: Role/Sales, set: {}, unset: []}", "OVERLAY004"),
    ],
)
def test_what_they_may_not_do(tmp_path: Path, overlay: str, code: str) -> None:
    base, snapshot, problems = overlaid(tmp_path, f"  - {overlay}\n")
    assert [problem.code for problem in problems] == [code]
    assert problems[0].at is not None
    assert problems[0].at.file == "environments/test.yaml"
    assert dict(snapshot.digests) == dict(base.digests)


def test_an_unknown_environment(tmp_path: Path) -> None:
    base, _, _ = overlaid(tmp_path, "  []\n")
    snapshot, problems = apply_overlays(base, "production")
    assert snapshot is base
    assert [problem.code for problem in problems] == ["OVERLAY006"]


def test_loading_for_an_environment_applies_them(tmp_path: Path) -> None:
    overlaid(tmp_path, "  - {address: Role/Sales, set: {label: Here}}\n")
    loaded = load_tree(tmp_path, cache=False, environment="test")
    assert loaded.snapshot.body("Role/Sales") == {"label": "Here"}
    assert loaded.snapshot.places["Role/Sales"].file == "config/a.yaml"
