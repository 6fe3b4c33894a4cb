"""Native names, names a database cannot hold, attributes it does not know, and its limits."""

from typing import Any

import pytest

from crmgov.model.canonical import Body
from crmgov.model.normal import canonical_body
from crmgov.model.provider import Normalised
from crmgov.model.snapshot import Snapshot, kind_of
from tests.providers.sql.databases import Db, done


def normalised(db: Db, resources: dict[str, Body]) -> Normalised:
    bodies = {text: canonical_body(kind_of(text), body) for text, body in resources.items()}
    return db.provider.normalise(Snapshot.of("configuration", bodies))


def told(found: Normalised) -> list[tuple[str, str]]:
    return [(diagnostic.code, diagnostic.address) for diagnostic in found.diagnostics]


def test_a_native_name_is_taken_everywhere(db: Db) -> None:
    found = normalised(
        db,
        {
            "Object/Lead": {"native": {"sql": {"name": "crm lead"}, "salesforce": {"x": 1}}},
            "Field/Lead.Region": {"type": "picklist", "picklist": "R", "native": {"sql": {"name": "reg"}}},
            "Picklist/R": {"values": ["a"], "native": {"sql": {"name": "regions"}}},
            "Field/Account.Lead": {"type": "lookup", "references": ["Lead"]},
            "Object/Account": {},
            "Layout/Lead.Main": {"sections": [{"name": "Top", "fields": ["Region"]}]},
        },
    )
    assert found.diagnostics == ()
    assert found.names == {
        'Object/"crm lead"': "Object/Lead", 'Field/"crm lead".reg': "Field/Lead.Region", "Picklist/regions": "Picklist/R",
        "Field/Account.Lead": "Field/Account.Lead", "Object/Account": "Object/Account",
        'Layout/"crm lead".Main': "Layout/Lead.Main",
    }  # fmt: skip
    assert found.snapshot.body('Field/"crm lead".reg') == {"type": "picklist", "picklist": "regions"}
    assert found.snapshot.body("Field/Account.Lead")["references"] == ["crm lead"]
    assert found.snapshot.body('Layout/"crm lead".Main')["sections"][0]["fields"] == [{"name": "reg"}]
    assert done(db.want({native: found.snapshot.body(native) for native in found.snapshot}))


@pytest.mark.parametrize(
    ("resources", "refused"),
    [
        ({"Object/crmgov_meta": {}}, ["Object/crmgov_meta"]),
        ({"Object/CRMGOV_x": {}}, ["Object/CRMGOV_x"]),
        ({"Object/O": {}, "Field/O.id": {"type": "text"}}, ["Field/O.id"]),
        ({'Object/"a\\u0000b"': {}}, ['Object/"a\\u0000b"']),
        ({'Object/""': {}}, ['Object/""']),
        ({"Object/O": {}, "Field/O.G": {"type": "geolocation"}, 'Field/O."G.latitude"': {"type": "text"}},
         ['Field/O."G.latitude"']),
    ],
)  # fmt: skip
def test_names_that_cannot_be_held_are_told(db: Db, resources: dict[str, Body], refused: list[str]) -> None:
    found = normalised(db, resources)
    assert told(found) == [("SQL005", address) for address in refused]
    assert not set(refused) & set(found.names.values())
    assert done(db.want({text: found.snapshot.body(text) for text in found.snapshot})) or not found.snapshot.digests


def test_sqlite_does_not_tell_letters_by_their_case_and_postgresql_does(db: Db) -> None:
    resources: dict[str, Any] = {"Object/Lead": {}, "Object/LEAD": {}, "Field/Lead.a": {"type": "text"}, "Field/Lead.A": {"type": "text"},
                                 "Role/r": {}, "Role/R": {}}  # fmt: skip
    found = normalised(db, resources)
    assert told(found) == ([("SQL005", "Object/LEAD"), ("SQL005", "Field/Lead.A")] if db.sqlite else [])
    assert db.provider.same("Field/Lead.A") == (db.provider.same("Field/LEAD.a") if db.sqlite else "Field/Lead.A")
    assert db.provider.same("Role/r") != db.provider.same("Role/R")


