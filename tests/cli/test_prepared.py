"""The tree kept between runs is the tree that would be made anew, whatever changed."""

import os
from pathlib import Path

import pytest

from crmgov.cli import prepared
from crmgov.cli.app import App
from crmgov.cli.prepared import Prepared, prepare
from crmgov.cli.workspace import Workspace

ENVIRONMENT = """\
kind: Environment
name: sandbox
provider: sql
connection: {url: 'sqlite:///.crmgov/s.db'}
overlays:
  - {address: Field/Lead.Region, set: {label: Area}}
"""
LEAD = "kind: Object\nname: Lead\nlabel: Lead\nfields:\n  Region: {type: text, owner: Ana, protect: [remove]}\n"


def made(root: Path) -> Prepared:
    workspace = Workspace(App(root=root, quiet=True))
    return prepare(workspace, "sandbox", workspace.provider("sandbox"))


def same(one: Prepared, two: Prepared) -> None:
    assert dict(one.desired.snapshot.digests) == dict(two.desired.snapshot.digests)
    bodies = [{a: p.desired.snapshot.body(a) for a in p.desired.snapshot} for p in (one, two)]
    assert bodies[0] == bodies[1]
    assert dict(one.desired.names) == dict(two.desired.names)
    assert one.marked == two.marked == {"Field/Lead.Region"}
    assert one.problems == two.problems


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "environments").mkdir()
    (tmp_path / "config/lead.yaml").write_text(LEAD)
    (tmp_path / "environments/sandbox.yaml").write_text(ENVIRONMENT)
    return tmp_path


def test_kept_and_made_anew_are_equal(root: Path) -> None:
    first = made(root)
    kept = list((root / ".crmgov/cache").glob("prepared*"))
    assert kept
    same(made(root), first)
    for path in kept:
        path.unlink()
    same(made(root), first)


def test_native_names_are_kept_and_what_is_of_no_environment_is_left_out(root: Path) -> None:
    (root / "config/lead.yaml").write_text(LEAD + "native: {sql: {name: crm_lead}}\n")
    (root / "config/policy.yaml").write_text(
        "kind: Policy\nname: Owned\nselect: {kind: Field}\nrequire: {present: [owner]}\n"
    )
    first = made(root)
    assert "Field/crm_lead.Region" in first.desired.snapshot.digests
    kept = made(root)
    assert dict(kept.desired.snapshot.digests) == dict(first.desired.snapshot.digests)
    assert dict(kept.desired.names) == dict(first.desired.names)
    for one in (first, kept):
        assert one.desired.snapshot.body("Field/crm_lead.Region")["label"] == "Area"


def test_a_changed_file_is_seen(root: Path) -> None:
    made(root)
    (root / "config/lead.yaml").write_text(LEAD.replace("type: text", "type: email"))
    assert made(root).desired.snapshot.body("Field/Lead.Region")["type"] == "email"


def test_what_has_errors_is_not_kept_and_told_every_time(root: Path) -> None:
    (root / "config/lead.yaml").write_text(LEAD + "  Other: {type: lookup, references: [Nowhere]}\n")
    assert [d.code for d in made(root).problems] == [d.code for d in made(root).problems] != []


def test_a_second_process_finds_the_same_and_may_die(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "config/lead.yaml").write_text(LEAD + "  Other: {type: lookup, references: [Nowhere]}\n")
    alone = made(root)
    monkeypatch.setattr(prepared, "WORTH_RESOURCES", 0)
    monkeypatch.setattr(prepared, "processors", lambda: 2)
    assert made(root).problems == alone.problems
    parent = os.getpid()
    original = prepared.check

    def dying(*words: object, **more: object) -> object:
        if os.getpid() != parent:
            os._exit(9)
        return original(*words, **more)

    monkeypatch.setattr(prepared, "check", dying)
    assert made(root).problems == alone.problems
