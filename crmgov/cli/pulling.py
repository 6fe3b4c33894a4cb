"""Everything ``pull`` needs: what is live, tidied, beside the tree in the same form."""

from pathlib import Path

from crmgov.check.dangling import dangling
from crmgov.cli.sources import open_source
from crmgov.cli.trouble import UNABLE, Stop
from crmgov.cli.workspace import Workspace
from crmgov.model.canonical import digest, encode
from crmgov.model.diagnostics import has_errors
from crmgov.model.flat import build, flatten
from crmgov.model.kinds import KINDS
from crmgov.model.normal import canonical_body
from crmgov.model.provider import Catalogue
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
    places = {native: tree.places[address] for native, address in names.items() if address in tree.places}
    old = source.provider.normalise(tree).snapshot if source.provider is not None else tree
    live = _with(live, _as_stated(source.snapshot, live, old))
    live = _with_externals(live, tree, [source.catalogue] if source.catalogue is not None else [])
    wanted = [address for address in live if selected(names.get(address, address), only, excluded)]
    texts = _texts(workspace.root, {where.file for where in tree.places.values()})
    provider = source.provider.name if source.provider is not None else ""
    return pull_into(texts, places, old, live, only=wanted if only or excluded else None, provider=provider)


def _with_externals(live: Snapshot, tree: Snapshot, catalogues: list[Catalogue]) -> Snapshot:
    """What is live, with an External for every name it uses and does not hold, unless the tree lists it already."""
    return _with(live, {at: encode(body) for at, body in dangling(live, catalogues).items() if at not in tree})


def _as_stated(live: Snapshot, tidied: Snapshot, tree: Snapshot) -> dict[str, bytes]:
    """What the tree holds already, as live has it: beside what is worth writing all that the tree states, so that a
    default somebody wrote down is no difference.
    """
    stated: dict[str, bytes] = {}
    for address in tree:
        if address not in live or tidied.digests.get(address) == live.digests[address]:
            continue
        kind = kind_of(address)
        said, whole = flatten(kind, tree.body(address)), flatten(kind, live.body(address))
        kept = flatten(kind, tidied.body(address)) if address in tidied else {}
        body = build(kind, {route: whole[route] for route in whole if route in said} | kept)
        stated[address] = encode(canonical_body(kind, body))
    return stated


def _with(live: Snapshot, more: dict[str, bytes]) -> Snapshot:
    """A snapshot with more bodies, or other ones."""
    if not more:
        return live
    return Snapshot(
        live.source,
        {**live.digests, **{at: digest(data) for at, data in more.items()}},
        {**live.bodies, **more},
        coverage=live.coverage,
        places=live.places,
        origins=live.origins,
        derived=live.derived,
        blobs=live.blobs,
        left=live.left,
        hidden=live.hidden,
        files=live.files,
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
