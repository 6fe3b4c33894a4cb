"""Edits of a document: what is intended is what is read, and everything else keeps its bytes."""

import difflib
from typing import Any

import hypothesis.strategies as st
import yaml
from hypothesis import HealthCheck, assume, given, settings

from crmgov.load.events import parse
from crmgov.model.canonical import decode, encode
from crmgov.model.normal import canonical_body
from crmgov.write.comments import comments
from crmgov.write.emit import document
from crmgov.write.marked import marked
from crmgov.write.revise import ENVELOPE, held, revise, values
from tests.write.strategies import BODIES, PAIRS

HAND_WRITTEN = """\
# file comment
kind: Field   # the kind
name: Tier__c
object: Lead
label: "Tier"   # shown

# why it is there
description: >-
  some folded
  text
type: picklist
values:       # order matters
  # hot first
  - Hot
  - name: Warm  # w
    label: Warm one
    # inner
    default: true
  - {name: Cold, label: "It's cold"}
personal_data: [GDPR,CCPA]   # both
controlled_by:
    field: Status
    pairs: {New: [Hot], Won: [Warm, Cold]}
# the end
"""


def body_of(text: str, kind: str, number: int = 0, route: tuple[str, ...] = ()) -> dict[str, Any]:
    found = held(values(text)[number], route)
    own = {key: value for key, value in found.items() if key not in ENVELOPE and key not in ("fields",)}
    result: dict[str, Any] = decode(encode(canonical_body(kind, own)))
    return result


def changes(before: str, after: str) -> list[str]:
    """Lines taken out and put in, in order."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_only_the_lines_that_differ_change() -> None:
    body = body_of(HAND_WRITTEN, "Field")
    body["label"] = "Tier: x"
    body["required"] = True
    body["values"][1]["label"] = "W"
    body["values"].insert(1, {"name": "New"})
    body["personal_data"] = ["CCPA"]
    body["controlled_by"]["pairs"]["New"].append("Warm")
    result = revise(HAND_WRITTEN, 0, (), "Field", canonical_body("Field", body))
    assert changes(HAND_WRITTEN, result.text) == [
        '-label: "Tier"   # shown', '+label: "Tier: x"   # shown', "+required: true", "+  - New",
        "-    label: Warm one", "+    label: W",
        "-personal_data: [GDPR,CCPA]   # both", "+personal_data: [CCPA]   # both",
        "-    pairs: {New: [Hot], Won: [Warm, Cold]}", "+    pairs: {New: [Hot, Warm], Won: [Warm, Cold]}",
    ]  # fmt: skip
    assert not result.anew


def test_a_new_order_moves_entries_with_their_comments() -> None:
    body = body_of(HAND_WRITTEN, "Field")
    body["values"].reverse()
    result = revise(HAND_WRITTEN, 0, (), "Field", body)
    assert '- {name: Cold, label: "It\'s cold"}\n  - name: Warm  # w\n    label: Warm one\n    # inner\n' in result.text
    assert result.text.index("# hot first\n  - Hot") > result.text.index("# inner")


def test_windows_line_ends_stay() -> None:
    text = HAND_WRITTEN.replace("\n", "\r\n")
    body = body_of(text, "Field")
    body.update(description="one\ntwo\n", help="x")
    result = revise(text, 0, (), "Field", body).text
    assert result.count("\n") == result.count("\r\n")
    assert body_of(result, "Field")["description"] == "one\ntwo\n"


def test_other_documents_and_the_resources_inside_an_object_stay() -> None:
    text = "kind: Object\nname: Lead\nfields:\n  A:\n    type: text\n    # why\n    length: 3\n  B: {type: text}\n---\n# r\nkind: Role\nname: R\n"
    inner = {**body_of(text, "Field", 0, ("fields", "A")), "length": 5, "label": "x"}
    result = revise(text, 0, ("fields", "A"), "Field", inner).text
    assert changes(text, result) == ["+    label: x", "-    length: 3", "+    length: 5"]
    result = revise(text, 0, ("fields", "B"), "Field", {"type": "text", "label": "x"}).text
    assert changes(text, result) == ["-  B: {type: text}", "+  B: {label: x, type: text}"]
    result = revise(text, 0, (), "Object", {"label": "Lead"}).text
    assert changes(text, result) == ["+label: Lead"]
    result = revise(text, 1, (), "Role", {"label": "Boss"}).text
    assert changes(text, result) == ["+label: Boss"]


ROWS = """\
kind: PermissionSet
name: A
objects:
  A: &crud {create: true, read: true}   # all
  B: *crud
  C: *crud
  # last
  D: *crud