def test_long_names_stay_apart(db: Db) -> None:
    long = "An object whose name says everything there is to say about it in a row"
    config: dict[str, Body] = {}
    for name in (f"{long} 1", f"{long} 2", "ü" * 40):
        config[f'Object/"{name}"'] = {"label": name}
        config[f'Field/"{name}"."{name}"'] = {"type": "multipicklist", "values": [{"name": name}]}
        config[f'Field/"{name}"."{name} too"'] = {"type": "text", "unique": True}
    config = {text.replace(f'"{"ü" * 40}"', f'"{"ü" * 40}"'): body for text, body in config.items()}
    assert done(db.want(config))
    assert set(db.live()) == set(config)


def test_a_vendor_attribute_nobody_knows_is_told(db: Db) -> None:
    found = normalised(
        db,
        {
            "Object/O": {"native": {"sql": {"engine": "fast"}}},
            "Picklist/P": {"values": [{"name": "a", "native": {"sql": {"colour": "red"}, "other": {}}}]},
        },
    )
    assert told(found) == [("SQL006", "Object/O"), ("SQL006", "Picklist/P")]
    assert found.snapshot.body("Picklist/P") == {"values": [{"name": "a"}]}


def test_what_governs_the_repository_is_not_sent(db: Db) -> None:
    body = {"label": "L", "owner": "ana", "tags": ["x"], "protect": ["remove"], "renamed_from": ["Old"], "complete": True,
            "lifecycle": {"status": "deprecated"}, "golden_record": {"required": ["F"]}}  # fmt: skip
    found = normalised(db, {"Object/O": body, "Environment/e": {"provider": "sql"}, "Governance/g": {}})
    assert set(found.snapshot) == {"Object/O"}
    assert found.snapshot.body("Object/O") == {"label": "L", "golden_record": {"required": ["F"]}}


def test_a_default_of_another_type_is_told(db: Db) -> None:
    found = normalised(
        db,
        {
            "Field/O.a": {"type": "integer", "default": "five"},
            "Field/O.b": {"type": "text", "length": 2, "default": "long"},
            "Field/O.c": {"type": "decimal", "precision": 4, "scale": 1, "default": 1.25},
            "Field/O.d": {"type": "date", "default": "2026-02-30"},
            "Field/O.e": {"type": "lookup", "references": ["O"], "default": "x"},
            "Field/O.f": {"type": "boolean", "default": True},
            "Field/O.g": {"type": "formula", "default": "kept"},
            "Object/O": {},
        },
    )
    assert told(found) == [("SQL007", f"Field/O.{name}") for name in "abcde"]
    assert found.snapshot.body("Field/O.f")["default"] is True


def test_limits_are_told_with_their_source(db: Db) -> None:
    most = 2000 if db.sqlite else 1600
    config: dict[str, Body] = {f"Field/Wide.f{n}": {"type": "text"} for n in range(most)}
    config |= {"Object/Wide": {}, "Field/O.n": {"type": "decimal", "precision": 2, "scale": 3}, "Object/O": {}}
    config["Field/O.t"] = {"type": "text", "length": 20_000_000}
    found = db.provider.limits(normalised(db, config).snapshot)
    expected = {"Object/Wide", "Field/O.n"} | (set() if db.sqlite else {"Field/O.t"})
    assert {(diagnostic.code, diagnostic.address) for diagnostic in found} == {
        ("SQL008", address) for address in expected
    }
    (wide,) = (diagnostic.message for diagnostic in found if diagnostic.address == "Object/Wide")
    assert f"{most:,}" in wide
    assert "(" in wide
    del config[f"Field/Wide.f{most - 1}"], config["Field/O.n"], config["Field/O.t"]
    config["Field/O.typeless"] = {"label": "x"}
    (typeless,) = db.provider.limits(normalised(db, config).snapshot)
    assert (typeless.code, typeless.severity, typeless.address) == ("SQL012", "warning", "Field/O.typeless")
    del config["Field/O.typeless"]
    assert db.provider.limits(normalised(db, config).snapshot) == []


def test_a_hundred_thousand_fields_in_normal_form_are_left_as_they_are(sqlite: Db) -> None:
    config = {f"Field/O{n % 500}.f{n}": {"type": "text", "label": "x"} for n in range(100_000)}
    desired = Snapshot.of("configuration", config)
    found = sqlite.provider.normalise(desired).snapshot
    assert found.digests == desired.digests
