"""Schemas that complete a repository's own names, and reject nothing the shipped ones accept."""

from functools import cache
from typing import Any

import hypothesis.strategies as st
import jsonschema_rs
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from crmgov.model.kinds import KINDS
from crmgov.model.snapshot import Snapshot
from crmgov.schema.build import document_schema, schemas
from crmgov.schema.nodes import Json
from crmgov.schema.project import project_schemas
from tests.schema.test_oracle import bodies

SNAPSHOT = Snapshot.of(
    "tree",
    {
        "Object/Lead": {}, "Object/Account": {}, "Field/Lead.Region": {}, "Field/Lead.Tier": {},
        'Field/"Odd/Object %"."a b"': {}, "Field/Account.Industry": {}, "RecordType/Lead.Big": {}, "Role/Boss": {},
        "Picklist/Tiers": {}, "PermissionSet/Sales": {}, 'Layout/Lead."Lead Layout"': {},
        "StageSet/Deal": {"stages": [{"name": "New"}, {"name": "Won"}]}, "Pipeline/Lead.P": {"stages": [{"name": "New"}]},
    },
)  # fmt: skip
PROJECT = project_schemas(SNAPSHOT)


def completions(schema: Json, document: Any, path: list[str | int]) -> set[str]:
    """What an editor offers at a path: examples and known keys of every part of the schema that applies there."""
    return _offered(schema, schema, document, path)


def _offered(root: Json, schema: Any, value: Any, path: list[str | int]) -> set[str]:
    if not isinstance(schema, dict):
        return set()
    found: set[str] = set()
    if "$ref" in schema:
        from urllib.parse import unquote

        found |= _offered(
            root, root["$defs"][unquote(schema["$ref"]).removeprefix("#/$defs/").replace("~1", "/")], value, path
        )
    for part in schema.get("allOf", []):
        if "if" not in part:
            found |= _offered(root, part, value, path)
        elif Draft202012Validator(part["if"]).is_valid(value):
            found |= _offered(root, part["then"], value, path)
    if not path:
        return found | set(schema.get("examples", [])) | set(schema.get("properties", {}))
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return found | _offered(root, schema.get("items"), value[step] if value else None, rest)
    known = schema.get("properties", {})
    inner = known[step] if step in known else schema.get("additionalProperties")
    below = value.get(step) if isinstance(value, dict) else None
    return found | _offered(root, inner, below, rest)


@pytest.mark.parametrize(
    ("kind", "path", "offered", "not_offered"),
    [
        ("Validation", ["error_field"], {"Region", "Tier"}, {"Industry"}),
        ("Automation", ["trigger", "fields", 0], {"Region", "Tier"}, {"Industry"}),
        ("Automation", ["actions", 0, "field"], {"Region"}, {"Industry"}),
        ("Automation", ["actions", 0, "to", "role"], {"Boss"}, set()),
        ("Layout", ["sections", 0, "fields", 0, "name"], {"Region"}, {"Industry"}),
        ("RecordType", ["picklists"], {"Region", "Tier"}, {"Industry"}),
        ("Field", ["picklist"], {"Tiers", "Deal"}, set()),
        ("Field", ["references", 0], {"Lead", "Account"}, {"Region"}),
        ("Pipeline", ["stages", 0, "name"], {"New", "Won"}, set()),
        ("Role", ["grants", 0], {"Sales"}, set()),
        ("PermissionSet", ["objects"], {"Lead", "Account"}, set()),
        ("PermissionSet", ["fields", "Lead", "fields"], {"Region", "Tier"}, {"Industry"}),
        ("PermissionSet", ["fields", "Account", "fields"], {"Industry"}, {"Region"}),
        ("PermissionSet", ["layouts", "Lead", "layout"], {"Lead Layout"}, set()),
        ("Integration", ["mappings", 0, "ours"], {"Lead.Region", "Account.Industry"}, set()),
        ("Validation", ["reject_when", "field"], {"Region", "Industry"}, set()),
        ("Object", ["golden_record", "required", 0], set(), {"Boss"}),
        ("Validation", ["object"], {"Lead", "Account"}, set()),
    ],
)
def test_names_are_offered_where_they_belong(
    kind: str, path: list[str | int], offered: set[str], not_offered: set[str]
) -> None:
    document = {"kind": kind, "name": "X", "object": "Lead"}
    found = completions(PROJECT[f"{kind}.json"], document, path)
    assert offered <= found
    assert not (not_offered & found)


def test_an_objects_own_fields_are_offered_within_it() -> None:
    found = completions(PROJECT["Object.json"], {"kind": "Object", "name": "Lead"}, ["golden_record", "required", 0])
    assert {"Region", "Tier"} <= found
    assert "Industry" not in found


def test_an_empty_repository_gives_schemas_too() -> None:
    assert set(project_schemas(Snapshot.of("empty", {}))) == set(schemas())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_is_rejected_or_accepted_that_the_shipped_schema_does_not(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    shipped = document_schema(kind)
    body = data.draw(bodies({key: value for key, value in shipped.items() if key != "$ref"}, shipped))
    if data.draw(st.booleans()):
        body |= {"kind": kind, "name": "X", "object": data.draw(st.sampled_from(["Lead", "Other"]))}
    expected, found = validators(kind)
    assert found.is_valid(body) == expected.is_valid(body)


@cache
def validators(kind: str) -> tuple[jsonschema_rs.Draft202012Validator, jsonschema_rs.Draft202012Validator]:
    made = [jsonschema_rs.Draft202012Validator(schema) for schema in (document_schema(kind), PROJECT[f"{kind}.json"])]
    return made[0], made[1]
