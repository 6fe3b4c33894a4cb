"""SQLite ignores case: a name written with other capitals is the same thing, never one to add and one to remove."""

from tests.scenarios.world import World, with_records


def test_other_capitals_in_the_tree_remove_nothing(world: World) -> None:
    with_records(world)
    world.edit("config/Note.yaml", "name: Note", "name: note")
    world.commit()
    plan = world.plan()
    assert plan["core"]["steps"] == []
    assert [(r["action"], r["native"], r["address"]) for r in plan["core"]["records"]] == [
        ("rebind", "Field/Lead.Note", "Field/Lead.note")
    ]
    world.apply()
    assert world.sql('SELECT count("Note") FROM "Lead"') == [(5,)]
    assert world.plan()["core"]["records"] == []


def test_what_is_spelt_otherwise_live_is_changed_there_and_only_once(world: World) -> None:
    world.edit("config/Note.yaml", "name: Note", "name: NOTE")
    world.apply()
    world.edit("config/Note.yaml", "length: 200", "length: 250")
    assert world.steps() == ["modify Field/Lead.NOTE"]
    world.apply()
    world.edit("config/Note.yaml", "label: Note", "label: Remark")
    assert world.steps() == ["modify Field/Lead.NOTE"]
    world("drift", "sandbox", "--exit-code")
    assert world("diff", "sandbox", "--exit-code", status=3).out.count("NOTE") == 1


def test_gone_by_hand_is_drift_however_the_tree_spells_it(world: World) -> None:
    world.edit("config/Note.yaml", "name: Note", "name: note")
    world.sql('ALTER TABLE "Lead" DROP COLUMN "Note"')
    assert world.steps() == []
    world("drift", "sandbox", "--exit-code", status=3)


def test_an_object_with_other_capitals_keeps_what_it_holds(world: World) -> None:
    with_records(world)
    for path in ("config/Lead.yaml", "config/Note.yaml", "config/Deal.yaml", "config/Sales.yaml"):
        text = world.read(path)
        for old, new in (("name: Lead\n", "name: LEAD\n"), ("object: Lead", "object: LEAD"), ("[Lead]", "[LEAD]")):
            text = text.replace(old, new)
        world.write(path, text.replace("  Lead: {read", "  LEAD: {read"))
    world.commit()
    assert world.steps() == []
    world.apply()
    assert world.sql('SELECT count(*) FROM "Lead"') == [(5,)]


def test_a_declared_rename_to_other_capitals_is_made(world: World) -> None:
    with_records(world)
    world.edit("config/Note.yaml", "name: Note", "name: note\nrenamed_from: [Note]")
    world.commit()
    assert world.steps() == ["rename Field/Lead.note"]
    world.apply()
    names = {row[1] for row in world.sql('PRAGMA table_info("Lead")')}
    assert "note" in names
    assert "Note" not in names
    assert world.sql('SELECT count("note") FROM "Lead"') == [(5,)]
