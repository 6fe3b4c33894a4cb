"""Removal needs proof of intent: who did not know of a thing did not mean to delete it."""

import subprocess
from pathlib import Path

import pytest

from tests.scenarios.world import World, add_environment

NEW_FIELD = "kind: Field\nobject: Lead\nname: {0}\nlabel: {0}\ntype: text\n"
ALLOW = ("--allow", "data-loss")


def columns(world: World, environment: str = "sandbox") -> set[str]:
    """The columns of the table of leads."""
    return {row[1] for row in world.sql('PRAGMA table_info("Lead")', environment=environment)}


def branch_with(world: World, branch: str, field: str) -> None:
    """A branch from main that adds a field."""
    world.git("switch", "--quiet", "main")
    world.git("switch", "--quiet", "--create", branch)
    world.write(f"config/{field}.yaml", NEW_FIELD.format(field))
    world.commit(f"Add {field}")


def test_two_branches_keep_each_others_work_until_a_commit_deletes_it(world: World) -> None:
    branch_with(world, "one", "One")
    world.apply()
    branch_with(world, "two", "Two")
    plan = world.plan()
    assert [step["address"] for step in plan["core"]["steps"]] == ["Field/Lead.Two"]
    told = world("plan", "sandbox")
    assert "absent from this branch (applied from" in told.out + told.err
    assert "by Ana Ribeiro" in told.out + told.err
    world.apply()
    assert {"One", "Two"} <= columns(world)
    world.git("switch", "--quiet", "one")
    assert world.steps() == []
    world.apply()
    assert {"One", "Two"} <= columns(world)

    world.git("switch", "--quiet", "main")
    world.git("merge", "--quiet", "--no-edit", "--no-verify", "one")
    world.git("merge", "--quiet", "--no-edit", "--no-verify", "two")
    assert world.plan()["context"]["deviations"] == []
    world.apply()
    (world.root / "config/One.yaml").unlink()
    world.commit("One is not needed")
    assert world.steps() == ["remove Field/Lead.One"]
    world.apply("sandbox", *ALLOW)
    assert "One" not in columns(world)
    assert "Two" in columns(world)


def test_a_branch_started_before_does_not_take_away_what_the_main_one_added_to_a_list(world: World) -> None:
    world.git("switch", "--quiet", "--create", "older")
    world.write("config/Two.yaml", NEW_FIELD.format("Two"))
    world.commit()
    world.git("switch", "--quiet", "main")
    world.edit("config/Region.yaml", "South}", "South}\n  - {name: East, label: East}")
    world.commit("East")
    world.apply()
    world.git("switch", "--quiet", "older")
    world.apply()
    assert ("East",) in world.sql("SELECT name FROM crmgov_picklist_Region")
    world.git("merge", "--quiet", "--no-edit", "--no-verify", "main")
    world.apply()
    world.edit("config/Region.yaml", "\n  - {name: East, label: East}", "")
    world.commit("No East")
    world.apply("sandbox", *ALLOW)
    assert ("East",) not in world.sql("SELECT name FROM crmgov_picklist_Region")


def test_an_uncommitted_deletion_counts_as_a_child_of_head(world: World) -> None:
    (world.root / "config/Note.yaml").unlink()
    plan = world.plan()
    assert plan["context"]["uncommitted"] is True
    assert world.steps() == ["remove Field/Lead.Note"]
    world.apply("sandbox", *ALLOW)
    assert "Note" not in columns(world)


def test_a_change_applied_uncommitted_and_put_back_is_removed_only_with_proof(world: World) -> None:
    """What was applied from a work tree is recorded under HEAD, of which the work tree is a child."""
    world.write("config/One.yaml", NEW_FIELD.format("One"))
    world.apply()
    (world.root / "config/One.yaml").unlink()
    assert world.steps() == ["remove Field/Lead.One"]


def test_a_squash_merge_does_not_void_what_was_applied(world: World) -> None:
    branch_with(world, "one", "One")
    plan = world.saved()
    world.git("switch", "--quiet", "main")
    world.git("merge", "--quiet", "--squash", "one")
    world.commit("One, squashed")
    world("apply", plan)
    world.settled()
    (world.root / "config/One.yaml").unlink()
    world.commit("No One")
    assert world.steps() == ["remove Field/Lead.One"]


