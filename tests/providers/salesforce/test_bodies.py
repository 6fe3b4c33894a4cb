"""What the vendor's own files say is known of a tree too, where they lie beside its YAML."""

from crmgov.model.canonical import encode
from crmgov.model.snapshot import Derived, Snapshot
from crmgov.providers.salesforce.bodies import derived_of
from crmgov.providers.salesforce.catalogue import CATALOGUE
from tests.providers.salesforce.world import PROJECT, read

FLOW = "Automation/Berth_Before_Save"
FIELD = "Field/Berth__c.Short_Remark__c"


def tree(snapshot: Snapshot) -> Snapshot:
    """The same as YAML holds it: the bodies, and the files beside them."""
    return Snapshot("config", snapshot.digests, snapshot.bodies, origins=snapshot.origins, blobs=snapshot.blobs)


def said(facts: Derived) -> tuple[tuple[str, ...], ...]:
    return facts.reads, facts.writes, facts.triggers


def test_a_tree_knows_what_its_project_knew() -> None:
    project = read(PROJECT)
    opaque = {one for one in project if project.body(one).get("body_file")}
    found = derived_of(tree(project), CATALOGUE)
    assert set(found) == opaque
    assert found == {one: project.derived[one] for one in opaque}
    assert "Berth__c.Short_Remark__c" in found[FLOW].writes


def test_what_the_tree_calls_otherwise_is_told_in_its_own_names() -> None:
    plain = tree(read(PROJECT))
    body = {**plain.body(FIELD), "native": {"salesforce": {"name": "Short_Remark__c"}}}
    bodies = {one.replace("Short_Remark__c", "Remark"): data for one, data in plain.bodies.items() if one != FIELD}
    bodies["Field/Berth__c.Remark"] = encode(body)
    renamed = Snapshot("config", dict.fromkeys(bodies, ""), bodies, origins=plain.origins, blobs=plain.blobs)
    found = derived_of(renamed, CATALOGUE)[FLOW]
    assert "Berth__c.Remark" in found.writes
    assert found.outlines == ()


def test_a_file_that_cannot_be_read_says_nothing() -> None:
    whole = tree(read(PROJECT))
    damaged = dict.fromkeys(whole.blobs, b"<Flow")
    held = Snapshot("config", whole.digests, whole.bodies, origins=whole.origins, blobs=damaged)
    assert derived_of(held, CATALOGUE) == {}
    gone = Snapshot("config", whole.digests, whole.bodies, origins=whole.origins)
    assert derived_of(gone, CATALOGUE) == {}
