"""Changes on populated tables: what converts is kept, what does not is refused with count and keys, nothing by half."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.model.operations import Operation
from tests.providers.sql.databases import Db, done

OBJECT = {"Object/Lead": {"label": "Lead"}}


def filled(db: Db, body: dict[str, Any], values: list[object], field: str = "F") -> Db:
    """One object with one field and a record for each value."""
    assert done(db.want({**OBJECT, f"Field/Lead.{field}": body}))
    db.insert("Lead", [{field: value} for value in values])
    return db


def held(db: Db, field: str = "F") -> list[object]:
    return [row[0] for row in db.rows(f'SELECT "{field}" FROM "Lead" ORDER BY id')]


CONVERTS: list[tuple[dict[str, Any], dict[str, Any], list[object], list[str]]] = [
    ({"type": "text"}, {"type": "integer"}, ["12", "-7", "", None, "3.0"], ["12", "-7", "None", "None", "3"]),
    ({"type": "text"}, {"type": "decimal", "precision": 8, "scale": 2}, ["1.50", "-3"], ["1.5", "-3"]),
    ({"type": "integer"}, {"type": "text"}, [12, 0, None], ["12", "0", "None"]),
    ({"type": "integer"}, {"type": "text", "length": 2}, [12, 0], ["12", "0"]),
    ({"type": "text", "length": 20}, {"type": "text", "length": 3}, ["abc", ""], ["abc", ""]),
    ({"type": "text"}, {"type": "boolean"}, ["true", "No", "1"], ["1", "0", "1"]),
    ({"type": "boolean"}, {"type": "text"}, [True, False], ["true", "false"]),
    ({"type": "boolean"}, {"type": "integer"}, [True, False], ["1", "0"]),
    ({"type": "text"}, {"type": "date"}, ["2026-01-31", "2026-02-01 00:00"], ["2026-01-31", "2026-02-01"]),
    ({"type": "decimal", "precision": 8, "scale": 2}, {"type": "integer"}, [3, 4], ["3", "4"]),
    ({"type": "decimal", "precision": 8, "scale": 2}, {"type": "currency", "precision": 4, "scale": 1}, [3.5], ["3.5"]),
    ({"type": "text"}, {"type": "email", "length": 50}, ["a@example.com"], ["a@example.com"]),
    ({"type": "text"}, {"type": "picklist", "values": [{"name": "a"}, {"name": "b"}]}, ["a", None], ["a", "None"]),
]


def plainly(value: object) -> str:
    """A value as one text on both dialects."""
    if isinstance(value, bool):
        return str(int(value))
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


@pytest.mark.parametrize(("old", "new", "values", "after"), CONVERTS)
def test_what_converts_is_kept(
    db: Db, old: dict[str, Any], new: dict[str, Any], values: list[object], after: list[str]
) -> None:
    filled(db, old, values)
    outcome = db.run(Operation(step=1, action="modify", address="Field/Lead.F", before=old, after=new))[0]
    assert outcome.status == "done", outcome.message
    assert [plainly(value) for value in held(db)] == after
    assert db.live()["Field/Lead.F"]["type"] == new["type"]


REFUSES: list[tuple[dict[str, Any], dict[str, Any], list[object], int]] = [
    ({"type": "text"}, {"type": "integer"}, ["12", "12abc", "1e3", " 5", "9223372036854775808"], 4),
    ({"type": "text"}, {"type": "decimal", "precision": 4, "scale": 1}, ["1.25", "12345", "1.5"], 2),
    ({"type": "text", "length": 20}, {"type": "text", "length": 3}, ["abc", "abcd"], 1),
    ({"type": "text"}, {"type": "boolean"}, ["true", "maybe"], 1),
    ({"type": "text"}, {"type": "date"}, ["2026-01-31", "31.01.2026", "2026-02-30"], 2),
    ({"type": "decimal", "precision": 8, "scale": 2}, {"type": "integer"}, [3, 4.5], 1),
    ({"type": "text"}, {"type": "picklist", "values": [{"name": "a"}]}, ["a", "b", ""], 2),
    ({"type": "text"}, {"type": "multipicklist", "values": [{"name": "a"}, {"name": "b"}]}, ["a;b", "a;c"], 1),
    ({"type": "integer"}, {"type": "geolocation"}, [1, None], 1),
    ({"type": "text"}, {"type": "formula", "formula": "1"}, ["x", None, ""], 1),
]


@pytest.mark.parametrize(("old", "new", "values", "failing"), REFUSES)
def test_what_does_not_convert_is_counted_and_nothing_changes(
    db: Db, old: dict[str, Any], new: dict[str, Any], values: list[object], failing: int
) -> None:
    filled(db, old, values)
    before, rows = db.live(), held(db)
    outcomes = db.run(
        Operation(step=1, action="add", address="Role/First", after={}),
        Operation(step=2, action="modify", address="Field/Lead.F", before=old, after=new),
        Operation(step=3, action="add", address="Role/Last", after={}),
    )
    assert [outcome.status for outcome in outcomes] == ["not_tried", "failed", "not_tried"]
    assert f"{failing} record" in outcomes[1].message
    assert "(id " in outcomes[1].message
    assert not [value for value in values if isinstance(value, str) and len(value) > 3 and value in outcomes[1].message]
    assert (db.live(), held(db)) == (before, rows)


def test_several_values_become_one_text_and_back(db: Db) -> None:
    values = {"values": [{"name": "a"}, {"name": "b"}]}
    filled(db, {"type": "text"}, ["b;a", "a", None, ""])
    assert db.change("Field/Lead.F", type="multipicklist", **values).status == "done"
    links = db.rows('SELECT record, value FROM "crmgov_links_Lead.F" ORDER BY 1, 2')
    assert links == [(1, "a"), (1, "b"), (2, "a")]
    assert db.change("Field/Lead.F", type="picklist").status == "failed"
    assert db.change("Field/Lead.F", type="text", values=None).status == "done"
    assert held(db) == ["a;b", "a", None, None]


def test_required_over_blanks_fails_with_the_count(db: Db) -> None:
    filled(db, {"type": "text"}, ["x", "", None])
    outcome = db.change("Field/Lead.F", required=True)
    assert outcome.status == "failed"
    assert "2 records are blank (id 2, 3)" in outcome.message
    db.hand('UPDATE "Lead" SET "F" = \'y\'')
    assert db.change("Field/Lead.F", required=True).status == "done"
    assert db.live()["Field/Lead.F"]["required"] is True


def test_a_new_required_field_needs_a_default_where_there_are_records(db: Db) -> None:
    filled(db, {"type": "text"}, ["x", "y"])
    added = Operation(step=1, action="add", address="Field/Lead.G", after={"type": "integer", "required": True})
    assert "2 records would be blank" in db.run(added)[0].message
    body = {"type": "integer", "required": True, "default": 7}
    assert done(db.run(Operation(step=1, action="add", address="Field/Lead.G", after=body)))
    assert held(db, "G") == [7, 7]


def test_a_default_is_for_new_records_only(db: Db) -> None:
    filled(db, {"type": "text"}, ["x"])
    body = {"type": "integer", "default": 7}
    assert done(db.run(Operation(step=1, action="add", address="Field/Lead.G", after=body)))
    db.insert("Lead", [{"F": "y"}])
    assert held(db, "G") == [None, 7]


def test_unique_over_duplicates_fails_with_the_count(db: Db) -> None:
    filled(db, {"type": "text"}, ["x", "x", "y", None, None])
    outcome = db.change("Field/Lead.F", unique=True)
    assert "2 records share a value with another one (id 1, 2)" in outcome.message
    assert db.live()["Field/Lead.F"]["unique"] is False


def test_a_value_in_use_cannot_go(db: Db) -> None:
    config = {
        "Picklist/P": {"values": [{"name": "a"}, {"name": "b"}, {"name": "c"}]},
        **OBJECT,
        "Field/Lead.F": {"type": "picklist", "picklist": "P"},
        "Field/Lead.M": {"type": "multipicklist", "picklist": "P"},
    }
    assert done(db.want(config))
    db.insert("Lead", [{"F": "a"}, {"F": None}])
    db.insert("crmgov_links_Lead.M", [{"record": 2, "value": "b"}])
    left = [{"name": "b"}, {"name": "c"}]
    assert '1 record of "Lead"."F" still hold' in db.change("Picklist/P", values=left).message
    left = [{"name": "a"}, {"name": "c"}]
    assert '1 record of "crmgov_links_Lead.M"."value" still hold' in db.change("Picklist/P", values=left).message
    assert db.change("Picklist/P", values=[{"name": "b"}, {"name": "a", "label": "A"}]).status == "done"
    assert db.live()["Picklist/P"]["values"] == [{"name": "b"}, {"name": "a", "label": "A"}]
    assert "still take their values from it" in db.remove("Picklist/P")[0].message


def test_whether_only_listed_values_are_taken_follows_the_shared_list(db: Db) -> None:
    config = {
        "Picklist/P": {"values": [{"name": "a"}]},
        **OBJECT,
        "Field/Lead.F": {"type": "picklist", "picklist": "P"},
        "Field/Lead.M": {"type": "multipicklist", "picklist": "P"},
    }
    assert done(db.want(config))
    assert db.change("Picklist/P", restricted=False).status == "done"
    db.insert("Lead", [{"F": "anything"}])
    db.insert("crmgov_links_Lead.M", [{"record": 1, "value": "whatever"}])
    outcome = db.change("Picklist/P", restricted=True)
    assert '1 record hold what "crmgov_picklist_P" does not have' in outcome.message
    db.hand('UPDATE "Lead" SET "F" = \'a\'', 'DELETE FROM "crmgov_links_Lead.M"')
    assert db.change("Picklist/P", restricted=True).status == "done"
    assert "restricted" not in db.live()["Field/Lead.F"]


def test_a_lookup_over_records_that_point_at_nothing_fails(db: Db) -> None:
    assert done(db.want({**OBJECT, "Object/Account": {}, "Field/Lead.F": {"type": "integer"}}))
    db.insert("Lead", [{"F": 77}, {"F": None}])
    outcome = db.change("Field/Lead.F", type="lookup", references=["Account"])
    assert '1 record hold what "Account" does not have (id 1)' in outcome.message
    db.hand('INSERT INTO "Account" (id) VALUES (77)')
    assert db.change("Field/Lead.F", type="lookup", references=["Account"]).status == "done"
    assert held(db) == [77, None]


def test_a_deleted_target_does_what_the_field_says(db: Db) -> None:
    config = {
        **OBJECT,
        "Object/Account": {},
        "Field/Lead.N": {"type": "lookup", "references": ["Account"]},
        "Field/Lead.D": {"type": "master_detail", "references": ["Account"]},
    }
    assert done(db.want(config))
    db.hand('INSERT INTO "Account" (id) VALUES (1), (2)')
    db.insert("Lead", [{"N": 1, "D": 2}, {"N": 2, "D": 1}])
    db.hand(*(["PRAGMA foreign_keys=ON"] if db.sqlite else []), 'DELETE FROM "Account" WHERE id = 1')
    assert db.rows('SELECT id, "N" FROM "Lead"') == (
        [(1, None)] if not db.sqlite else db.rows('SELECT id, "N" FROM "Lead"')
    )


def test_objects_with_fields_or_followers_stay(db: Db) -> None:
    assert done(
        db.want({**OBJECT, "Object/Account": {}, "Field/Lead.A": {"type": "lookup", "references": ["Account"]}})
    )
    assert "still point at Account" in db.remove("Object/Account")[0].message
    assert "still has 1 fields that this plan does not remove: A" in db.remove("Object/Lead")[0].message
    assert done(db.remove("Field/Lead.A", "Object/Account", "Object/Lead"))
    assert db.live() == {}


def test_renames_keep_values_and_everything_that_names_them(db: Db) -> None:
    config = {
        "Picklist/P": {"values": [{"name": "a"}]},
        **OBJECT,
        "Object/Account": {},
        "Field/Lead.F": {"type": "text", "unique": True},
        "Field/Lead.P": {"type": "picklist", "picklist": "P"},
        "Field/Lead.Own": {"type": "picklist", "values": [{"name": "x"}]},
        "Field/Lead.M": {"type": "multipicklist", "values": [{"name": "y"}]},
        "Field/Lead.Geo": {"type": "geolocation"},
        "Field/Account.Lead": {"type": "lookup", "references": ["Lead"]},
        "Layout/Lead.Main": {"sections": [{"name": "Top", "fields": [{"name": "F"}]}]},
        "PermissionSet/S": {"fields": {"Lead": {"fields": {"F": "edit"}}}},
    }
    assert done(db.want(config))
    db.insert("Lead", [{"F": "v", "P": "a", "Own": "x", "Geo.latitude": 1.5}])
    db.insert("crmgov_links_Lead.M", [{"record": 1, "value": "y"}])
    for old, new in (
        ("Picklist/P", "Picklist/Q"), ("Field/Lead.F", "Field/Lead.G"), ("Field/Lead.M", "Field/Lead.N"),
        ("Field/Lead.Geo", "Field/Lead.Place"), ("Object/Lead", "Object/Prospect"), ("Layout/Prospect.Main", "Layout/Prospect.Side"),
    ):  # fmt: skip
        assert db.rename(old, new).status == "done", (old, new)
    live = db.live()
    assert not [address for address in live if "Lead." in address or address == "Object/Lead"]
    assert live["Field/Prospect.P"]["picklist"] == "Q"
    assert live["Field/Account.Lead"]["references"] == ["Prospect"]
    assert live["Layout/Prospect.Side"]["sections"][0]["fields"] == [{"name": "G"}]
    assert live["PermissionSet/S"]["fields"] == {"Prospect": {"fields": {"G": "edit"}}}
    assert live["Field/Prospect.G"]["unique"] is True
    assert db.rows('SELECT "G", "P", "Own", "Place.latitude" FROM "Prospect"') == [("v", "a", "x", 1.5)]
    assert db.rows('SELECT record, value FROM "crmgov_links_Prospect.N"') == [(1, "y")]
    assert "there is a table" in db.rename("Object/Prospect", "Object/Account").message


def test_a_renamed_value_is_renamed_in_every_record(db: Db) -> None:
    config = {
        "Picklist/P": {"values": [{"name": "a"}, {"name": "b"}]},
        **OBJECT,
        "Field/Lead.F": {"type": "picklist", "picklist": "P"},
        "Field/Lead.M": {"type": "multipicklist", "picklist": "P"},
    }
    assert done(db.want(config))
    db.insert("Lead", [{"F": "a"}, {"F": "b"}])
    db.insert("crmgov_links_Lead.M", [{"record": 1, "value": "a"}])

    def rename(old: str, new: str) -> Any:
        step = Operation(
            step=1, action="rename", address=f'Picklist/P#values["{new}"]', renamed_from=f'Picklist/P#values["{old}"]'
        )
        return db.run(step)[0]

    assert rename("a", "per%cent 'x'").status == "done"
    assert held(db) == ["per%cent 'x'", "b"]
    assert db.rows('SELECT value FROM "crmgov_links_Lead.M"') == [("per%cent 'x'",)]
    assert [row["name"] for row in db.live()["Picklist/P"]["values"]] == ["per%cent 'x'", "b"]
    assert "no value 'a'" in rename("a", "c").message
    assert "'b' is there already" in rename("per%cent 'x'", "b").message


def test_a_replaced_field_begins_anew(db: Db) -> None:
    filled(db, {"type": "text"}, ["x"])
    body = {"type": "date"}
    assert done(
        db.run(Operation(step=1, action="replace", address="Field/Lead.F", before={"type": "text"}, after=body))
    )
    assert held(db) == [None]


def test_switching_between_own_and_shared_values(db: Db) -> None:
    config = {
        "Picklist/P": {"values": [{"name": "a"}, {"name": "b"}]},
        **OBJECT,
        "Field/Lead.F": {"type": "picklist", "values": [{"name": "a"}, {"name": "z"}]},
    }
    assert done(db.want(config))
    db.insert("Lead", [{"F": "a"}, {"F": "z"}])
    assert "1 record hold what" in db.change("Field/Lead.F", picklist="P", values=None).message
    db.hand('UPDATE "Lead" SET "F" = \'a\' WHERE id = 2')
    assert db.change("Field/Lead.F", picklist="P", values=None).status == "done"
    assert db.live()["Field/Lead.F"] == {"type": "picklist", "picklist": "P", "required": False, "unique": False}
    assert db.change("Field/Lead.F", picklist=None, values=[{"name": "a"}, {"name": "b"}]).status == "done"
    assert held(db) == ["a", "a"]


def test_a_step_that_cannot_be_done_is_named_among_many(db: Db) -> None:
    assert done(db.want(OBJECT))
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("Field/Lead.A", {"type": "text"}), ("Field/Lead.B", {}), ("Field/Nowhere.C", {"type": "text"}),
        ("Field/Lead.D", {"type": "picklist", "picklist": "None"}), ("Field/Lead.E", {"type": "lookup", "references": ["None"]}),
    ]  # fmt: skip
    words = {2: "needs a type", 3: "no table for Nowhere", 4: "no table", 5: 'no table "None"'}
    for wrong, word in words.items():
        chosen = [bodies[0], bodies[wrong - 1], ("Field/Lead.Z", {"type": "date"})]
        steps = [Operation(step=n, action="add", address=a, after=body) for n, (a, body) in enumerate(chosen, 1)]
        outcomes = db.run(*steps)
        assert [outcome.status for outcome in outcomes] == ["not_tried", "failed", "not_tried"]
        assert word in outcomes[1].message
    assert set(db.live()) == {"Object/Lead"}


def test_a_column_the_server_refuses_is_named_among_many(postgres_url: str, tmp_path: Any) -> None:
    db = Db(postgres_url, tmp_path)
    assert done(db.want(OBJECT))
    types: list[dict[str, Any]] = [{"type": "text"}, {"type": "text", "length": 10**9}, {"type": "date"}]
    steps = [Operation(step=n, action="add", address=f"Field/Lead.F{n}", after=body) for n, body in enumerate(types, 1)]
    outcomes = db.run(*steps)
    assert [outcome.status for outcome in outcomes] == ["not_tried", "failed", "not_tried"]
    assert "Field/Lead.F2: the database refused it: InvalidParameterValue (22023)" in outcomes[1].message


VALUES = [{"name": "a"}, {"name": "b"}]
KINDS: list[dict[str, Any]] = [
    *({"type": kind} for kind in ("text", "textarea", "email", "integer", "decimal", "boolean", "date", "datetime", "time",
                                  "geolocation", "formula", "rollup", "user", "autonumber", "file")),
    {"type": "text", "length": 3}, {"type": "currency", "precision": 5, "scale": 2}, {"type": "picklist", "values": VALUES},
    {"type": "multipicklist", "values": VALUES}, {"type": "lookup", "references": ["Lead"]}, {"type": "picklist", "picklist": "P"},
    {"type": "multipicklist", "picklist": "P", "restricted": False}, {"type": "lookup", "references": ["Lead", "Other"]},
]  # fmt: skip
contents = st.lists(
    st.sampled_from([None, "", "a", "b", "a;b", "1", "2.50", "7", "true", "2026-01-31", "10:30", "long text"]),
    max_size=6,
)


@given(way=st.lists(st.sampled_from(KINDS), min_size=2, max_size=5), values=contents, data=st.data())
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_any_type_becomes_any_other_or_nothing_changes(
    sqlite: Db, way: list[dict[str, Any]], values: list[Any], data: Any
) -> None:
    sqlite.hand(
        'DROP TABLE IF EXISTS "crmgov_links_Lead.F"', 'DROP TABLE IF EXISTS "Lead"', "DELETE FROM crmgov_resources"
    )
    start = {**OBJECT, "Object/Other": {}, "Picklist/P": {"values": VALUES}, "Field/Lead.F": {"type": "text"}}
    sqlite.hand('DROP TABLE IF EXISTS "Other"', 'DROP TABLE IF EXISTS "crmgov_values_Lead.F"')
    assert done(sqlite.want(start))
    sqlite.insert("Lead", [{"F": value} for value in values])
    for body in way:
        before, rows = sqlite.live(), sqlite.rows('SELECT * FROM "Lead"')
        extra = dict.fromkeys(data.draw(st.sets(st.sampled_from(["required", "unique"]))), True)
        step = Operation(
            step=1, action="modify", address="Field/Lead.F", before=before["Field/Lead.F"], after={**body, **extra}
        )
        (outcome,) = sqlite.run(step)
        now = sqlite.live()
        if outcome.status == "done":
            assert now["Field/Lead.F"] | body == now["Field/Lead.F"]
        else:
            assert outcome.message
            assert "record" in outcome.message, outcome.message
            assert (now, sqlite.rows('SELECT * FROM "Lead"')) == (before, rows)
        assert sqlite.rows('SELECT count(*) FROM "Lead"') == [(len(values),)]
        assert sqlite.rows("SELECT * FROM pragma_foreign_key_check") == []
