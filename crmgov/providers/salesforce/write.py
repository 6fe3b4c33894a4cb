"""The writing half of the provider: batches of operations staged and put in place as files."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from crmgov.model.address import parse
from crmgov.model.canonical import digest_of
from crmgov.model.diagnostics import Diagnostic, Place, of
from crmgov.model.gitignore import Rules
from crmgov.model.operations import Batch, Operation, Outcome
from crmgov.model.provider import ProviderError, ValueStore
from crmgov.providers.salesforce import staging
from crmgov.providers.salesforce.archive import read_zip
from crmgov.providers.salesforce.manifest import DEFAULT_VERSION, PACKAGE, Component, listed, manifests, version_of
from crmgov.providers.salesforce.names import thing_of
from crmgov.providers.salesforce.project import discover, shown
from crmgov.providers.salesforce.read import read_bytes, read_project
from crmgov.providers.salesforce.writing import codes
from crmgov.providers.salesforce.writing.batch import Result, carried_out
from crmgov.providers.salesforce.writing.locate import Locator, component_name
from crmgov.providers.salesforce.writing.workspace import Workspace
from crmgov.providers.salesforce.xmltree import XmlError
from crmgov.providers.salesforce.zipfiles import rewritten


class Journal(msgspec.Struct, frozen=True, kw_only=True):
    """What is journaled of a batch: the staged files, and by step what to tell with its outcome."""

    staged: staging.Handle
    notes: dict[int, str] = {}


class Writes:
    """The part of the provider that writes: a folder in either form, or a zip. The rest gives it these attributes."""

    project: Path
    root: Path | None
    include_ignored: bool
    api_version: str | None

    @property
    def _folder(self) -> Path:
        """The folder that staged paths count from: the project's own, or the one a zip lies in."""
        return self.project.parent if self.project.is_file() else self.project

    def batches(self, run: str, operations: Sequence[Operation]) -> list[Batch]:
        """All operations as one atomic batch; none where there are none."""
        if not operations:
            return []
        chosen = tuple(operations)
        return [Batch(run=run, number=0, operations=chosen, atomic=True, digest=digest_of([run, 0, chosen]))]

    def submit(self, batch: Batch, blobs: Mapping[str, bytes]) -> bytes:
        """Work out and stage all files. Nothing takes effect; raises ProviderError where a step cannot be written."""
        name = self.project.name
        # The zip's bytes are taken first: if it changes while the batch is worked out, staging notices.
        old = staging.read(self._folder, name) if self.project.is_file() else None
        result = self._worked_out(batch.operations, blobs)
        before, after = result.work.results()
        if old is not None:
            changed = {path: data for path, data in after.items() if data != before[path]}
            for path in changed:
                staging.check_path(path)
            before, after = {name: old}, {name: rewritten(old, name, changed)} if changed else {}
        else:
            self._refuse_hidden(path for path, data in after.items() if data is not None and before[path] is None)
        staged = staging.stage(self._folder, _stage_name(batch), before, after)
        return msgspec.json.encode(Journal(staged=staged, notes=result.notes))

    def settle(self, batch: Batch, handle: bytes) -> list[Outcome]:
        """Put the staged files in place, or finish that. Raises ProviderError, with nothing written, on a conflict."""
        journal = msgspec.json.decode(handle, type=Journal)
        try:
            staging.finish(self._folder, journal.staged)
        except ProviderError:
            if staging.progress(self._folder, journal.staged) == "none":
                staging.discard(self._folder, journal.staged.stage)
            raise
        return [
            Outcome(step=operation.step, status="done", message=journal.notes.get(operation.step, ""))
            for operation in batch.operations
        ]

    def settled(self, batch: Batch, handle: bytes | None) -> list[Outcome] | None:
        """After a crash: finish what has begun to take effect; None where nothing has."""
        if handle is None:
            staging.discard(self._folder, f"{staging.WORK}/stage/{_stage_name(batch)}")
            return None
        journal = msgspec.json.decode(handle, type=Journal)
        if staging.progress(self._folder, journal.staged) == "none":
            return None
        return self.settle(batch, handle)

    def export(self, operations: Sequence[Operation], store: ValueStore) -> list[Diagnostic]:  # noqa: ARG002
        """Files hold no records, so a removal destroys no values."""
        return []

    def manifests(self, operations: Sequence[Operation]) -> dict[str, bytes]:
        """The manifests that deploy what a plan changes, by file name: ``package.xml``, and one of deletions."""
        written, removed = _components(operations)
        return manifests(written, removed, self.api_version or self._own_version())

    def _own_version(self) -> str:
        """The API version the project itself names, else the default."""
        data = None if self.project.is_file() else staging.read(self._folder, PACKAGE)
        if data is not None:
            return version_of(data) or DEFAULT_VERSION
        config = None if self.project.is_file() else staging.read(self._folder, "sfdx-project.json")
        try:
            settings = msgspec.json.decode(config or b"{}")
            return str(settings.get("sourceApiVersion") or DEFAULT_VERSION)
        except (msgspec.DecodeError, AttributeError):
            return DEFAULT_VERSION

    def _worked_out(self, operations: Sequence[Operation], blobs: Mapping[str, bytes]) -> Result:
        """The edited files of a batch, the project's own list of components included."""
        prefix, label = "", shown(self.project, self.root)
        if self.project.is_file():
            project, members = read_zip(self.project, label)
            lists = sorted((n for n in members if n.rpartition("/")[2] == PACKAGE), key=lambda n: n.count("/"))
            prefix = lists[0].removesuffix(PACKAGE)
            work = Workspace(members.get)
            reading = read_project(project, members.__getitem__, label)
            locator = Locator(project, reading.sources, None, prefix)
        else:
            project = discover(self.project, self.root, include_ignored=self.include_ignored)
            work = Workspace(lambda path: staging.read(self._folder, path))
            reading = read_project(project, read_bytes, label)
            locator = Locator(project, reading.sources, self.project)
        result = carried_out(operations, blobs, locator, work, reading.snapshot)
        if project.form != "source":
            _list_components(work, prefix + PACKAGE, operations)
        return result

    def _refuse_hidden(self, created: Iterable[str]) -> None:
        """Refuse new files that the project's own ignore rules would hide from every reader."""
        data = None if self.include_ignored else staging.read(self._folder, ".forceignore")
        if data is None:
            return
        rules = Rules(data.decode("utf-8-sig", "replace").splitlines())
        for path in created:
            if rules.file(path):
                raise ProviderError(
                    of(
                        codes.UNSUPPORTED,
                        f"{path} would be hidden by .forceignore as soon as it is written",
                        at=Place(path),
                    )
                )


