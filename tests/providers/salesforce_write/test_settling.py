"""Crashes and conflicts around a batch, as the apply engine meets them."""

import os
import shutil
from pathlib import Path

import pytest

from crmgov.model.operations import Batch
from crmgov.model.provider import ProviderError
from tests.providers.salesforce_write.harness import add, files, live, modify, rename
from tests.providers.salesforce_write.project import lay
from tests.providers.salesforce_write.test_changes import FORMS, REGION, setting
from tests.providers.salesforce_write.test_staging import killed_at
from tests.providers.salesforce_write.writer import Writer, writer_of


def prepared(project: Path) -> tuple[Writer, Batch]:
    """A batch that changes, makes and moves files."""
    snapshot = live(project)
    operations = [
        rename(snapshot, "Role/CEO", "Role/Boss", 1),
        add("Field/Lead.Note__c", {"label": "Note", "type": "text", "length": 80}, 2),
        modify(snapshot, REGION, setting("label", value="Area"), 3),
    ]
    writer = writer_of(project)
    (batch,) = writer.batches("run 7", operations)
    return writer, batch


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("form", ["source", "mdapi", "zip"])
def test_a_killed_batch_ends_as_if_it_had_not_been(form: str, tmp_path: Path) -> None:
    straight, staged = lay(form, tmp_path), tmp_path / "staged"
    before = files(straight)
    writer, batch = prepared(straight)
    handle = writer.submit(batch, {})
    shutil.copytree(tmp_path, staged, ignore=shutil.ignore_patterns("staged"))
    writer.settle(batch, handle)
    expected, seen = files(straight), set()
    for step in range(1, 300):
        shutil.copytree(staged, tmp_path / str(step))
        project = tmp_path / str(step) / straight.name
        writer = writer_of(project)
        died = killed_at(step, project, lambda w=writer, b=batch, h=handle: w.settle(b, h))  # type: ignore[misc]
        outcomes = writer.settled(batch, handle)
        seen.add(outcomes is None)
        if outcomes is None:
            assert {path: data for path, data in files(project).items() if not path.startswith(".crmgov")} == before
            outcomes = writer.settle(batch, handle)
        assert [outcome.status for outcome in outcomes] == ["done"] * 3
        assert files(project) == expected
        assert writer.settled(batch, handle) is not None
        if not died:
            break
    assert seen == {True, False}


@pytest.mark.parametrize("form", FORMS)
def test_a_batch_that_was_never_journaled_leaves_nothing(form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    before = files(project)
    writer, batch = prepared(project)
    writer.submit(batch, {})
    assert writer.settled(batch, None) is None
    assert files(project) == before
    assert not list(tmp_path.rglob(".crmgov"))


@pytest.mark.parametrize("form", ["source", "zip"])
def test_a_file_changed_by_hand_stops_the_batch(form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    writer, batch = prepared(project)
    handle = writer.submit(batch, {})
    path = project if form == "zip" else next(project.rglob("Region__c.field-meta.xml"))
    path.write_bytes(path.read_bytes() + b"\n")
    before = files(project)
    with pytest.raises(ProviderError) as caught:
        writer.settle(batch, handle)
    assert caught.value.diagnostic.code == "SFWRITE001"
    assert files(project) == {path: data for path, data in before.items() if not path.startswith(".crmgov")}
    assert not list(tmp_path.rglob(".crmgov"))


def test_the_batches_of_a_run(tmp_path: Path) -> None:
    writer, batch = prepared(lay("source", tmp_path))
    assert batch.atomic
    assert writer.batches("run 7", []) == []
    assert writer.batches("run 7", batch.operations) == [batch]
    assert writer.batches("run 8", batch.operations)[0].digest != batch.digest


def test_the_manifests_of_a_plan(tmp_path: Path) -> None:
    writer, batch = prepared(lay("source", tmp_path))
    manifests = writer.manifests(batch.operations)
    assert sorted(manifests) == ["destructiveChangesPost.xml", "package.xml"]
    text = manifests["package.xml"].decode()
    assert (
        "<members>Lead.Note__c</members>\n        <members>Lead.Region__c</members>\n        <name>CustomField<" in text
    )
    assert "<members>Boss</members>" in text
    assert "<version>66.0</version>" in text
    assert "<members>CEO</members>" in manifests["destructiveChangesPost.xml"].decode()
