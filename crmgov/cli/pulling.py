"""Everything ``pull`` needs: what is live, tidied, beside the tree in the same form."""

from pathlib import Path

from crmgov.check.outsiders import outsiders
from crmgov.cli.sources import Source, open_source
from crmgov.cli.trouble import UNABLE, Stop
from crmgov.cli.workspace import Workspace
from crmgov.model.canonical import digest, encode
from crmgov.model.diagnostics import has_errors
from crmgov.model.kinds import KINDS
from crmgov.model.snapshot import Snapshot, kind_of
from crmgov.plan.selection import selected
from crmgov.write.merge import Pulled, pull_into


def pull(workspace: Workspace, name: str, only: tuple[str, ...], excluded: tuple[str, ...]) -> Pulled:
    """What would be written. Ends the verb where the tree or the source cannot be read whole."""
    source = open_source(workspace, name)
    if has_errors(source.problems):
        raise Stop(UNABLE, [d for d in source.problems if d.severity == "error"])
    tree, names = _tree(workspace, source.provider)
    tidy = getattr(source.provider, "tidy", None)
    live: Snapshot = tidy(source.snapshot) if tidy is not None else source.snapshot
    live = _with_outsiders(live, source)
    places = {native: tree.places[address] for native, address in names.items() if address in tree.places}
    old = source.provider.normalise(tree).snapshot if source.provider is not None else tree
    wanted = [address for address in live if selected(names.get(address, address), only, excluded)]
    texts = _texts(workspace.root, {where.file for where in tree.places.values()})
    provider = source.provider.name if source.provider is not None else ""
    return pull_into(texts, places, old, live, only=wanted if only or excluded else None, provider=provider)


def _with_outsiders(live: Snapshot, source: Source) -> Snapshot:
    """What was read, and an External for every name in it that belongs to something outside."""
    if source.provider is None or source.catalogue is None:
        return live
    found = {
        address: encode(body) for address, body in outsiders(live, [source.catalogue], source.provider.name).items()
    }
    digests = {address: digest(data) for address, data in found.items()}
    return Snapshot(
        live.source,
        {**live.digests, **digests},
        {**live.bodies, **found},
        coverage=live.coverage,
        origins=live.origins,
        blobs=live.blobs,
    )


def _tree(workspace: Workspace, provider: object) -> tuple[Snapshot, dict[str, str]]:
    """The tree as it stands, and for each native address the tree's own. An empty folder is an empty tree."""
    if not (workspace.root / "config").is_dir() and not (workspace.root / "environments").is_dir():
        return Snapshot.of("tree", {}), {}
    loaded = workspace.loaded
    if loaded.broken:
        raise Stop(UNABLE, [d for d in loaded.diagnostics if d.severity == "error"])
    normalise = getattr(provider, "normalise", None)
    if normalise is None:
        return loaded.snapshot, {address: address for address in loaded.snapshot}
    names = dict(normalise(loaded.snapshot).names)
    names |= {address: address for address in loaded.snapshot if KINDS[kind_of(address)].local}
    return loaded.snapshot, names


def _texts(root: Path, files: set[str]) -> dict[str, str]:
    return {file: (root / file).read_bytes().decode("utf-8") for file in sorted(files)}
