"""A field that nobody needs, from the audit that says so to the day it is gone, and its values back again."""

import re
from pathlib import Path

import pytest
import yaml

from tests.scenarios.world import World

pytest.importorskip("ibis", reason="ibis is not installed (extra: records)")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (extra: records)")

LAYOUT = """\
# The page of a lead.
kind: Layout
object: Lead
name: Lead
label: Lead
sections:
  - name: All
    fields:
      - {name: Company, behavior: edit}  # who
      - {name: Score, behavior: edit}  # how good
      - {name: Note, behavior: edit}
"""


SELLERS = """\
# What sellers may.
kind: PermissionSet
name: Sellers
label: Sellers
objects: {Lead: {read: true, create: true, update: true}}
fields:
  Lead:
    default: edit  # all but
    fields:
      Company: edit
      Note: edit  # for now
"""
OTHERS = """\
kind: PermissionSet
name: Others
label: Others
objects: {Lead: {read: true, create: true, update: true}}
fields:
  Lead:
    default: edit
"""


@pytest.fixture
def filled(world: World) -> World:
    """Three hundred leads: two notes, twenty scores."""
    world.write("config/Layout.yaml", LAYOUT)
    world.edit(
        "environments/sandbox.yaml",
        "provider: sql\n",
        "provider: sql\nrecords: live\nexports: {store: .crmgov/exports}\n",
    )
    world.commit()
    world.apply("sandbox")
    for number in range(300):
        score, note = number if number < 20 else None, f"secret {number}" if number < 2 else None
        world.sql('INSERT INTO "Lead" ("Company", "Score", "Note") VALUES (?, ?, ?)', f"Company {number}", score, note)
    return world


def fixed(world: World) -> None:
    ended = world("audit", "sandbox", "--fix")
    assert "secret" not in ended.out + ended.err


def test_fix_writes_each_verdict_once_and_leaves_a_clean_tree(filled: World) -> None:
    told = found(filled)
    fixed(filled)
    lead, note, layout = (filled.read(f"config/{name}.yaml") for name in ("Lead", "Note", "Layout"))
    assert "status: deprecated" in note
    assert "status: hidden" in lead
    assert "# People who may buy." in lead
    assert "# who" in layout
    assert "Score" not in layout
    assert "Note" not in layout
    assert found(filled) <= told
    before = [path.read_bytes() for path in sorted((filled.root / "config").iterdir())]
    fixed(filled)
    assert [path.read_bytes() for path in sorted((filled.root / "config").iterdir())] == before


def test_nobody_writes_what_is_on_its_way_out(filled: World) -> None:
    filled.write("config/Sellers.yaml", SELLERS)
    filled.write("config/Others.yaml", OTHERS)
    told = found(filled)
    fixed(filled)
    assert filled.read("config/Sellers.yaml") == (
        SELLERS.replace("Note: edit  # for", "Note: read  # for") + "      Region: read\n"
    )
    others = yaml.safe_load(filled.read("config/Others.yaml"))
    assert others["fields"] == {"Lead": {"default": "edit", "fields": {"Region": "read", "Note": "read"}}}
    assert found(filled) <= told
    kept = [filled.read(f"config/{name}.yaml") for name in ("Sellers", "Others", "Note")]
    fixed(filled)
    assert [filled.read(f"config/{name}.yaml") for name in ("Sellers", "Others", "Note")] == kept


def test_a_required_field_on_its_way_out_stays_where_people_fill_it(filled: World) -> None:
    filled.write("config/Sellers.yaml", SELLERS)
    filled.edit("config/Note.yaml", "type: text\n", "type: text\nrequired: true\n")
    filled.sql('UPDATE "Lead" SET "Note" = ?', "-")
    fixed(filled)
    assert "status: deprecated" in filled.read("config/Note.yaml")
    assert "Note" in filled.read("config/Layout.yaml")
    assert "Note: edit  # for now" in filled.read("config/Sellers.yaml")


def test_a_removal_waits_for_its_day_and_exports_what_is_filled(filled: World) -> None:
    fixed(filled)
    filled.commit("Deprecate what nobody fills")
    filled.apply("sandbox")
    kept = filled.read("config/Note.yaml")
    filled.git("rm", "--quiet", "config/Note.yaml")
    filled.commit("Notes go")
    early = filled("plan", "sandbox")
    assert "stays: it is deprecated, to be removed after" in early.out + early.err
    assert filled.steps("sandbox") == []
    filled("apply", "sandbox", "--yes")
    assert filled.steps("sandbox") == []
    values = filled.sql('SELECT id, "Note" FROM "Lead" WHERE "Note" IS NOT NULL ORDER BY id')

    filled.write("config/Note.yaml", re.sub(r"remove_after: .*", "remove_after: 2026-01-01", kept))
    filled.commit("Sooner")
    filled("apply", "sandbox", "--yes")
    filled.git("rm", "--quiet", "config/Note.yaml")
    filled.commit("Notes go now")
    assert filled.steps("sandbox") == ["remove Field/Lead.Note"]
    filled("apply", "sandbox", "--yes", "--allow", "data-loss")
    assert "Note" not in [row[1] for row in filled.sql('PRAGMA table_info("Lead")')]

    [exported] = (filled.root / ".crmgov/exports").rglob("*.parquet")
    assert rows_of(exported) == values
    back(filled, kept, exported)
    assert filled.sql('SELECT id, "Note" FROM "Lead" WHERE "Note" IS NOT NULL ORDER BY id') == values


def found(world: World) -> set[tuple[str, str]]:
    return {(one["code"], one["address"]) for one in world("validate", "--format", "json").json["findings"]}


def rows_of(file: Path) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in pq.read_table(file).to_pylist()]


def back(world: World, document: str, exported: Path) -> None:
    """The field again, and its values from the export: by key, as a rollback puts them back."""
    world.write("config/Note.yaml", document)
    world.commit("Notes come back")
    world.apply("sandbox")
    for key, value in rows_of(exported):
        world.sql('UPDATE "Lead" SET "Note" = ? WHERE id = ?', value, key)