def test_a_shallow_clone_proves_nothing_and_says_what_to_fetch(world: World, tmp_path: Path) -> None:
    world.write("config/One.yaml", NEW_FIELD.format("One"))
    world.commit("One")
    world.apply()
    (world.root / "config/One.yaml").unlink()
    world.commit("No One")
    world.write("config/Two.yaml", NEW_FIELD.format("Two"))
    world.commit("Two")
    shallow = _clone(world, tmp_path / "shallow", "--depth", "1")
    ended = shallow("plan", "sandbox")
    assert "git fetch --unshallow" in ended.out + ended.err
    assert shallow.steps() == ["add Field/Lead.Two"]
    shallow.apply()
    assert "One" in columns(shallow)
    shallow.git("fetch", "--quiet", "--unshallow")
    assert shallow.steps() == ["remove Field/Lead.One"]


def _clone(world: World, to: Path, *options: str) -> World:
    """A clone with the ledger and the databases of the original."""
    command = ["git", "clone", "--quiet", *options, world.root.as_uri(), str(to)]
    subprocess.run(command, check=True, capture_output=True)
    clone = World(to)
    clone.git("fetch", "--quiet", "origin", "refs/crmgov/*:refs/crmgov/*")
    for name in ("sandbox", "production"):
        clone.database(name).parent.mkdir(exist_ok=True)
        clone.database(name).write_bytes(world.database(name).read_bytes())
    return clone


def test_without_git_nothing_is_removed_and_the_message_says_what_to_do(fresh: World) -> None:
    for name in ("sandbox", "production"):
        path = f"environments/{name}.yaml"
        fresh.write(path, fresh.read(path) + f"ledger: sqlite:///.crmgov/{name}-ledger.db\n")
    (fresh.root / ".git").rename(fresh.root / "git-away")
    fresh.apply()
    (fresh.root / "config/Note.yaml").unlink()
    ended = fresh("plan", "sandbox")
    assert "commit the configuration to git" in ended.out + ended.err
    assert fresh.steps() == []
    fresh.apply()
    assert "Note" in columns(fresh)


def test_a_protected_environment_refuses_uncommitted_changes_and_unproven_removals(world: World) -> None:
    add_environment(world, "guarded")
    world.commit("Guarded")
    branch_with(world, "one", "One")
    world.apply("guarded")
    protection = "protection: {approvals: {count: 1}}\n"
    branch_with(world, "two", "Two")
    world.write("environments/guarded.yaml", world.read("environments/guarded.yaml") + protection)
    assert "PLAN011" in world("plan", "guarded", "--exit-code", status=4).err
    world.commit("Guard it")
    ended = world("plan", "guarded", "--exit-code", status=4)
    assert "PLAN001" in ended.err
    before = world.state("guarded")
    world("apply", "guarded", "--yes", status=4)
    assert world.state("guarded") == before
    assert "One" in columns(world, "guarded")


@pytest.mark.parametrize("words", [("--only", "Deal"), ("--except", "Lead")])
def test_a_filter_never_removes_what_it_hides(world: World, words: tuple[str, str]) -> None:
    (world.root / "config/Note.yaml").unlink()
    world.edit("config/Deal.yaml", "label: Amount", "label: Worth")
    world.commit("No notes")
    assert world.steps("sandbox", *words) == ["modify Field/Deal.Amount"]
    world("apply", "sandbox", "--yes", *words)
    assert "Note" in columns(world)
    assert world.steps() == ["remove Field/Lead.Note"]


@pytest.mark.parametrize(
    "broken", ["kind: Field\nobject: [", "kind: Feld\nname: Note\n", "\0", "kind: Field\nobject: Lead\nname: Note\n"]
)
def test_a_broken_file_never_removes_anything(world: World, broken: str) -> None:
    world.write("config/Note.yaml", broken)
    world("plan", "sandbox", status=1)
    world("apply", "sandbox", "--yes", "--allow", "data-loss", status=1)
    assert "Note" in columns(world)


def test_a_file_moved_or_split_is_no_change(world: World) -> None:
    (world.root / "config/deep").mkdir()
    (world.root / "config/Note.yaml").rename(world.root / "config/deep/Anything.yml")
    world.commit("Elsewhere")
    assert world.steps() == []
