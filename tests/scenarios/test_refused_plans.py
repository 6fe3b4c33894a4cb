"""A plan that is not exactly the one that was made, for exactly this place, changes nothing: status 4."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.model.plans import Plan
from tests.scenarios.world import World, add_environment

NEW_FIELD = "kind: Field\nobject: Lead\nname: {0}\nlabel: {0}\ntype: text\n"


def refused(world: World, plan: Path, *words: str, environment: str = "sandbox", told: str = "") -> None:
    """The plan is refused, whatever else is asked for, and nothing moves."""
    before = world.state(environment)
    ended = world("apply", plan, *words, status=4)
    assert told in ended.out + ended.err, ended.out + ended.err
    assert world.state(environment) == before


def resealed(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Edit a saved plan and make its digests right again, as somebody bent on it could."""
    data = msgspec.json.decode(path.read_bytes())
    change(data)
    path.write_bytes(msgspec.json.encode(msgspec.convert(data, Plan).sealed(), order="deterministic") + b"\n")


@pytest.fixture
def first(fresh: World) -> tuple[World, Path]:
    """The first plan of an environment."""
    return fresh, fresh.saved()


def test_first_plan_is_refused_once_somebody_else_applied(first: tuple[World, Path]) -> None:
    world, plan = first
    world.apply()
    refused(world, plan, told="applied")


def test_first_plan_is_refused_once_somebody_made_a_table_by_hand(first: tuple[World, Path]) -> None:
    world, plan = first
    world.sql('CREATE TABLE "Lead" (id INTEGER PRIMARY KEY AUTOINCREMENT, "Company" VARCHAR(80))')
    refused(world, plan)


def test_later_plan_is_refused_once_live_moved(world: World) -> None:
    world.edit("config/Region.yaml", "South}", "South}\n  - {name: East, label: East}")
    plan = world.saved()
    world.sql("UPDATE crmgov_picklist_Region SET label = 'Up' WHERE name = 'North'")
    refused(world, plan, told="Region")


def test_later_plan_is_refused_once_the_ledger_moved(world: World) -> None:
    world.write("config/One.yaml", NEW_FIELD.format("One"))
    plan = world.saved()
    world.apply()
    refused(world, plan)


def test_stale_adoption_is_refused_too(fresh: World) -> None:
    """A plan of nothing but adoptions rests on live state as any other."""
    fresh.apply()
    database = fresh.database().read_bytes()
    fresh.git("update-ref", "-d", "refs/crmgov/ledger/sandbox")
    fresh.database().write_bytes(database)
    plan = fresh.saved()
    assert fresh.plan()["core"]["steps"] == []
    fresh.sql('ALTER TABLE "Lead" DROP COLUMN "Note"')
    refused(fresh, plan, told="Note")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_byte_anywhere_is_refused(data: st.DataObject, first: tuple[World, Path]) -> None:
    world, plan = first
    whole = plan.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 2))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    edited = world.root / "edited.plan"
    edited.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])
    refused(world, edited)


@pytest.mark.parametrize("keep", [0, 1, 100, -2])
def test_a_plan_cut_short_is_refused(first: tuple[World, Path], keep: int) -> None:
    world, plan = first
    plan.write_bytes(plan.read_bytes()[:keep])
    refused(world, plan)


def test_a_plan_with_a_step_taken_out_is_refused(first: tuple[World, Path]) -> None:
    world, plan = first
    data = json.loads(plan.read_text())
    data["core"]["steps"].pop()
    plan.write_text(json.dumps(data))
    refused(world, plan, told="edited")


def test_a_plan_for_another_environment_is_refused_even_with_its_digests_made_right(fresh: World) -> None:
    plan = fresh.saved()
    resealed(plan, lambda data: data["core"].update(environment="production"))
    refused(fresh, plan, environment="production", told="was made for")


def test_an_unknown_environment_is_refused(first: tuple[World, Path]) -> None:
    world, plan = first
    before = world.state()
    resealed(plan, lambda data: data["core"].update(environment="elsewhere"))
    assert world("apply", plan, status=None).status in (2, 4)
    assert world.state() == before


def test_another_repositorys_plan_is_refused(fresh: World, tmp_path: Path) -> None:
    """Same configuration, same instance expected, another ledger: it knows nothing of what the plan rests on."""
    other = fresh.copy(tmp_path / "other")
    other.apply()
    other.write("config/One.yaml", NEW_FIELD.format("One"))
    plan = other.saved()
    shutil.copy(other.database(), fresh.database())
    refused(fresh, plan, told="ledger")


def test_another_provider_version_is_refused(first: tuple[World, Path]) -> None:
    world, plan = first
    resealed(plan, lambda data: data["core"].update(provider_version=99))
    refused(world, plan, told="99")


def test_another_format_is_refused(first: tuple[World, Path]) -> None:
    world, plan = first
    before = world.state()
    resealed(plan, lambda data: data.update(format="crmgov-plan/2"))
    assert world("apply", plan, status=None).status in (2, 4)
    assert world.state() == before