"""


def test_the_first_of_equal_sets_changes_and_the_next_takes_the_name_over() -> None:
    body = body_of(ROWS, "PermissionSet")
    body["objects"]["A"]["update"] = True
    result = revise(ROWS, 0, (), "PermissionSet", body).text
    assert changes(ROWS, result) == [
        "-  A: &crud {create: true, read: true}   # all", "-  B: *crud",
        "+  A: {create: true, read: true, update: true}   # all", "+  B: &crud {create: true, read: true}",
    ]  # fmt: skip


def test_one_of_several_equal_sets_changes_alone() -> None:
    body = body_of(ROWS, "PermissionSet")
    body["objects"]["C"]["read"] = False
    result = revise(ROWS, 0, (), "PermissionSet", body).text
    assert changes(ROWS, result) == ["-  C: *crud", "+  C: {create: true, read: false}"]


def test_equal_sets_go_and_change_together() -> None:
    body = body_of(ROWS, "PermissionSet")
    del body["objects"]["A"], body["objects"]["D"]
    body["objects"]["B"]["read"] = False
    result = revise(ROWS, 0, (), "PermissionSet", body).text
    assert body_of(result, "PermissionSet") == body
    assert "# last" in result


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAIRS, st.sampled_from(["ours", "wide", "brackets", "plain"]), st.booleans())
def test_any_document_can_be_made_to_hold_any_other_body(
    pair: tuple[str, dict[str, Any], dict[str, Any]], layout: str, windows: bool
) -> None:
    kind, first, second = pair
    before, after = canonical_body(kind, first), canonical_body(kind, second)
    text = _laid_out(kind, before, layout)
    assume(parse("", text.encode()).problems == [] and body_of(text, kind) == decode(encode(before)))
    text = "# top\n" + (text.replace("\n", "\r\n") if windows and "\\\n" not in text else text) + "# end\n"
    assume(body_of(text, kind) == decode(encode(before)))
    assert revise(text, 0, (), kind, before).text == text
    result = revise(text, 0, (), kind, after)
    assert body_of(result.text, kind) == decode(encode(after))
    assert comments(marked(result.text.replace("\r\n", "\n")))[0] == "# top"
    assert revise(result.text, 0, (), kind, after).text == result.text


def _laid_out(kind: str, body: dict[str, Any], layout: str) -> str:
    if layout == "ours":
        return document(kind, "X", None, body)
    style = {"wide": {"indent": 6, "width": 30}, "brackets": {"default_flow_style": None}, "plain": {"width": 1000}}
    return yaml.safe_dump({"kind": kind, "name": "X", **body}, sort_keys=False, allow_unicode=True, **style[layout])  # type: ignore[no-any-return, call-overload]


@settings(max_examples=80, deadline=None)
@given(BODIES, st.data())
def test_a_change_of_one_attribute_leaves_the_lines_of_the_others(
    case: tuple[str, dict[str, Any]], data: st.DataObject
) -> None:
    kind, body = case[0], canonical_body(case[0], case[1])
    text = document(kind, "X", None, body)
    assume(parse("", text.encode()).problems == [])
    changed = {**body, "label": data.draw(st.sampled_from(["a", "b: c", "x\ny", "#", "  z"]))}
    result = revise(text, 0, (), kind, changed)
    assert not result.anew
    gone = [line for line in changes(text, result.text) if line.startswith("-")]
    assert gone == []
