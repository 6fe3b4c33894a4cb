"""What was changed by hand is told, never undone unasked; what both sides changed must be settled."""

import pytest

from tests.scenarios.world import World, with_records

RELABEL = "UPDATE crmgov_picklist_Region SET label = 'Up north' WHERE name = 'North'"


def label(world: World) -> str:
    """The live label of the value North."""
    return str(world.sql("SELECT label FROM crmgov_picklist_Region WHERE name = 'North'")[0][0])


def test_drift_is_listed_not_undone_and_undone_when_asked(world: World) -> None:
    world.sql(RELABEL)
    assert world.steps() == []
    told = world("plan", "sandbox", "--exit-code")
    assert "by hand" in told.out
    assert "Up north" in world("plan", "sandbox", "--full").out
    assert "Up north" in world("drift", "sandbox", "--exit-code", status=3).out
    world("apply", "sandbox", "--yes")
    assert label(world) == "Up north"
    assert "Up north" in world("drift", "sandbox", "--exit-code", status=3).out
    plan = world.saved("sandbox", "--revert", "Region")
    world("apply", plan)
    assert label(world) == "North"
    world("drift", "sandbox", "--exit-code")
    world.settled()


@pytest.mark.parametrize(
    ("statement", "address"),
    [
        ('ALTER TABLE "Lead" DROP COLUMN "Note"', "Lead.Note"),
        ("INSERT INTO crmgov_picklist_Region (name, label, active) VALUES ('East', 'East', 1)", "Region"),
        ("UPDATE crmgov_resources SET body = replace(body, '\"create\":true', '\"create\":false')", "Sales"),
        ('ALTER TABLE "Lead" RENAME COLUMN "Note" TO "Remark"', "Lead.Note"),
    ],
)
def test_every_sort_of_drift_comes_back_as_it_was(world: World, statement: str, address: str) -> None:
    before = world.resources()
    world.sql(statement)
    assert world.resources() != before
    assert world.steps() == []
    world("drift", "sandbox", "--exit-code", status=3)
    hazards = ("data-loss", "access-widened", "records-invalidated")
    allow = [word for hazard in hazards for word in ("--allow", hazard)]
    world("apply", world.saved("sandbox", "--revert", "*"), *allow)
    after = world.resources()
    assert {a: after.get(a) for a in before} == before
    assert any(address in a for a in after)
    world.settled()
    world("drift", "sandbox", "--exit-code")


def test_what_was_added_by_hand_beside_is_unmanaged_and_stays(world: World) -> None:
    world.sql('CREATE TABLE "Partner" (id INTEGER PRIMARY KEY AUTOINCREMENT, "Code" VARCHAR(10))')
    world.sql('ALTER TABLE "Lead" ADD COLUMN "Nickname" VARCHAR(20)')
    plan = world.plan("sandbox", "--revert", "Lead")
    assert plan["core"]["steps"] == []
    assert plan["context"]["unmanaged"] >= 2
    world.write("config/One.yaml", "kind: Field\nobject: Lead\nname: One\nlabel: One\ntype: text\n")
    world.apply()
    names = {row[1] for row in world.sql('PRAGMA table_info("Lead")')}
    assert {"Nickname", "One"} <= names
    assert world.sql('SELECT count(*) FROM "Partner"') == [(0,)]


def test_an_environment_can_have_drift_reverted_for_named_kinds(world: World) -> None:
    text = world.read("environments/sandbox.yaml") + "drift: {Picklist: revert}\n"
    world.write("environments/sandbox.yaml", text)
    world.sql(RELABEL)
    world.sql('ALTER TABLE "Lead" DROP COLUMN "Note"')
    assert world.steps() == ["modify Picklist/Region"]
    world("apply", "sandbox", "--yes")
    assert label(world) == "North"
    assert "Note" not in {row[1] for row in world.sql('PRAGMA table_info("Lead")')}


@pytest.fixture
def conflict(world: World) -> World:
    """The label of a value, changed in the configuration and by hand."""
    world.edit("config/Region.yaml", "label: North", "label: Nord")
    world.sql(RELABEL)
    return world


def test_a_conflict_must_be_settled(conflict: World) -> None:
    ended = conflict("plan", "sandbox", "--exit-code", status=1)
    assert "PLAN003" in ended.err
    before = conflict.state()
    conflict("apply", "sandbox", "--yes", status=1)
    assert conflict.state() == before


