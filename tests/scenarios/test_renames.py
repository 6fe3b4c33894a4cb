"""A declared rename keeps every record; a released thing stays; a protected one is let go in two steps."""

import pytest

from tests.scenarios.world import World, with_records

ALLOW = [
    word
    for hazard in ("data-loss", "values-rewritten", "breaks-use", "records-invalidated")
    for word in ("--allow", hazard)
]


@pytest.fixture
def filled(world: World) -> World:
    """Five leads, each with a deal."""
    with_records(world)
    world.sql('INSERT INTO "Deal" ("Lead", "Amount") SELECT id, 10 FROM "Lead"')
    return world


def test_field(filled: World) -> None:
    filled.write(
        "config/Note.yaml",
        "kind: Field\nobject: Lead\nname: Remark\nrenamed_from: [Note]\nlabel: Note\ntype: text\nlength: 200\n",
    )
    filled.commit("Remark")
    assert filled.steps() == ["rename Field/Lead.Remark"]
    filled.apply("sandbox", *ALLOW)
    assert filled.sql('SELECT "Remark" FROM "Lead" ORDER BY id') == [(f"note {n}",) for n in range(5)]
    filled.edit("config/Note.yaml", "renamed_from: [Note]\n", "")
    filled.settled()


def test_object_with_what_belongs_to_it_and_what_refers_to_it(filled: World) -> None:
    filled.edit("config/Lead.yaml", "name: Lead\n", "name: Prospect\nrenamed_from: [Lead]\n")
    filled.edit("config/Note.yaml", "object: Lead", "object: Prospect")
    filled.edit("config/Deal.yaml", "references: [Lead]", "references: [Prospect]")
    filled.edit("config/Sales.yaml", "  Lead:", "  Prospect:")
    filled.commit("Prospects")
    filled.apply("sandbox", *ALLOW)
    assert filled.sql('SELECT count(*), count("Note"), count("Region") FROM "Prospect"') == [(5, 5, 5)]
    assert filled.sql('SELECT count(*) FROM "Deal" JOIN "Prospect" ON "Prospect".id = "Deal"."Lead"') == [(5,)]
    filled("drift", "sandbox", "--exit-code")


def test_picklist(filled: World) -> None:
    filled.edit("config/Region.yaml", "name: Region\n", "name: Territory\nrenamed_from: [Region]\n")
    filled.edit("config/Lead.yaml", "picklist: Region}", "picklist: Territory}")
    filled.commit("Territories")
    filled.apply("sandbox", *ALLOW)
    assert filled.sql('SELECT DISTINCT "Region" FROM "Lead"') == [("North",)]
    assert filled.sql("SELECT count(*) FROM crmgov_picklist_Territory") == [(2,)]


def test_rename_and_change_at_once(filled: World) -> None:
    filled.write(
        "config/Note.yaml",
        "kind: Field\nobject: Lead\nname: Remark\nrenamed_from: [Note]\nlabel: Remark\ntype: text\nlength: 250\n",
    )
    filled.apply("sandbox", *ALLOW)
    assert filled.sql('SELECT count("Remark") FROM "Lead"') == [(5,)]


def test_a_portable_name_alone_binds_anew(filled: World) -> None:
    filled.write(
        "config/Note.yaml",
        "kind: Field\nobject: Lead\nname: Remark\nnative: {sql: {name: Note}}\nlabel: Note\ntype: text\nlength: 200\n",
    )
    assert filled.steps() == []
    filled.settled()
    filled.apply()
    assert filled.sql('SELECT count("Note") FROM "Lead"') == [(5,)]
    assert [r["action"] for r in filled.plan()["core"]["records"]] == []
    (filled.root / "config/Note.yaml").unlink()
    assert filled.steps() == ["remove Field/Lead.Remark"]


def test_an_undeclared_rename_is_pointed_out(filled: World) -> None:
    filled.edit("config/Note.yaml", "name: Note", "name: Notes")
    told = filled("plan", "sandbox")
    assert "PLAN009" in told.out + told.err


def test_released_ends_governance_and_leaves_the_thing(filled: World) -> None:
    filled.write("config/Note.yaml", filled.read("config/Note.yaml") + "lifecycle: {status: released}\n")
    filled.commit("Note is the sales team's own")
    assert filled.steps() == []
    filled.apply()
    filled.sql('ALTER TABLE "Lead" DROP COLUMN "Note"')
    filled("drift", "sandbox", "--exit-code")
    filled.settled()
    (filled.root / "config/Note.yaml").unlink()
    filled.commit("Gone from here")
    filled.sql('ALTER TABLE "Lead" ADD COLUMN "Note" VARCHAR(9)')
    filled.apply()
    assert "Note" in {row[1] for row in filled.sql('PRAGMA table_info("Lead")')}


def test_protected_by_its_own_line_until_that_was_applied_away(filled: World) -> None:
    protect = "protect: [remove, type]\n"
    filled.write("config/Note.yaml", filled.read("config/Note.yaml") + protect)
    filled.commit("Keep notes")
    filled.apply()
    text = filled.read("config/Note.yaml")
    (filled.root / "config/Note.yaml").unlink()
    filled.commit("No notes")
    assert "PLAN008" in filled("plan", "sandbox", status=4).err
    filled("apply", "sandbox", "--yes", *ALLOW, status=4)
    filled.write("config/Note.yaml", text.replace("type: text\nlength: 200\n", "type: integer\n"))
    assert "PLAN008" in filled("plan", "sandbox", status=4).err
    filled.write("config/Note.yaml", text.replace(protect, ""))
    filled.commit("Notes may go")
    filled.apply()
    (filled.root / "config/Note.yaml").unlink()
    filled.commit("No notes")
    filled.apply("sandbox", *ALLOW)
    assert "Note" not in {row[1] for row in filled.sql('PRAGMA table_info("Lead")')}


def test_removed_values_are_exported_first(filled: World) -> None:
    (filled.root / "config/Note.yaml").unlink()
    filled("apply", "sandbox", "--yes", status=4)
    told = filled.apply("sandbox", "--allow", "data-loss:Field/Lead.Note").out
    exported = list((filled.root / ".crmgov/exports").rglob("*.parquet"))
    assert len(exported) == 1
    assert "5 rows" in told