def test_a_copied_database_is_not_taken_for_the_one_expected(world: World) -> None:
    """Production's database put in place of sandbox's, and sandbox's in place of production's."""
    world.write("config/One.yaml", NEW_FIELD.format("One"))
    plan = world.saved()
    shutil.copy(world.database(), world.database("production"))
    refused(world, plan_of(world, "production"), environment="production", told="expects")
    before = world.state("production")
    assert "expects" in world("apply", "production", "--yes", status=4).err
    assert world.state("production") == before
    world("apply", plan)


def plan_of(world: World, environment: str) -> Path:
    """A plan saved for an environment as it answers now."""
    return world.saved(environment, name=f"{environment}.plan")


def test_two_environments_with_one_identity_are_an_error(world: World) -> None:
    text = world.read("environments/sandbox.yaml").replace("name: sandbox", "name: twin")
    world.write("environments/twin.yaml", text)
    ended = world("validate", status=1)
    assert "twin" in ended.out
    assert "sandbox" in ended.out


def test_an_environment_that_expects_nothing_is_refused_with_the_line_to_add(fresh: World) -> None:
    text = fresh.read("environments/sandbox.yaml")
    line = next(line for line in text.splitlines() if line.startswith("expects"))
    fresh.write("environments/sandbox.yaml", text.replace(line, ""))
    plan = fresh.saved()
    refused(fresh, plan, told="expects: {")
    refused(fresh, plan, "--allow", "data-loss", told="expects: {")


def test_a_database_without_identity_is_never_given_one_by_reading(fresh: World) -> None:
    """The file the environment names is another one: planning and reading leave it without an identity."""
    fresh.database().unlink()
    with sqlite3.connect(fresh.database()) as connection:
        connection.execute("CREATE TABLE other (id INTEGER)")
    before = fresh.database().read_bytes()
    fresh("plan", "sandbox", status=None)
    fresh("show", "sandbox", status=None)
    assert fresh.database().read_bytes() == before
    assert fresh("apply", "sandbox", "--yes", status=None).status in (2, 4)
    assert fresh.database().read_bytes() == before


@pytest.mark.parametrize(
    "instead", ["expects: {}", "expects: {instance: ''}", "expects: null", "expects: {kind: sandbox}"]
)
def test_no_configuration_makes_the_identity_optional(fresh: World, instead: str) -> None:
    plan = fresh.saved()
    text = fresh.read("environments/sandbox.yaml")
    line = next(line for line in text.splitlines() if line.startswith("expects"))
    fresh.write("environments/sandbox.yaml", text.replace(line, instead))
    before = fresh.state()
    assert fresh("apply", plan, status=None).status in (1, 2, 4)
    assert fresh("apply", "sandbox", "--yes", status=None).status in (1, 2, 4)
    assert fresh.state() == before


def test_a_preview_is_marked_and_never_applied(world: World) -> None:
    recorded = world.root / "then.snapshot"
    world("show", "sandbox", "--output", recorded)
    world.write("config/One.yaml", NEW_FIELD.format("One"))
    plan = world.root / "preview.plan"
    told = world("plan", "sandbox", "--snapshot", recorded, "--out", plan).out
    assert "preview" in told.lower()
    refused(world, plan)
    resealed(plan, lambda data: data["context"].update(source=""))
    refused(world, plan)


def test_a_plan_made_over_errors_is_refused(world: World) -> None:
    """A conflict nobody settled is an error in the plan; so it stays when the plan is carried out."""
    world.edit("config/Note.yaml", "label: Note", "label: Notes")
    world.sql(
        "UPDATE crmgov_resources SET body = replace(body, '\"Note\"', '\"Remark\"') WHERE address LIKE 'Field/Lead.Note'"
    )
    plan = world.saved(status=1)
    refused(world, plan)


def test_a_frozen_environment_and_limits_refuse(world: World) -> None:
    frozen = "protection: {freezes: [{name: Year end, from: 2000-01-01, to: 2999-01-01}]}\n"
    world.write("environments/sandbox.yaml", world.read("environments/sandbox.yaml") + frozen)
    world.write("config/One.yaml", NEW_FIELD.format("One"))
    refused(world, world.saved(), told="Year end")
    world.edit("environments/sandbox.yaml", frozen, "protection: {limits: {changes: 0}}\n")
    refused(world, world.saved(), told="changes")


def test_a_protected_environment_refuses_every_plan(world: World) -> None:
    add_environment(world, "guarded", "protection: {approvals: {count: 1}}\n")
    world.commit()
    refused(world, world.saved("guarded"), environment="guarded", told="approvals")
    refused(world, world.saved("guarded"), "--allow", "data-loss", environment="guarded", told="approvals")


def test_a_hazard_must_be_accepted_by_name(world: World) -> None:
    world.edit("config/Sales.yaml", "create: true", "create: true, delete: true")
    plan = world.saved()
    refused(world, plan, told="access-widened")
    refused(world, plan, "--allow", "data-loss", told="access-widened")
    refused(world, plan, "--allow", "access-widened:PermissionSet/Other", told="access-widened")
    world("apply", plan, "--allow", "access-widened:PermissionSet/Sales")
    world.settled()
