"""The tree as one environment should be, checked and in native names; kept between runs while nothing changed.

Checking and normalising a large tree takes longer than reading it again, and neither depends on the environment's
state. What is kept is only ever used for the very same files, environment, kind of database and version of crmgov.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, compress

import msgspec

from crmgov.check.run import check
from crmgov.cli.providers import case_of, catalogue, expand
from crmgov.cli.workspace import Workspace
from crmgov.diff.inputs import MARKS
from crmgov.load.forked import Beside, aside, processors
from crmgov.load.view import Bodies
from crmgov.model.diagnostics import Diagnostic, has_errors
from crmgov.model.provider import PROTOCOL_VERSION, Normalised, Provider
from crmgov.model.snapshot import Coverage, Renamed, Snapshot

WORTH_RESOURCES = 20_000
"""Resources from which a second process pays."""


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """What planning needs of the tree. ``marked``: see ``diff.inputs.Inputs``."""

    source: Snapshot
    desired: Normalised
    marked: frozenset[str]
    problems: list[Diagnostic]


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """As it is stored; what the tree itself tells again is left out, for most of it does.

    ``addresses`` is empty where they are those of the tree in order, without the ones in ``without``. ``own`` has a 1
    for each address whose body is not the document's; those bodies are stored apart.
    """

    addresses: list[str]
    without: list[str]
    digests: list[str]
    names: dict[str, str]
    own: bytes
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
        kept = msgspec.msgpack.decode(stored, type=_Kept)
        return _restored(kept, source, told, lambda own: _own_bodies(workspace, name, key, provider, own))
    document = workspace.environment(name)
    large = len(source) >= WORTH_RESOURCES and processors() > 1
    with closing(Beside(lambda: _checked(source, document.provider), _Checked, fork=large)) as checking:
        desired = provider.normalise(source)
        with closing(Beside(lambda: provider.limits(desired.snapshot), list[Diagnostic], fork=large)) as limiting:
            checked = checking.result()
            problems = [*checked.problems, *desired.diagnostics, *limiting.result()]
    said = frozenset(checked.marked)
    marked = frozenset(native for native, name in desired.names.items() if name in said) if said else said
    made = Prepared(source=source, desired=desired, marked=marked, problems=[*told, *problems])
    if not has_errors(made.problems) and not workspace.loaded.broken:
        aside(lambda: _store(workspace, name, key, made, problems), fork=large)
    return made


def _store(workspace: Workspace, name: str, key: str, made: Prepared, problems: list[Diagnostic]) -> None:
    """Keep it all for the next run; the bodies first, without which the rest would be of no use."""
    source, desired = made.source, made.desired
    own = bytes(source.digests.get(desired.names[native]) != one for native, one in desired.snapshot.digests.items())
    bodies = _joined(desired.snapshot.bodies, list(compress(desired.snapshot.digests, own)))
    workspace.loaded.store(_cache(name) + "-bodies", key, bodies)
    workspace.loaded.store(_cache(name), key, msgspec.msgpack.encode(_kept(made, own, problems)))


def _cache(name: str) -> str:
    """The name of an environment's cache; its own name may hold what no file's name may."""
    return f"prepared-{sha256(name.encode()).hexdigest()[:16]}"


class _Checked(msgspec.Struct, frozen=True, array_like=True):
    """What was found out of a tree: problems, and the addresses of documents that say something of themselves."""

    problems: list[Diagnostic]
    marked: list[str]


def _checked(source: Snapshot, provider: str) -> _Checked:
    source = source.at_hand()
    search, bodies = MARKS.search, source.bodies
    problems = check(source, [catalogue(provider)], case=case_of([provider]))
    return _Checked(problems, [address for address in source if search(bodies[address])])


def _key(workspace: Workspace, name: str, provider: Provider) -> str:
    url = workspace.environment(name).connection.url
    scheme = expand(url).partition(":")[0] if isinstance(url, str) else ""
    return "\n".join((workspace.loaded.tree_digest, name, provider.name, scheme, str(PROTOCOL_VERSION)))


def _kept(made: Prepared, own: bytes, problems: list[Diagnostic]) -> _Kept:
    """What is stored; of the problems only those that follow from the files' contents, not from how they lie there."""
    snapshot, names = made.desired.snapshot, made.desired.names
    addresses = list(snapshot.digests)
    without = [address for address in made.source if address not in snapshot.digests]
    return _Kept(
        addresses=[] if addresses == _others(made.source, without) else addresses,
        without=without,
        digests=list(snapshot.digests.values()),
        names={native: name for native, name in names.items() if native != name},
        own=own,
        marked=sorted(made.marked),
        problems=problems,
        coverage=snapshot.coverage,
    )


def _others(source: Snapshot, without: Sequence[str]) -> list[str]:
    """The addresses of a tree but for some."""
    some = frozenset(without)
    return [address for address in source.digests if address not in some]


def _joined(bodies: Mapping[str, bytes], own: Sequence[str]) -> bytes:
    """How many bodies, where each ends, and their bytes."""
    parts = [bodies[native] for native in own]
    return b"".join((len(parts).to_bytes(8, "little"), array("Q", accumulate(map(len, parts))).tobytes(), *parts))


def _own_bodies(
    workspace: Workspace, name: str, key: str, provider: Provider, own: Sequence[str]
) -> Mapping[str, bytes]:
    """The bodies that were stored apart; worked out again where they are gone."""
    data = workspace.loaded.cached(_cache(name) + "-bodies", key)
    start = 8 * (len(own) + 1)
    if data is None or int.from_bytes(data[:8], "little") != len(own):
        return provider.normalise(workspace.desired(name)[0]).snapshot.bodies
    ends = array("Q")
    ends.frombytes(data[8:start])
    return Bodies(dict(zip(own, range(len(own)), strict=True)), ends, data[start:])


def _restored(
    kept: _Kept, source: Snapshot, told: list[Diagnostic], bodies: Callable[[Sequence[str]], Mapping[str, bytes]]
) -> Prepared:
    # The very strings of the tree, whose hashes are known by now.
    addresses = kept.addresses or _others(source, kept.without)
    names = dict(zip(addresses, addresses, strict=True)) | kept.names
    snapshot = Snapshot(
        source.source,
        dict(zip(addresses, kept.digests, strict=True)),
        _Either(lambda: bodies(list(compress(addresses, kept.own))), Renamed(names, source.bodies)),
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
    """Bodies of their own where there are such, else the document's. Few are asked for, so they wait until one is."""

    def __init__(self, load: Callable[[], Mapping[str, bytes]], base: Mapping[str, bytes]) -> None:
        self._load, self._base = load, base

    @cached_property
    def _own(self) -> Mapping[str, bytes]:
        return self._load()

    def __getitem__(self, address: str) -> bytes:
        own = self._own
        return own[address] if address in own else self._base[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self._base)

    def __len__(self) -> int:
        return len(self._base)
