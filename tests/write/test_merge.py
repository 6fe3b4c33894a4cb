"""``pull`` into an edited tree: what differs changes, the rest stays as people left it."""

from typing import Any

from hypothesis import given, settings

from crmgov.load.tree import load_tree
from crmgov.model.canonical import decode, digest, encode
from crmgov.model.diagnostics import Where
from crmgov.model.normal import canonical_body
from crmgov.model.snapshot import Coverage, Gap, Snapshot
from crmgov.write.atomic import replace_all
from crmgov.write.layout import documents
from crmgov.write.merge import Pulled, merged, pull_into
from crmgov.write.revise import values
from tests.write.strategies import PAIRS

TEXT = """\
# who asked: ops
kind: Field
name: Tier__c
object: Lead
label: Tier   # shown
owner: ana
type: picklist
values:
  - name: Hot
    aliases: [hot, HOT]   # seen in imports
  - Warm
native:
  salesforce: {securityClassification: Public}
  hubspot: {group: main}
"""
FILE = "config/mine.yaml"
AT = "Field/Lead.Tier__c"
OLD = {"label": "Tier", "type": "picklist", "values": [{"name": "Hot"}, {"name": "Warm"}], "native": {"salesforce": {"securityClassification": "Public"}}}  # fmt: skip


def pull(new: dict[str, Any], old: dict[str, Any] | None = None, text: str = TEXT, **more: Any) -> Pulled:
    before = Snapshot.of("tree", {AT: canonical_body("Field", old or OLD)})
    after = Snapshot.of("live", {AT: canonical_body("Field", new)}, **more)
    return pull_into({FILE: text}, {AT: Where(FILE)}, before, after, provider="salesforce")


def test_nothing_differs_nothing_changes() -> None:
    result = pull(OLD)
    assert (result.texts, result.changed, result.added) == ({}, [], [])


def test_what_differs_changes_and_comments_local_keys_and_other_vendors_stay() -> None:
    new = {**OLD, "label": "Level", "values": [{"name": "Hot", "label": "Hot!"}, {"name": "Warm"}, {"name": "Cold"}], "help": "x"}  # fmt: skip
    del new["native"]
    result = pull(new)
    assert (
        result.texts[FILE]
        == """\
# who asked: ops
kind: Field
name: Tier__c
object: Lead
label: Level   # shown
owner: ana
type: picklist
help: x
values:
  - name: Hot
    label: Hot!
    aliases: [hot, HOT]   # seen in imports
  - Warm
  - Cold
native:
  hubspot: {group: main}
"""
    )
    assert result.changed == [AT]


def test_an_element_that_went_goes_with_all_it_holds() -> None:
    result = pull({**OLD, "values": [{"name": "Warm"}]})
    assert values(result.texts[FILE])[0]["values"] == ["Warm"]


def test_defaults_the_tree_spells_out_are_no_difference() -> None:
    text = TEXT.replace("type: picklist", "type: picklist\nrequired: false\nhelp: null")
    assert pull({**OLD, "label": "L"}, text=text).texts[FILE] == text.replace("Tier   #", "L   #")


def test_what_the_source_did_not_read_stays() -> None:
    gap = Gap(status="unread", reason="no right to see it", kind="Field", attribute="label")
    coverage = Coverage(kinds=frozenset({"Field"}), gaps=(gap,))
    assert pull({"type": "picklist", "values": OLD["values"], "native": OLD["native"]}, coverage=coverage).texts == {}


def test_new_resources_get_files_and_those_only_here_are_kept_and_named() -> None:
    old = Snapshot.of("tree", {AT: OLD, "Role/mine": {}})
    data = b"<Flow/>"
    flow = {"body": "opaque", "body_file": {"path": "F.flow-meta.xml", "digest": digest(data)}}
    new = Snapshot.of(
        "live", {AT: OLD, "Role/Boss": {"label": "Boss"}, "Automation/F": flow}, blobs={digest(data): data}
    )
    places = {AT: Where(FILE), "Role/mine": Where("config/roles/Boss.yaml")}
    texts = {FILE: TEXT, "config/roles/Boss.yaml": "kind: Role\nname: mine\n"}
    result = pull_into(texts, places, old, new, provider="salesforce")
    assert result.only_here == ["Role/mine"]
    assert sorted(result.added) == ["Automation/F", "Role/Boss"]
    assert "config/roles/Boss.yaml" not in result.texts
    assert result.body_files == {"config/automations/F.flow-meta.xml": data}
    limited = pull_into(texts, places, old, new, only=["Role/Boss"])
    assert (limited.added, limited.only_here) == (["Role/Boss"], [])


def test_several_resources_of_one_file_change_together() -> None:
    text = "kind: Object\nname: Lead\nfields:\n  A: {type: text}  # a\n  B:\n    type: text\n"
    addresses = ["Field/Lead.A", "Field/Lead.B", "Object/Lead"]
    places = {
        "Field/Lead.A": Where(FILE, 0, ("fields", "A")), "Field/Lead.B": Where(FILE, 0, ("fields", "B")),
        "Object/Lead": Where(FILE),
    }  # fmt: skip
    old = Snapshot.of("tree", {"Field/Lead.A": {"type": "text"}, "Field/Lead.B": {"type": "text"}, "Object/Lead": {}})
    new = Snapshot.of("live", {name: {**old.body(name), "label": "x"} for name in addresses})
    result = pull_into({FILE: text}, places, old, new)
    assert result.texts[FILE] == (
        "kind: Object\nname: Lead\nlabel: x\nfields:\n  A: {label: x, type: text}  # a\n  B:\n    label: x\n    type: text\n"
    )


@settings(max_examples=150, deadline=None)
@given(PAIRS)
def test_differences_made_in_the_same_body_give_the_other(pair: tuple[str, dict[str, Any], dict[str, Any]]) -> None:
    kind, first, second = pair
    before, after = (decode(encode(canonical_body(kind, body))) for body in (first, second))
    assert encode(merged(kind, before, before, after, lambda _: False)) == encode(after)
    assert encode(merged(kind, before, before, after, lambda _: True)) == encode(before)


def test_a_tree_that_was_written_is_loaded_equal(tmp_path: Any) -> None:
    bodies = {
        "Object/Lead": {"label": "Lead"}, AT: OLD, "Role/no": {"label": "yes"},
        'Layout/Lead."Lead: Layout"': {"sections": [{"name": "A", "fields": [{"name": "B"}]}]},
        "Validation/Lead.V": {"formula": "a\nb\n", "message": "2026-01-31"},
    }  # fmt: skip
    snapshot = Snapshot.of("x", bodies)
    replace_all(tmp_path, {path: text.encode() for path, text in documents(snapshot).items()})
    loaded = load_tree(tmp_path, cache=False)
    assert [item.message for item in loaded.diagnostics] == []
    assert {at: loaded.snapshot.body(at) for at in loaded.snapshot} == bodies
