"""Reading looks at the database itself: whatever is changed by hand shows."""

import pytest

from tests.providers.sql.databases import Db, done

CONFIG = {
    "Picklist/Region": {"values": [{"name": "EMEA"}, {"name": "APAC"}]},
    "Picklist/Source": {"values": [{"name": "Web"}]},
    "Object/Lead": {"label": "Lead"},
    "Object/Account": {},
    "Field/Lead.Name": {"type": "text", "length": 80, "required": True},
    "Field/Lead.Email": {"type": "email", "unique": True},
    "Field/Lead.Score": {"type": "integer", "default": 5},
    "Field/Lead.Region": {"type": "picklist", "picklist": "Region"},
    "Field/Lead.Tags": {"type": "multipicklist", "values": [{"name": "a"}, {"name": "b"}]},
    "Field/Lead.Account": {"type": "lookup", "references": ["Account"]},
    "Field/Lead.Place": {"type": "geolocation"},
}


@pytest.fixture
def lead(db: Db) -> Db:
    assert done(db.want(CONFIG))
    return db


def test_a_dropped_column_is_a_missing_field(lead: Db) -> None:
    lead.hand('ALTER TABLE "Lead" DROP COLUMN "Score"')
    assert "Field/Lead.Score" not in lead.live()
    assert done(lead.want(CONFIG))
    assert lead.live()["Field/Lead.Score"]["default"] == 5


def test_half_a_place_is_no_place(lead: Db) -> None:
    lead.hand('ALTER TABLE "Lead" DROP COLUMN "Place.latitude"')
    live = lead.live()
    assert "Field/Lead.Place" not in live
    assert live['Field/Lead."Place.longitude"']["type"] == "decimal"


def test_an_added_column_is_a_field_of_the_inferred_type(lead: Db) -> None:
    lead.hand('ALTER TABLE "Lead" ADD COLUMN "Fax" varchar(20)', 'ALTER TABLE "Lead" ADD COLUMN "Blob" bytea')
    live = lead.live()
    assert live["Field/Lead.Fax"] == {"type": "text", "length": 20, "required": False, "unique": False}
    assert "type" not in live["Field/Lead.Blob"]
    assert lead.left()["columns of type bytea"] == 1


def test_a_dropped_table_takes_its_fields_along(lead: Db) -> None:
    lead.hand('DROP TABLE "crmgov_links_Lead.Tags"', 'DROP TABLE "Lead"')
    assert not [address for address in lead.live() if address.startswith(("Object/Lead", "Field/Lead"))]


def test_an_added_table_is_an_object(lead: Db) -> None:
    lead.hand('CREATE TABLE "Partner" (id integer PRIMARY KEY, "Code" text NOT NULL UNIQUE, "Since" date)')
    live = lead.live()
    assert live["Object/Partner"] == {}
    assert live["Field/Partner.Code"] == {"type": "text", "required": True, "unique": True}
    assert live["Field/Partner.Since"] == {"type": "date", "required": False, "unique": False}


def test_values_entered_by_hand_are_values(lead: Db) -> None:
    table = "crmgov_picklist_Region"
    lead.hand(f"INSERT INTO \"{table}\" (name) VALUES ('Moon')", f"DELETE FROM \"{table}\" WHERE name = 'APAC'")
    assert lead.live()["Picklist/Region"]["values"] == [{"name": "EMEA"}, {"name": "Moon"}]


def test_a_dropped_value_table_is_a_missing_picklist(lead: Db) -> None:
    lead.hand('DROP TABLE "crmgov_picklist_Source"')
    assert "Picklist/Source" not in lead.live()


def test_a_dropped_index_is_no_longer_unique(lead: Db) -> None:
    index = "crmgov_unique_Lead.Email" if lead.sqlite else "Lead_Email_idx"
    lead.hand(f'DROP INDEX "{index}"')
    assert lead.live()["Field/Lead.Email"]["unique"] is False
    assert done(lead.want(CONFIG))
    assert lead.live()["Field/Lead.Email"]["unique"] is True


def test_an_index_made_by_hand_is_unique(lead: Db) -> None:
    lead.hand('CREATE UNIQUE INDEX mine ON "Lead" ("Name")')
    assert lead.live()["Field/Lead.Name"]["unique"] is True
    lead.hand("DROP INDEX mine", 'CREATE UNIQUE INDEX mine ON "Lead" ("Name") WHERE "Score" > 5')
    assert lead.live()["Field/Lead.Name"]["unique"] is False


