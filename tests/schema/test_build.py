"""The published schemas: current, self-contained, described, and free of what makes messages useless."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from crmgov.model.kinds import KINDS
from crmgov.schema.build import body_schema, document_schema, published, text_of, write

PUBLISHED = Path(__file__).parents[2] / "schemas"


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        yield path, schema
        for key in ("properties", "$defs"):
            for name, inner in schema.get(key, {}).items():
                yield from parts(inner, f"{path}/{key}/{name}")
        for key in ("items", "additionalProperties", "propertyNames"):
            yield from parts(schema.get(key), f"{path}/{key}")
        for index, inner in enumerate(schema.get("prefixItems", [])):
            yield from parts(inner, f"{path}/prefixItems/{index}")


def keywords(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        for key, inner in schema.items():
            yield key
            yield from keywords(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from keywords(inner)


def test_committed_schemas_are_current() -> None:
    expected = {name: text_of(schema) for name, schema in published().items()}
    found = {path.name: path.read_text(encoding="utf-8") for path in PUBLISHED.glob("*.json")}
    assert found == expected, "run: python -m crmgov.schema.build"


@pytest.mark.parametrize("name", sorted(published()))
def test_every_schema_is_a_schema_and_describes_everything(name: str) -> None:
    schema = published()[name]
    Draft202012Validator.check_schema(schema)
    bare = [
        path
        for path, part in parts(schema)
        if not (part.get("title") and part.get("description")) and "$ref" not in part
    ]
    assert bare == []


@pytest.mark.parametrize("name", sorted(published()))
def test_no_schema_has_alternatives_that_hide_the_reason(name: str) -> None:
    assert not {"anyOf", "oneOf", "default"} & set(keywords(_without_property_names(published()[name])))


def _without_property_names(schema: Any) -> Any:
    """The schema with attributes' own names (one of them is ``default``) taken out of the way."""
    if isinstance(schema, list):
        return [_without_property_names(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_property_names(list(inner.values()) if key in ("properties", "$defs") else inner)
        for key, inner in schema.items()
    }


@pytest.mark.parametrize("name", sorted(published()))
def test_references_stay_in_the_file_and_structs_are_closed(name: str) -> None:
    schema = published()[name]
    for path, part in parts(schema):
        if "$ref" in part:
            assert part["$ref"].removeprefix("#/$defs/") in schema["$defs"], path
        if "properties" in part:
            assert part.get("additionalProperties") is False, path


def test_every_kind_has_an_envelope_with_its_object_where_it_needs_one() -> None:
    for kind, info in KINDS.items():
        schema = document_schema(kind)
        assert schema["properties"]["kind"]["const"] == kind
        assert {"kind", "name"} <= set(schema["required"])
        assert ("object" in schema["required"]) == (info.parent == "always")
        assert ("object" in schema["properties"]) == (info.parent != "never")
        assert "kind" not in body_schema(kind)["properties"] or kind == "Policy"


def test_an_object_holds_its_fields_inline() -> None:
    check = Draft202012Validator(document_schema("Object"))
    document = {"kind": "Object", "name": "Lead", "fields": {"Region": {"type": "text", "length": 20}}}
    assert check.is_valid(document)
    assert not check.is_valid({**document, "fields": {"Region": {"type": "text", "lenght": 20}}})
    assert not check.is_valid({**document, "fields": {"Region": {"name": "Region", "type": "text"}}})


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    assert len(write(tmp_path)) == len(published())
    assert write(tmp_path) == []
    assert json.loads((tmp_path / "Field.json").read_text())["title"] == "Field"
