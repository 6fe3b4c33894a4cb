"""Applying operations to a project, with everything asserted that must hold of any change."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from crmgov.model.address import parse
from crmgov.model.canonical import Body
from crmgov.model.normal import canonical_body
from crmgov.model.operations import Action, Operation
from crmgov.model.snapshot import Snapshot
from crmgov.model.translate import Renames
from crmgov.providers.salesforce.archive import read_zip
from crmgov.providers.salesforce.project import discover
from crmgov.providers.salesforce.read import read_bytes, read_project
from tests.providers.salesforce_write.writer import writer_of

Edit = Callable[[Body], None]


def live(project: Path) -> Snapshot:
    """What a project holds."""
    if project.is_file():
        found, members = read_zip(project, "zip")
        return read_project(found, members.__getitem__, "zip").snapshot
    return read_project(discover(project, None, include_ignored=True), read_bytes, "project").snapshot


def files(project: Path) -> dict[str, bytes]:
    """All files of a project, or all members of a zip."""
    if project.is_file():
        with zipfile.ZipFile(project) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def modify(snapshot: Snapshot, address: str, edit: Edit, step: int = 1) -> Operation:
    """A modification of one resource by a function on its body."""
    after = snapshot.body(address)
    edit(after)
    kind = parse(address).kind
    before = canonical_body(kind, snapshot.body(address))
    return Operation(step=step, action="modify", address=address, before=before, after=canonical_body(kind, after))


def add(address: str, body: Body, step: int = 1) -> Operation:
    """A new resource."""
    return Operation(step=step, action="add", address=address, after=canonical_body(parse(address).kind, body))


def remove(snapshot: Snapshot, address: str, step: int = 1) -> Operation:
    """A removal."""
    return Operation(step=step, action="remove", address=address, before=snapshot.body(address))


def rename(snapshot: Snapshot, old: str, new: str, step: int = 1) -> Operation:
    """A rename."""
    body = snapshot.body(old)
    action: Action = "rename"
    return Operation(step=step, action=action, address=new, before=body, after=body, renamed_from=old)


def apply(project: Path, *operations: Operation, blobs: Mapping[str, bytes] | None = None) -> dict[str, bytes | None]:
    """Apply operations as one batch; returns the files that changed, with what they hold now.

    Asserts that what is read back is what was meant, and that all else reads as before.
    """
    before, old = live(project), files(project)
    writer = writer_of(project)
    (batch,) = writer.batches("run", operations)
    handle = writer.submit(batch, blobs or {})
    staged = {path: data for path, data in files(project).items() if not path.startswith(".crmgov/")}
    assert staged == old, "nothing takes effect before it is settled"
    outcomes = writer.settle(batch, handle)
    assert [(outcome.step, outcome.status) for outcome in outcomes] == [(op.step, "done") for op in operations]
    _expect(before, live(project), operations)
    new = files(project)
    return {path: new.get(path) for path in sorted({*old, *new}) if old.get(path) != new.get(path)}


def _expect(before: Snapshot, after: Snapshot, operations: tuple[Operation, ...]) -> None:
    renames = Renames({op.renamed_from: op.address for op in operations if op.action == "rename"})
    expected = {
        address: canonical_body(parse(address).kind, body) for address, body in _bodies(renames.snapshot(before))
    }
    for operation in operations:
        if operation.after is None:
            del expected[operation.address]
        else:
            expected[operation.address] = operation.after
    found = {address: canonical_body(parse(address).kind, body) for address, body in _bodies(after)}
    assert set(found) == set(expected)
    for address, body in expected.items():
        assert found[address] == body, address


def _bodies(snapshot: Snapshot) -> list[tuple[str, Body]]:
    return [(address, snapshot.body(address)) for address in snapshot]
