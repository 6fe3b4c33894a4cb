"""Bodies taken apart and put together again are the same bodies."""

from crmgov.model.flat import ORDER, PRESENT, build, element_of, flatten, route_text
from crmgov.model.normal import canonical_body
from crmgov.model.references import references

PICKLIST = {"label": "Region", "values": ["EMEA", {"name": "APAC", "label": "Asia"}], "tags": ["b", "a"]}


def test_shorthands_and_sets_have_one_form() -> None:
    body = canonical_body("Picklist", PICKLIST)
    assert body["values"] == [{"name": "EMEA"}, {"name": "APAC", "label": "Asia"}]
    assert body["tags"] == ["a", "b"]
    assert canonical_body("Picklist", body) == body


def test_every_element_has_a_route_and_the_order_one_of_its_own() -> None:
    flat = flatten("Picklist", canonical_body("Picklist", PICKLIST))
    assert flat[("values", "EMEA")] == PRESENT
    assert flat[("values", "APAC", "label")] == "Asia"
    assert flat[("values", ORDER)] == ["EMEA", "APAC"]
    assert build("Picklist", flat) == canonical_body("Picklist", PICKLIST)


def test_nested_collections_round_trip() -> None:
    body = {
        "objects": {"Lead": {"read": True}},
        "fields": {"Lead": {"default": "read", "fields": {"Region": "edit"}}, "Account": {}},
        "capabilities": {"ExportReport": False},
        "includes": [],
    }
    assert build("PermissionSet", flatten("PermissionSet", body)) == body


def test_routes_are_written_as_people_read_them() -> None:
    assert route_text("Picklist", ("values", "In review", "label")) == 'values["In review"].label'
    assert element_of("Layout", ("sections", "Details", "fields", "Region__c", "behavior")) == (
        "#sections[Details]#fields[Region__c]",
        "behavior",
    )


def test_references_know_their_context() -> None:
    body = {"objects": {"Lead": {"read": True}}, "fields": {"Lead": {"fields": {"Region": "edit"}}}}
    found = {(r.kind, r.name, r.context) for r in references("PermissionSet", body)}
    assert found == {("Object", "Lead", None), ("Field", "Region", "Lead")}
    when = {"reject_when": {"all": [{"field": "Account.Industry", "op": "blank"}]}, "error_field": "Stage"}
    found = {(r.kind, r.name, r.context) for r in references("Validation", when, "Opportunity")}
    assert found == {("FieldPath", "Account.Industry", "Opportunity"), ("Field", "Stage", "Opportunity")}


def test_elements_below_an_empty_collection_count() -> None:
    assert build("Picklist", {("values",): [], ("values", "A"): PRESENT}) == {"values": [{"name": "A"}]}
