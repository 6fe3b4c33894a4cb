"""From what exists to a governed repository: pull into nothing, plan is empty; edit, apply, plan is empty again."""

import shutil
from pathlib import Path

import pytest

from tests.providers.salesforce.world import PROJECT
from tests.scenarios.world import World, with_records

ALLOW = [
    word
    for hazard in (
        "data-loss",
        "access-widened",
        "values-rewritten",
        "records-invalidated",
        "overwrites-live",
        "breaks-use",
    )
    for word in ("--allow", hazard)
]
SALESFORCE = "kind: Environment\nname: org\nprovider: salesforce\nconnection: {project: project}\n"


def emptied(world: World) -> World:
    """The same environments without configuration and without ledger."""
    shutil.rmtree(world.root / "config")
    world.git("for-each-ref", "--format=delete %(refname)", "refs/crmgov")
    for ref in world.git("for-each-ref", "--format=%(refname)", "refs/crmgov").splitlines():
        world.git("update-ref", "-d", ref)
    return world


def test_a_database_pulled_into_nothing_plans_to_nothing(world: World) -> None:
    with_records(world)
    emptied(world)
    before = world.resources()
    world("pull", "sandbox")
    world("validate")
    plan = world.plan()
    assert plan["core"]["steps"] == []
    assert {r["action"] for r in plan["core"]["records"]} == {"adopt"}
    world("plan", "sandbox", "--exit-code")
    assert "0 resources added, 0 changed" in world("pull", "sandbox").out
    world.commit("Pulled")
    world.apply()
    assert world.resources() == before
    field = next((world.root / "config").rglob("Company.yaml"))
    field.write_text(field.read_text().replace("length: 80", "length: 120"))
    world.commit("Longer names")
    assert world.steps() == ["modify Field/Lead.Company"]
    world.apply()
    field.unlink()
    world.commit("No company")
    world.apply("sandbox", *ALLOW)
    assert "Company" not in {row[1] for row in world.sql('PRAGMA table_info("Lead")')}


@pytest.fixture
def org(tmp_path: Path) -> World:
    """A repository around our own Salesforce project, pulled."""
    world = World(tmp_path / "repository")
    world.root.mkdir()
    world.git("init", "--quiet", "--initial-branch=main")
    shutil.copytree(PROJECT, world.root / "project")
    world.write(".gitignore", ".crmgov/\n*.plan\n*.snapshot\n")
    world.write("environments/org.yaml", SALESFORCE)
    ended = world("show", "org", "--format", "json")
    instance = ended.json["identity"]["instance"]
    world.write("environments/org.yaml", SALESFORCE + f"expects: {{instance: {instance}}}\n")
    world("pull", "org")
    world.commit("Pulled")
    return world


def files(world: World) -> dict[str, bytes]:
    """Every file of the project."""
    below = world.root / "project"
    return {str(path.relative_to(below)): path.read_bytes() for path in below.rglob("*") if path.is_file()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Names of files that differ, without their folders."""
    return {Path(name).name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_a_project_pulled_plans_to_nothing_and_back(org: World) -> None:
    before = files(org)
    org("validate", status=None)
    assert org.steps("org") == []
    org("plan", "org", "--exit-code")
    assert "0 resources added, 0 changed" in org("pull", "org").out
    org.apply("org")
    assert files(org) == before

    field = next(path for path in (org.root / "config").rglob("Notes_Rich__c.yaml"))
    field.write_text(field.read_text().replace("label: ", "label: New ", 1))
    org.write(
        "config/new.yaml",
        "kind: Field\nobject: Berth__c\nname: Depth__c\nlabel: Depth\ntype: decimal\nprecision: 6\nscale: 2\n",
    )
    org.commit("Depth")
    org.apply("org", *ALLOW)
    assert changed(before, files(org)) == {"Notes_Rich__c.field-meta.xml", "Depth__c.field-meta.xml"}

    (org.root / "config/new.yaml").unlink()
    org.commit("No depth")
    assert org.steps("org") == ["remove Field/Berth__c.Depth__c"]
    org("apply", "org", "--yes", status=4)
    org.apply("org", *ALLOW)
    assert changed(before, files(org)) == {"Notes_Rich__c.field-meta.xml"}


def test_a_hand_edited_file_is_drift_told_pulled_or_reverted(org: World) -> None:
    org.apply("org")
    path = next((org.root / "project").rglob("Remarks__c.field-meta.xml"))
    text = path.read_text()
    edited = text.replace("<label>", "<label>Old ", 1)
    path.write_text(edited)
    assert org.steps("org") == []
    assert "Old " in org("drift", "org", "--exit-code", status=3).out
    org("apply", org.saved("org", "--revert", "Berth__c.Remarks__c"))
    assert path.read_text() == text
    path.write_text(edited)
    org("pull", "org", "--only", "Berth__c.Remarks__c")
    org.settled("org")
    org.apply("org")
    assert path.read_text() == edited
    org("drift", "org", "--exit-code")


def test_a_file_removed_by_hand_comes_back(org: World) -> None:
    org.apply("org")
    path = next((org.root / "project").rglob("Remarks__c.field-meta.xml"))
    before = org.resources("org")
    path.unlink()
    assert org.steps("org") == []
    org("apply", org.saved("org", "--revert", "*"), *ALLOW)
    assert org.resources("org") == before


def test_a_rename_of_a_field_moves_its_file(org: World) -> None:
    org.apply("org")
    field = next((org.root / "config").rglob("Remarks__c.yaml"))
    field.write_text(field.read_text().replace("name: Remarks__c", "name: Comments__c\nrenamed_from: [Remarks__c]"))
    for path in (org.root / "config").rglob("*.yaml"):
        if path != field:
            path.write_text(path.read_text().replace("Remarks__c", "Comments__c"))
    org.commit("Comments")
    told = org("plan", "org")
    org.apply("org", *ALLOW)
    assert "Comments__c" in told.out


@pytest.mark.parametrize("stale", ["edit", "remove"])
def test_a_stale_plan_for_files_is_refused(org: World, stale: str) -> None:
    field = next((org.root / "config").rglob("Remarks__c.yaml"))
    field.write_text(field.read_text().replace("label: ", "label: New ", 1))
    plan = org.saved("org")
    path = next((org.root / "project").rglob("Remarks__c.field-meta.xml"))
    if stale == "edit":
        path.write_text(path.read_text().replace("<label>", "<label>Old ", 1))
    else:
        path.unlink()
    before = files(org)
    org("apply", plan, *ALLOW, status=4)
    assert files(org) == before


def test_another_project_in_its_place_is_refused(org: World) -> None:
    field = next((org.root / "config").rglob("Remarks__c.yaml"))
    field.write_text(field.read_text().replace("label: ", "label: New ", 1))
    plan = org.saved("org")
    (org.root / "project").rename(org.root / "copy")
    org.edit("environments/org.yaml", "project: project", "project: copy")
    org("apply", plan, *ALLOW, status=4)
    org("apply", "org", "--yes", *ALLOW, status=4)
