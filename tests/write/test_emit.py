"""What is written is read back equal, whatever it is, and looks as a person would write it."""

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from crmgov.load.events import parse
from crmgov.model.canonical import encode
from crmgov.model.normal import canonical_body
from crmgov.write.emit import document
from crmgov.write.scalars import scalar, text
from tests.write.strategies import BODIES, TEXTS, TREES


def read(written: str) -> list[Any]:
    """The documents of a text, which the loader has nothing against."""
    found = parse("a.yaml", written.encode())
    assert found.problems == [], written
    return [value for _, value in found.documents]


def whole(value: Any) -> Any:
    """Whole fractions as integers, as they are written."""
    if isinstance(value, dict):
        return {name: whole(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("a" * 2000)
def test_every_text_is_read_back_on_a_line_and_within_brackets(value: str) -> None:
    assert read(f"{text(value)}\n") == [value]
    assert read(f"[{text(value, flow=True)}]\n") == [[value]]
    assert read(f"{{k: {text(value, flow=True)}}}\n") == [{"k": value}]


@settings(max_examples=300, deadline=None)
@given(TREES, TEXTS, st.none() | TEXTS)
def test_every_tree_is_read_back(tree: Any, name: str, parent: str | None) -> None:
    written = document("Field", name, parent, {"native": {"salesforce": {"x": tree}}, "default": "x"})
    head = {"object": parent} if parent is not None else {}
    expected = {"kind": "Field", "name": name, **head, "native": {"salesforce": {"x": whole(tree)}}, "default": "x"}
    assert encode(read(written)) == encode([expected])


def test_a_key_longer_than_readers_take_on_one_line_is_written_the_long_way() -> None:
    body = {"native": {"salesforce": {"k" * 2000: 1, "a": {"l" * 2000: [1]}}}}
    assert read(document("Field", "X", None, body)) == [{"kind": "Field", "name": "X", **body}]


@settings(max_examples=300, deadline=None)
@given(BODIES)
def test_bodies_are_read_back_and_equal_sets_may_be_named(case: tuple[str, dict[str, Any]]) -> None:
    kind, body = case
    body = canonical_body(kind, body)
    found = read(document(kind, "X", None, body))[0]
    assert canonical_body(kind, {key: value for key, value in found.items() if key not in ("kind", "name")}) == body


def test_the_same_body_is_written_the_same_and_in_the_models_order() -> None:
    body = {
        "values": [{"name": "New"}, {"name": "Won", "default": True}],
        "type": "picklist",
        "native": {},
        "label": "A",
    }
    assert document("Field", "Status", "Lead", body) == (
        "kind: Field\nname: Status\nobject: Lead\nlabel: A\ntype: picklist\n"
        "values:\n  - New\n  - {name: Won, default: true}\nnative: {}\n"
    )


def test_permission_rows_stand_on_one_line_and_equal_sets_have_a_name() -> None:
    full = {"create": True, "read": True, "update": True, "delete": True}
    rows = {"A": full, "B": full, "C": {"read": True}, "D": full}
    assert document("PermissionSet", "Sales", None, {"objects": rows}) == (
        "kind: PermissionSet\nname: Sales\nobjects:\n"
        "  A: &crud {create: true, read: true, update: true, delete: true}\n"
        "  B: *crud\n  C: {read: true}\n  D: *crud\n"
    )


def test_offered_values_are_flow_maps_however_many() -> None:
    few = {"Status": {"values": ["New", "Won"]}, "Rating": "all"}
    assert "picklists: {Rating: all, Status: [New, Won]}\n" in document("RecordType", "Big", "Lead", {"picklists": few})
    many = {f"Field_Number_{number}": {"values": ["Some value", "Another"]} for number in range(5)}
    written = document("RecordType", "Big", "Lead", {"picklists": many})
    assert written.count("\n  Field_Number_") == 5
    assert written.endswith("  Field_Number_4: [Some value, Another] }\n")


def test_texts_of_several_lines_are_blocks() -> None:
    body = {"formula": "AND(\n  A,\n  B\n)", "message": "No: really"}
    assert document("Validation", "V", "Lead", body) == (
        'kind: Validation\nname: V\nobject: Lead\nformula: |-\n  AND(\n    A,\n    B\n  )\nmessage: "No: really"\n'
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"x", object()])
def test_what_yaml_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="written"):
        scalar(value)


def test_characters_that_cannot_be_seen_are_escaped() -> None:
    assert text("a\u00a0") == '"a\\xa0"'
    assert text("\u202ea") == '"\\u202ea"'
