"""A change of each kind on real projects: read back as meant, judged by the vendor's schema and by its own tool."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from crmgov.model.address import address, parse
from crmgov.model.canonical import Body
from crmgov.model.operations import Operation
from crmgov.model.snapshot import Snapshot
from tests.providers.salesforce_write.corpora import checker, findings, unpack
from tests.providers.salesforce_write.harness import Edit, add, apply, files, live, modify, remove, rename
from tests.providers.salesforce_write.project import lay

SOURCE = ["northstar", "ust-easy", "nav-arbeidsgiver"]


def _bodies(snapshot: Snapshot, kind: str) -> list[tuple[str, Body]]:
    return [(at, snapshot.body(at)) for at, _ in snapshot.of_kind(kind) if snapshot.origin(at) == "custom"]


VALUE = {"name": "Søk & <find>", "label": "Søk & <find>", "default": False}
STAGE = {"name": "Nurturing", "label": "Nurturing", "default": False, "outcome": "open"}


def _second(collection: str, row: Body) -> Edit:
    """Put a row in the second place of a list."""
    return lambda body: body[collection].insert(1, row)


def _offering(field: str) -> Edit:
    """Let a record type offer the new value of a field."""
    return lambda body: body["picklists"][field]["values"].append(VALUE["name"])


def _picklist_value(snapshot: Snapshot) -> list[Operation]:
    """A new value of a field's own picklist, and of every record type that offers that field."""
    for at, body in _bodies(snapshot, "Field"):
        where = parse(at)
        offered = [
            rt
            for rt, found in _bodies(snapshot, "RecordType")
            if parse(rt).parent == where.parent and where.name in (found.get("picklists") or {})
        ]
        if body.get("values") and offered:
            types = [modify(snapshot, rt, _offering(where.name)) for rt in offered]
            return [modify(snapshot, at, _second("values", VALUE)), *types]
    return []


def _stage(snapshot: Snapshot) -> list[Operation]:
    """A new stage of a stage set, and of a pipeline on it."""
    sets = [at for at, _ in snapshot.of_kind("StageSet") if snapshot.body(at).get("stages")][:1]
    on_it = [at for at, body in _bodies(snapshot, "Pipeline") if f"StageSet/{body.get('stage_set')}" in sets][:1]
    step = {"name": "Nurturing", "default": False}
    return [
        *[modify(snapshot, at, _second("stages", STAGE)) for at in sets],
        *[modify(snapshot, at, _second("stages", step)) for at in on_it],
    ]


def _referenced_field(snapshot: Snapshot) -> str:
    """A custom field that a layout shows and a permission set names."""
    shown = {
        address("Field", field["name"], parse(at).parent)
        for at, body in _bodies(snapshot, "Layout")
        for section in body.get("sections") or ()
        for field in section["fields"]
    }
    named = {
        address("Field", name, owner)
        for _, body in _bodies(snapshot, "PermissionSet")
        for owner, rows in (body.get("fields") or {}).items()
        for name in rows.get("fields") or ()
    }
    custom = {at for at, _ in _bodies(snapshot, "Field")}
    return min(custom & shown & named)


