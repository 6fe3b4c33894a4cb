"""Where files go: names that no file system confuses, and vendor files beside their YAML."""

import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from crmgov.model.address import address, parse
from crmgov.model.canonical import digest
from crmgov.model.kinds import KINDS
from crmgov.model.snapshot import Snapshot
from crmgov.write.layout import body_files, documents, path_for, paths_for
from tests.write.strategies import TEXTS


@pytest.mark.parametrize(
    ("at", "path"),
    [
        ("Object/Lead", "config/objects/Lead/object.yaml"),
        ("Field/Lead.Tier__c", "config/objects/Lead/fields/Tier__c.yaml"),
        ('Layout/Lead."Lead Layout"', "config/objects/Lead/layouts/Lead Layout.yaml"),
        ("Pipeline/Opportunity.Sales", "config/pipelines/Opportunity/Sales.yaml"),
        ("Automation/proposal_task", "config/automations/proposal_task.yaml"),
        ("Automation/Case.escalate", "config/automations/Case/escalate.yaml"),
        ('PermissionSet/"Custom: Support Profile"', "config/permission_sets/Custom%3A Support Profile.yaml"),
        ("Environment/production", "environments/production.yaml"),
        ('Role/"../../etc/passwd"', "config/roles/%2E.%2F..%2Fetc%2Fpasswd.yaml"),
        ("Role/CON", "config/roles/%43ON.yaml"),
        ('Role/".hidden"', "config/roles/%2Ehidden.yaml"),
        ('Role/"Größe"', "config/roles/Größe.yaml"),
    ],
)  # fmt: skip
def test_paths(at: str, path: str) -> None:
    assert path_for(at) == path


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(TEXTS.filter(bool), min_size=1, max_size=8, unique=True),
    TEXTS.filter(bool),
)
def test_no_two_names_make_one_file_and_none_leads_out(kind: str, names: list[str], parent: str) -> None:
    above = parent if KINDS[kind].parent != "never" else None
    addresses = [address(kind, name, above) for name in names]
    paths = paths_for(addresses)
    assert len({unicodedata.normalize("NFC", path).casefold() for path in paths.values()}) == len(names)
    for path in paths.values():
        parts = path.split("/")
        assert parts[0] in ("config", "environments")
        assert not [part for part in parts if part in ("", ".", "..") or len(part.encode()) > 200]
        assert not set(path) & set('\\:*?"<>|\0\n')


def test_names_that_differ_by_case_only_get_files_of_their_own_and_the_first_keeps_its_path() -> None:
    paths = paths_for(["Role/Sales", "Role/SALES", "Role/sales"])
    assert paths["Role/Sales"] == "config/roles/Sales.yaml"
    assert paths["Role/SALES"].startswith("config/roles/SALES~")
    assert paths_for(["Role/sales"], ["config/roles/Sales.yaml"])["Role/sales"] == paths["Role/sales"]


def test_every_resource_has_a_document_and_opaque_ones_their_vendor_file() -> None:
    data = b"<Flow/>"
    body = {"body": "opaque", "body_file": {"path": "Route.flow-meta.xml", "digest": digest(data)}}
    snapshot = Snapshot.of("x", {"Automation/Lead.Route": body, "Role/R": {}}, blobs={digest(data): data})
    assert set(documents(snapshot)) == {"config/automations/Lead/Route.yaml", "config/roles/R.yaml"}
    paths = paths_for(snapshot)
    assert body_files(snapshot, paths) == {"config/automations/Lead/Route.flow-meta.xml": data}


def test_a_vendor_file_never_leads_out() -> None:
    body = {"body": "opaque", "body_file": {"path": "../../../../x", "digest": "d"}}
    snapshot = Snapshot.of("x", {"Automation/A": body}, blobs={"d": b""})
    with pytest.raises(ValueError, match="leads out"):
        body_files(snapshot, paths_for(snapshot))


def test_addresses_survive_as_documents() -> None:
    for at in ('Field/"a.b"."c\\"d"', 'Layout/Lead."x: y"', "Role/no"):
        text = documents(Snapshot.of("x", {at: {}}))
        parsed = parse(at)
        assert len(text) == 1
        assert f"kind: {parsed.kind}\n" in next(iter(text.values()))
