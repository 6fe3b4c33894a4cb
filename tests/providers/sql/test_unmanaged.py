"""What crmgov does not manage in a database is the same before and after it changes what it manages."""

from crmgov.model.operations import Operation
from tests.providers.sql.databases import Db, done

LEAD = """CREATE TABLE "Lead" (
  id INTEGER PRIMARY KEY, "Name" text COLLATE NOCASE CHECK (length("Name") > 1), -- a comment, with a comma
  [Code] varchar(10) UNIQUE, "A" integer, "B" integer, "Twice" integer GENERATED ALWAYS AS ("A" * 2) STORED,
  Partner integer REFERENCES "Partner" (id) ON DELETE SET NULL, CONSTRAINT pair UNIQUE ("A", "B"),
  CHECK ("A" IS NULL OR "A" < 100))"""
FOREIGN = (
    "CREATE TABLE audit (at text, what text)",
    LEAD,
    'CREATE TABLE "Partner" (id INTEGER PRIMARY KEY, "Lead" integer REFERENCES "Lead" (id) ON DELETE CASCADE)',
    'CREATE INDEX lead_b ON "Lead" ("B" DESC) WHERE "B" > 0',
    'CREATE TRIGGER lead_audit AFTER UPDATE ON "Lead" BEGIN INSERT INTO audit VALUES (\'now\', new."Name"); END',
    'CREATE VIEW lead_names AS SELECT "Name", "Twice" FROM "Lead"',
    'INSERT INTO "Lead" (id, "Name", "Code", "A", "B") VALUES (7, \'Ann\', \'x\', 1, 2), (9, \'Bo\', NULL, 2, 2)',
    'INSERT INTO "Partner" (id, "Lead") VALUES (1, 7)',
    'UPDATE "Lead" SET Partner = 1 WHERE id = 7',
    'DELETE FROM audit',
)  # fmt: skip
ROWS = [(7, "Ann", "x", 1, 2, 2, 1), (9, "Bo", None, 2, 2, 4, None)]


def schema(db: Db) -> set[tuple[str, ...]]:
    return set(db.rows("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"))


def test_a_rebuilt_table_keeps_all_that_was_made_by_hand(sqlite: Db) -> None:
    sqlite.hand(*FOREIGN)
    before = schema(sqlite)
    assert sqlite.change("Field/Lead.B", type="text", required=True, unique=False).status == "done"
    body = {"type": "picklist", "values": [{"name": "x"}], "unique": True}
    assert done(sqlite.run(Operation(step=1, action="add", address="Field/Lead.New", after=body)))
    assert sqlite.rows('SELECT id, "Name", Code, "A", "B", "Twice", Partner FROM "Lead" ORDER BY id') == [
        (7, "Ann", "x", 1, "2", 2, 1), (9, "Bo", None, 2, "2", 4, None)
    ]  # fmt: skip
    assert sqlite.rows('SELECT id, "Lead" FROM "Partner"') == [(1, 7)]
    assert sqlite.rows("SELECT count(*) FROM audit") == [(0,)]
    kept = {row for row in before if row[1] != "Lead" and not row[1].startswith("crmgov_")}
    assert kept <= schema(sqlite)
    (text,) = (row[3] for row in schema(sqlite) if row[:2] == ("table", "Lead"))
    for clause in ("COLLATE NOCASE", 'CHECK (length("Name") > 1)', "[Code] varchar(10) UNIQUE", "CONSTRAINT pair UNIQUE",
                   'CHECK ("A" IS NULL OR "A" < 100)', "GENERATED ALWAYS", "-- a comment, with a comma"):  # fmt: skip
        assert clause in text
    sqlite.hand('UPDATE "Lead" SET "Name" = \'Cy\' WHERE id = 9')
    assert sqlite.rows("SELECT what FROM audit") == [("Cy",)]


def test_adding_and_removing_leaves_the_schema_as_it_was(sqlite: Db) -> None:
    sqlite.hand(*FOREIGN)
    before = sqlite.live()
    for body in ({"type": "text", "unique": True}, {"type": "multipicklist", "values": [{"name": "x"}]}, {"type": "geolocation"},
                 {"type": "lookup", "references": ["Partner"]}):  # fmt: skip
        assert done(sqlite.run(Operation(step=1, action="add", address="Field/Lead.New", after=body)))
        assert done(sqlite.remove("Field/Lead.New"))
        assert sqlite.live() == before
    assert sqlite.rows('SELECT id, "Name", Code, "A", "B", "Twice", Partner FROM "Lead" ORDER BY id') == ROWS


def test_what_a_view_uses_cannot_go(db: Db) -> None:
    assert done(db.want({"Object/Lead": {}, "Field/Lead.F": {"type": "text"}, "Field/Lead.G": {"type": "text"}}))
    db.hand('CREATE VIEW v AS SELECT "F" FROM "Lead"')
    outcomes = db.remove("Field/Lead.G", "Field/Lead.F")
    assert [outcome.status for outcome in outcomes] == ["not_tried", "failed"]
    assert db.change("Field/Lead.F", length=30).status == ("done" if db.sqlite else "failed")
    assert db.rename("Field/Lead.F", "Field/Lead.New").status == "done"
    assert db.rename("Field/Lead.New", "Field/Lead.F").status == "done"
    assert set(db.live()) == {"Object/Lead", "Field/Lead.F", "Field/Lead.G"}
    assert done(db.remove("Field/Lead.G"))


def test_old_dangling_records_do_not_block_other_changes(sqlite: Db) -> None:
    sqlite.hand(*FOREIGN, 'INSERT INTO "Partner" (id, "Lead") VALUES (2, 555)',
                'CREATE TABLE odd (x integer REFERENCES nowhere (y), z integer REFERENCES audit (what))',
                "INSERT INTO odd VALUES (1, 1)")  # fmt: skip
    outcome = sqlite.change("Field/Lead.B", type="text")
    assert outcome.status == "done", outcome.message
    assert done(sqlite.run(Operation(step=1, action="add", address="Field/Partner.F", after={"type": "text"})))


def test_keys_of_removed_records_are_not_given_out_again(db: Db) -> None:
    assert done(db.want({"Object/Lead": {}, "Field/Lead.F": {"type": "integer"}}))
    db.insert("Lead", [{"F": 1}, {"F": 2}])
    db.hand('DELETE FROM "Lead" WHERE id = 2')
    assert db.change("Field/Lead.F", type="text").status == "done"
    db.insert("Lead", [{"F": "3"}])
    assert db.rows('SELECT id FROM "Lead" ORDER BY id') == [(1,), (3,)]


def test_the_key_of_a_table_made_by_hand_stays_as_it_is(db: Db) -> None:
    db.hand('CREATE TABLE "T" ("Code" varchar(10) PRIMARY KEY, "N" integer)', "INSERT INTO \"T\" VALUES ('a', 1)")
    assert db.live()["Field/T.Code"] == {"type": "text", "length": 10, "required": True, "unique": True}
    assert "is the key of" in db.change("Field/T.Code", length=20).message
    assert "is the key of" in db.remove("Field/T.Code")[0].message
    assert db.change("Field/T.N", type="text").status == "done"
    body = {"type": "lookup", "references": ["T"]}
    assert done(db.run(Operation(step=1, action="add", address="Object/O", after={})))
    refused = db.run(Operation(step=1, action="add", address="Field/O.T", after=body))[0]
    assert 'the key of "T" is not of the type that points at it' in refused.message