def _stage_name(batch: Batch) -> str:
    return f"{digest_of(batch.run)[:16]}-{batch.number}"


def _components(operations: Sequence[Operation]) -> tuple[list[Component], list[Component]]:
    """What a plan writes and what it removes, as manifests name it."""
    written: list[Component] = []
    removed: list[Component] = []
    for operation in operations:
        body = (operation.before if operation.after is None else operation.after) or {}
        thing = thing_of(operation.address, body)
        component = Component(thing.type.name, component_name(thing))
        (removed if operation.action == "remove" else written).append(component)
        if operation.action == "rename":
            old = thing_of(operation.renamed_from, body)
            removed.append(Component(old.type.name, component_name(old)))
    return written, removed


def _list_components(work: Workspace, path: str, operations: Sequence[Operation]) -> None:
    """Keep the project's own ``package.xml`` in step: it names what there is to deploy."""
    data = work.content(path)
    added = [operation for operation in operations if operation.action in ("add", "remove", "rename")]
    if data is None or not added:
        return
    written, removed = _components(added)
    renamed = {
        parse(operation.renamed_from).name: parse(operation.address).name
        for operation in added
        if operation.action == "rename" and operation.address.startswith("Object/")
    }
    try:
        work.put(path, listed(data, written, removed, renamed))
    except XmlError as error:
        raise ProviderError(of(codes.UNREADABLE, f"{path} cannot be edited: {error}", at=Place(path))) from error