def changes(snapshot: Snapshot) -> list[Operation]:
    """A batch with a change of each kind that the project allows."""
    field = _referenced_field(snapshot)
    owner = str(parse(field).parent)
    taken = {field}
    picklist, stages = _picklist_value(snapshot), _stage(snapshot)
    taken |= {operation.address for operation in picklist}
    unused = max(at for at, _ in _bodies(snapshot, "Field") if at not in taken and _nowhere(snapshot, at))
    grants = {"label": "Reviewers", "fields": {owner: {"fields": {"Crmgov_Note__c": "edit"}}}}
    holder = max(
        at for at, body in _bodies(snapshot, "PermissionSet") if body.get("fields") and not body.get("profile")
    )
    label = max(at for at, body in _bodies(snapshot, "Field") if "label" in body and at not in {*taken, unused})
    operations = [
        rename(snapshot, field, address("Field", "Crmgov_Renamed__c", owner)),
        add(f"Field/{owner}.Crmgov_Note__c", {"label": "Note", "type": "text", "length": 80, "required": False}),
        *picklist,
        *stages,
        add(f"Validation/{owner}.Crmgov_Check", {"active": True, "formula": "A__c < 1 && B__c > 2", "message": "No."}),
        add(
            "Role/Crmgov_Reviewer", {"label": "Reviewer", "native": {"salesforce": {"mayForecastManagerShare": False}}}
        ),
        add("PermissionSet/Crmgov_Reviewers", grants),
        modify(
            snapshot,
            holder,
            lambda new: new["fields"].setdefault(owner, {"fields": {}})["fields"].update(Crmgov_Note__c="read"),
        ),
        modify(snapshot, label, lambda new: new.update(label='It\'s <new> & "improved"')),
        remove(snapshot, unused),
        *[remove(snapshot, at) for at, _ in _bodies(snapshot, "Validation")[-1:]],
    ]
    return [_as_after(operation, snapshot, field, owner, step) for step, operation in enumerate(operations, 1)]


def _nowhere(snapshot: Snapshot, at: str) -> bool:
    """Whether no other resource names a field."""
    word = parse(at).name.encode()
    return not any(word in data for other, data in snapshot.bodies.items() if other != at)


def _as_after(operation: Operation, snapshot: Snapshot, field: str, owner: str, step: int) -> Operation:
    """The operation with its bodies as they read once the field is renamed, as a plan gives them."""
    from msgspec.structs import replace

    from crmgov.model.translate import Renames

    renames = Renames({field: address("Field", "Crmgov_Renamed__c", owner)})
    where = parse(operation.address)
    parent = where.name if where.kind == "Object" else where.parent

    def bodied(body: Body | None) -> Body | None:
        return None if body is None else renames.body(where.kind, body, parent)

    return replace(operation, step=step, before=bodied(operation.before), after=bodied(operation.after))


@pytest.mark.parametrize("name", [*SOURCE, "northstar-mdapi"])
def test_a_change_of_each_kind(name: str, tmp_path: Path) -> None:
    module, schema = checker()
    project = unpack(name, tmp_path)
    before = files(project)
    operations = changes(live(project))
    changed = apply(project, *operations)
    for path, data in changed.items():
        if path != "package.xml":
            old = findings(module, schema, before.get(path))
            assert [item for item in findings(module, schema, data) if item not in old] == [], path
    assert len(changed) >= 8
    assert sum(data is None for data in changed.values()) >= (0 if name.endswith("mdapi") else 3)


@pytest.mark.skipif(shutil.which("sf") is None, reason="the Salesforce CLI (sf) is not installed")
@pytest.mark.parametrize("name", ["own", *SOURCE])
def test_the_vendors_own_tool_takes_the_changed_tree(name: str, tmp_path: Path) -> None:
    project = lay("source", tmp_path) if name == "own" else unpack(name, tmp_path)
    package = json.loads((project / "sfdx-project.json").read_text())["packageDirectories"][0]["path"]
    if name == "own":
        apply(project, add("Field/Lead.Note__c", {"label": "Note", "type": "text", "length": 80}))
    else:
        apply(project, *changes(live(project)))
    command = ["sf", "project", "convert", "source", "--source-dir", package, "--output-dir", "converted", "--json"]
    quiet = {**os.environ, "SF_DISABLE_TELEMETRY": "true", "SF_AUTOUPDATE_DISABLE": "true", "HOME": str(tmp_path)}
    run = subprocess.run(command, cwd=project, env=quiet, capture_output=True, text=True, check=False)
    assert json.loads(run.stdout)["status"] == 0, run.stdout[-2000:]
    package_xml = (project / "converted" / "package.xml").read_text()
    assert "Note__c</members>" in package_xml