def test_a_conflict_settled_for_the_configuration(conflict: World) -> None:
    plan = conflict.saved("sandbox", "--take", "yaml", "Region")
    conflict("apply", plan)
    assert label(conflict) == "Nord"
    conflict.settled()
    conflict("drift", "sandbox", "--exit-code")


def test_a_conflict_settled_for_what_is_live(conflict: World) -> None:
    plan = conflict.saved("sandbox", "--take", "live", "Region")
    conflict("apply", plan)
    assert label(conflict) == "Up north"
    conflict("pull", "sandbox", "--only", "Region")
    assert "Up north" in conflict.read("config/Region.yaml")
    conflict.settled()


def test_pull_settles_a_conflict_too(conflict: World) -> None:
    conflict("pull", "sandbox")
    conflict.apply()
    assert label(conflict) == "Up north"
    conflict("drift", "sandbox", "--exit-code")


@pytest.mark.parametrize(("take", "stays"), [("yaml", False), ("live", True)])
def test_deleted_here_and_changed_by_hand(world: World, take: str, *, stays: bool) -> None:
    (world.root / "config/Region.yaml").unlink()
    world.edit(
        "config/Lead.yaml",
        "  # The sales territory.\n  Region: {type: picklist, label: Region, picklist: Region}\n",
        "",
    )
    world.commit("No regions")
    world.sql(RELABEL)
    world("plan", "sandbox", status=1)
    plan = world.saved("sandbox", "--take", take, "Region")
    world("apply", plan, "--allow", "data-loss")
    tables = {row[0] for row in world.sql("SELECT name FROM sqlite_master")}
    assert ("crmgov_picklist_Region" in tables) is stays


def test_removed_by_hand_and_changed_here(world: World) -> None:
    world.edit("config/Note.yaml", "length: 200", "length: 300")
    world.sql('ALTER TABLE "Lead" DROP COLUMN "Note"')
    assert "removed by hand" in world("plan", "sandbox", status=1).err
    world("apply", world.saved("sandbox", "--take", "yaml", "Lead.Note"))
    world.settled()
    assert "Note" in {row[1] for row in world.sql('PRAGMA table_info("Lead")')}


def test_pull_writes_drift_into_the_file_and_keeps_its_comments(world: World) -> None:
    with_records(world)
    world.write("config/Region.yaml", world.read("config/Region.yaml") + "# Ask sales before you add one.\n")
    world.sql(RELABEL)
    world.sql("INSERT INTO crmgov_picklist_Region (name, label, active) VALUES ('East', 'East', 1)")
    others = {path: path.read_bytes() for path in (world.root / "config").rglob("*.yaml") if path.stem != "Region"}
    world("pull", "sandbox")
    text = world.read("config/Region.yaml")
    assert "Ask sales before you add one." in text
    assert "Up north" in text
    assert "East" in text
    assert {path: path.read_bytes() for path in others} == others
    world("validate")
    world.settled()
    world.apply()
    world("drift", "sandbox", "--exit-code")
    assert world.sql('SELECT count(*) FROM "Lead"') == [(5,)]
    again = world("pull", "sandbox").out
    assert "0 changed" in again


def test_drift_beside_what_is_changed_here_is_told_until_it_is_settled(world: World) -> None:
    world.sql(RELABEL)
    world.sql("INSERT INTO crmgov_picklist_Region (name, label, active) VALUES ('East', 'East', 1)")
    world.edit("config/Region.yaml", "label: South", "label: Down south")
    world("apply", "sandbox", "--yes")
    assert label(world) == "Up north"
    told = world("drift", "sandbox", "--exit-code", status=3).out
    assert "Up north" in told
    assert "East" in told
    assert "South" not in told
    world.edit("config/Region.yaml", "label: Region", "label: Region\nprotect: [remove]")
    world("apply", "sandbox", "--yes")
    assert world("drift", "sandbox", "--exit-code", status=3).out == told
    world("apply", world.saved("sandbox", "--revert", "Region"), "--allow", "records-invalidated")
    world("drift", "sandbox", "--exit-code")
    world.settled()
    assert label(world) == "North"
