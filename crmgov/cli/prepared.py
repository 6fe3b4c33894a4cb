"""The tree as one environment should be, checked and in native names; kept between runs while nothing changed.

Checking and normalising a large tree takes longer than reading it again, and neither depends on the environment's
state. What is kept is only ever used for the very same files, environment, kind of database and version of crmgov.
"""

from array import array
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import accumulate

import msgspec

from crmgov.check.run import check
from crmgov.cli.checking import case_of
from crmgov.cli.providers import catalogue, expand
from crmgov.cli.workspace import Workspace
from crmgov.diff.inputs import MARKS
from crmgov.load.forked import Forked, processors
from crmgov.load.view import Bodies
from crmgov.model.diagnostics import Diagnostic, has_errors
from crmgov.model.provider import PROTOCOL_VERSION, Normalised, Provider
from crmgov.model.snapshot import Coverage, Renamed, Snapshot

_WORTH_RESOURCES = 20_000
"""Resources from which a second process pays."""
_DIAGNOSTICS = msgspec.msgpack.Encoder()


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """What planning needs of the tree. ``marked``: see ``diff.inputs.Inputs``."""

    source: Snapshot
    desired: Normalised
    marked: frozenset[str]
    problems: list[Diagnostic]


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """As it is stored. ``own`` are the addresses whose body is not the document's, ``ends`` where their bytes end."""

    addresses: list[str]
    digests: list[str]
    names: dict[str, str]
    own: list[str]
    ends: bytes
    bodies: bytes
    marked: list[str]
    problems: list[Diagnostic]
    coverage: Coverage


def prepare(workspace: Workspace, name: str, provider: Provider) -> Prepared:
    """The tree for an environment. Problems are told, not raised; what has errors is never kept."""
    source, overlaid = workspace.desired(name)
    key = _key(workspace, name, provider)
    stored = workspace.loaded.cached(_cache(name), key)
    told = [*workspace.loaded.diagnostics, *overlaid]
    if stored is not None:
        return _restored(msgspec.msgpack.decode(stored, type=_Kept), source, told)
    document = workspace.environment(name)
    checking = _Checking(source, document.provider)
    try:
        desired = provider.normalise(source)
        limits = provider.limits(desired.snapshot)
        problems = [*checking.found(), *desired.diagnostics, *limits]
    finally:
        checking.close()
    made = Prepared(source=source, desired=desired, marked=_marked(source, desired), problems=[*told, *problems])
    if not has_errors(made.problems) and not workspace.loaded.broken:
        workspace.loaded.store(_cache(name), key, msgspec.msgpack.encode(_kept(made, problems)))
    return made


def _cache(name: str) -> str:
    """The name of an environment's cache; its own name may hold what no file's name may."""
    return f"prepared-{sha256(name.encode()).hexdigest()[:16]}"


class _Checking:
    """The check of a tree, by a second process where the tree is large."""

    def __init__(self, source: Snapshot, provider: str) -> None:
        self._source, self._provider = source, provider
        large = len(source) >= _WORTH_RESOURCES and processors() > 1
        self._forked = Forked(lambda: [_DIAGNOSTICS.encode(self._check())]) if large else None

    def _check(self) -> list[Diagnostic]:
        return check(self._source, [catalogue(self._provider)], case=case_of([self._provider]))

    def found(self) -> list[Diagnostic]:
        """All findings; a process that was killed leaves the work to this one."""
        data = self._forked.result() if self._forked is not None else None
        return self._check() if data is None else msgspec.msgpack.decode(data, type=list[Diagnostic])

    def close(self) -> None:
        """End the process if its result was not taken."""
        if self._forked is not None:
            self._forked.close()


def _key(workspace: Workspace, name: str, provider: Provider) -> str:
    url = workspace.environment(name).connection.url
    scheme = expand(url).partition(":")[0] if isinstance(url, str) else ""
    return "\n".join((workspace.loaded.tree_digest, name, provider.name, scheme, str(PROTOCOL_VERSION)))


def _marked(source: Snapshot, desired: Normalised) -> frozenset[str]:
    search, bodies, names = MARKS.search, source.bodies, desired.names
    return frozenset(native for native in desired.snapshot.digests if search(bodies[names[native]]))


def _kept(made: Prepared, problems: list[Diagnostic]) -> _Kept:
    """What is stored; of the problems only those that follow from the files' contents, not from how they lie there."""
    snapshot, names = made.desired.snapshot, made.desired.names
    own = [n for n, digest in snapshot.digests.items() if made.source.digests.get(names[n]) != digest]
    parts = [snapshot.bodies[native] for native in own]
    return _Kept(
        addresses=list(snapshot.digests),
        digests=list(snapshot.digests.values()),
        names={native: name for native, name in names.items() if native != name},
        own=own,
        ends=array("Q", accumulate(map(len, parts))).tobytes(),
        bodies=b"".join(parts),
        marked=sorted(made.marked),
        problems=problems,
        coverage=snapshot.coverage,
    )


def _restored(kept: _Kept, source: Snapshot, told: list[Diagnostic]) -> Prepared:
    names = {**dict(zip(kept.addresses, kept.addresses, strict=True)), **kept.names}
    ends = array("Q")
    ends.frombytes(kept.ends)
    rows = {native: row for row, native in enumerate(kept.own)}
    own = Bodies(rows, ends, kept.bodies)
    snapshot = Snapshot(
        source.source,
        dict(zip(kept.addresses, kept.digests, strict=True)),
        _Either(own, Renamed(names, source.bodies)),
        coverage=kept.coverage,
        places=Renamed(names, source.places),
        origins=Renamed(names, source.origins),
        derived=source.derived,
        blobs=source.blobs,
        left=source.left,
        hidden=source.hidden,
        files=source.files,
    )
    desired = Normalised(snapshot, names)
    return Prepared(source=source, desired=desired, marked=frozenset(kept.marked), problems=[*told, *kept.problems])


class _Either(Mapping[str, bytes]):
    """Bodies of their own where there are such, else the document's."""

    def __init__(self, own: Mapping[str, bytes], base: Mapping[str, bytes]) -> None:
        self._own, self._base = own, base

    def __getitem__(self, address: str) -> bytes:
        return self._own[address] if address in self._own else self._base[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self._base)

    def __len__(self) -> int:
        return len(self._base)