def test_type_nullability_default_and_targets_changed_by_hand_show(postgres_url: str, tmp_path: object) -> None:
    lead = Db(postgres_url, tmp_path)  # type: ignore[arg-type]
    assert done(lead.want(CONFIG))
    lead.hand(
        'ALTER TABLE "Lead" ALTER COLUMN "Name" TYPE varchar(120)',
        'ALTER TABLE "Lead" ALTER COLUMN "Name" DROP NOT NULL',
        'ALTER TABLE "Lead" ALTER COLUMN "Score" TYPE numeric(8,2)',
        'ALTER TABLE "Lead" ALTER COLUMN "Email" SET DEFAULT $$x@example.com$$',
        'ALTER TABLE "Lead" DROP CONSTRAINT "Lead_Region_fkey"',
        'ALTER TABLE "Lead" DROP CONSTRAINT "Lead_Account_fkey"',
    )
    live = lead.live()
    assert (live["Field/Lead.Name"]["length"], live["Field/Lead.Name"]["required"]) == (120, False)
    assert live["Field/Lead.Score"]["type"] == "decimal"
    assert (live["Field/Lead.Score"]["precision"], live["Field/Lead.Score"]["scale"]) == (8, 2)
    assert live["Field/Lead.Email"]["default"] == "x@example.com"
    assert live["Field/Lead.Region"]["restricted"] is False
    assert "references" not in live["Field/Lead.Account"]
    lead.hand('ALTER TABLE "Lead" ADD FOREIGN KEY ("Region") REFERENCES "crmgov_picklist_Source" (name)')
    lead.hand('ALTER TABLE "Lead" ADD FOREIGN KEY ("Account") REFERENCES "Lead" (id) ON DELETE CASCADE')
    live = lead.live()
    assert live["Field/Lead.Region"]["picklist"] == "Source"
    assert live["Field/Lead.Account"]["references"] == ["Lead"]
    assert live["Field/Lead.Account"]["on_delete"] == "cascade"
    assert done(lead.want(CONFIG))
    live = lead.live()
    assert (live["Field/Lead.Name"]["length"], live["Field/Lead.Name"]["required"]) == (80, True)
    assert live["Field/Lead.Score"]["type"] == "integer"
    assert live["Field/Lead.Region"]["picklist"] == "Region"
    assert live["Field/Lead.Account"]["references"] == ["Account", "Lead"]  # what was added by hand is not taken away


def test_a_default_that_is_an_expression_is_counted_and_kept(lead: Db) -> None:
    default = "(lower('X'))" if lead.sqlite else "lower('X')"
    if lead.sqlite:
        lead.hand('ALTER TABLE "Lead" ADD COLUMN "Code" text', 'CREATE TABLE t (id integer primary key, "Code" text '
                  f"DEFAULT {default})")  # fmt: skip
        address = "Field/t.Code"
    else:
        lead.hand(f'ALTER TABLE "Lead" ADD COLUMN "Code" text DEFAULT {default}')
        address = "Field/Lead.Code"
    assert "default" not in lead.live()[address]
    assert lead.left()["defaults that are expressions"] == 1
    assert lead.change(address, length=30).status == "done"
    assert lead.left()["defaults that are expressions"] == 1


def test_reading_never_writes(lead: Db) -> None:
    before = lead.rows("SELECT address, body FROM crmgov_resources ORDER BY address")
    size = (lead.root / "crm.db").stat() if lead.sqlite else None
    for _ in range(3):
        lead.live()
    assert lead.rows("SELECT address, body FROM crmgov_resources ORDER BY address") == before
    if size is not None:
        assert (lead.root / "crm.db").stat().st_mtime_ns == size.st_mtime_ns


def test_entries_broken_by_hand_are_told_and_left_out(lead: Db) -> None:
    lead.hand(
        "INSERT INTO crmgov_resources (address, body) VALUES ('Role/A', '{'), ('Role/B', '[1]'), ('Nonsense', '{}'),"
        " ('Role/C', '{\"parent\": 5}'), ('Team/D', '{\"type\": \"group\"}'), ('Policy/P', '{}')"
    )
    live = lead.live()
    assert "Team/D" in live
    assert not {"Role/A", "Role/B", "Role/C", "Nonsense", "Policy/P"} & set(live)
    coverage = lead.coverage()
    assert "Role/A" in coverage.gap("Role")
    assert coverage.gap("Team") == ""
