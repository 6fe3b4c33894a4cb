"""What a reading verb looks at: an environment, a project that was never converted, or a recorded snapshot."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from crmgov.cli.paths import leads_to
from crmgov.cli.providers import PROJECT, open_path, project_at
from crmgov.cli.trouble import stop
from crmgov.cli.workspace import Workspace
from crmgov.model.diagnostics import Diagnostic, Place, Where, brief
from crmgov.model.provider import Catalogue, Identity, Provider, Scope, Tells
from crmgov.model.snapshot import Snapshot


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot with what was found while reading it, and how its places become lines."""

    name: str
    snapshot: Snapshot
    problems: list[Diagnostic]
    locate: Callable[[Where], Place]
    excerpt: Callable[[Place], str | None]
    provider: Provider | None = None
    catalogue: Catalogue | None = None


def open_source(workspace: Workspace, name: str | None) -> Source:
    """The tree where no name is given; an environment of that name; else a recording or a project at that path."""
    if name is None:
        loaded = workspace.loaded
        return Source(
            name="config", snapshot=loaded.snapshot, problems=list(loaded.diagnostics), locate=loaded.locate,
            excerpt=loaded.excerpt,
        )  # fmt: skip
    if is_environment(workspace, name):
        name = workspace.called(name)
        return live_source(name, workspace.provider(name), workspace.root)
    leads = leads_to(name)
    if not leads:
        mend = (
            "Name an environment, a project's folder or a snapshot. A path counts from where you are, whatever -C says."
        )
        raise stop("CLI005", f"{brief(name)} is neither an environment nor a path", mend=mend)
    if leads == "file" and not name.endswith(".zip"):
        return recorded_source(name)
    return live_source(name, open_path(Path(name), workspace.root), workspace.root)


def project_of(workspace: Workspace, name: str) -> Path | None:
    """The project folder at a path; None for anything else that a source can be."""
    if is_environment(workspace, name) or leads_to(name) != "folder":
        return None
    folder = project_at(Path(name))
    return folder if any((folder / one).is_file() for one in PROJECT) else None


def is_environment(workspace: Workspace, name: str) -> bool:
    """Whether a name is that of an environment, in any case."""
    if not (workspace.root / "environments").is_dir():
        return False
    return name.lower() in (known.lower() for known in workspace.environments)


def live_source(name: str, provider: Provider, root: Path) -> Source:
    """What a provider reads now; places in its files are relative to the repository's root."""
    snapshot = provider.read(Scope())
    return Source(
        name=name,
        snapshot=snapshot,
        problems=list(provider.problems) if isinstance(provider, Tells) else [],
        locate=_vendor_places(snapshot, provider),
        excerpt=file_excerpt(root),
        provider=provider,
        catalogue=provider.catalogue(),
    )


def recorded_source(name: str) -> Source:
    """What a recorded snapshot holds."""
    _, snapshot = recorded(name)
    return Source(name=name, snapshot=snapshot, problems=[], locate=lambda at: Place(at.file), excerpt=lambda _: None)


def recorded(name: str) -> tuple[Identity, Snapshot]:
    """A recorded snapshot, and whose it is. Ends the verb where the file is none."""
    from crmgov.load.recorded import NotARecording, read_recording

    try:
        return read_recording(Path(name))
    except NotARecording as error:
        raise stop("CLI005", f"{brief(name)}: {error}") from error


def _vendor_places(snapshot: Snapshot, provider: Provider) -> Callable[[Where], Place]:
    """Places in the vendor's own files; the address is found by the place its resource has."""
    addresses = {(where.file, where.document, where.route): address for address, where in snapshot.places.items()}

    def locate(at: Where) -> Place:
        for depth in range(len(at.route), -1, -1):
            address = addresses.get((at.file, at.document, at.route[:depth]))
            if address is not None:
                place = provider.locate(address, at.route[depth:])
                return place or Place(at.file)
        return Place(at.file)

    return locate


def file_excerpt(base: Path) -> Callable[[Place], str | None]:
    """Lines of files below a folder, or named by their own path."""

    def excerpt(place: Place) -> str | None:
        for path in (base / place.file, Path(place.file)):
            if path.is_file():
                lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
                return lines[place.line - 1] if 0 < place.line <= len(lines) else None
        return None

    return excerpt
