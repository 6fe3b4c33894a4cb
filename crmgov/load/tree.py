"""A repository's YAML as a snapshot, with the place of every value."""

import time
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crmgov.load.bodies import body_file
from crmgov.load.clashes import clashes
from crmgov.load.files import Listing, Stat, find
from crmgov.load.forked import aside, processors
from crmgov.load.join import joined
from crmgov.load.loaded import Loaded
from crmgov.load.memory import Memory, recall, remember
from crmgov.load.overlays import apply_overlays
from crmgov.load.sealed import Folder
from crmgov.load.table import Part, Table, Unread
from crmgov.load.told import unpacked
from crmgov.load.view import Bodies, Places
from crmgov.model.canonical import digest_of
from crmgov.model.diagnostics import Diagnostic, has_errors
from crmgov.model.kinds import KINDS
from crmgov.model.snapshot import Coverage, Gap, Snapshot

if TYPE_CHECKING:
    from crmgov.load.reading import Read

__all__ = ["Loaded", "load_tree"]

_WORTH_BYTES = 4_000_000
"""Bytes of bodies from which a second process pays that writes them to the cache."""
_FEW = 64
"""Files that are sooner read again each time than written down as unchanged."""


def load_tree(root: Path, *, cache: bool = True, environment: str | None = None) -> Loaded:
    """Read everything below config/ and environments/.

    ``cache`` allows ``.crmgov/cache/`` to be read and written. With ``environment``, the snapshot is what that
    environment should hold: its overlays are applied. Never raises for what the tree holds.
    """
    place = str(root.resolve())
    folder = Folder(place) if cache else None
    started = time.time_ns()
    listing = find(Path(place))
    known = recall(folder) if folder is not None else None
    files = _read(place, listing, known)
    tree = _tree(place, files.part, distinct=files.distinct)
    if folder is not None and files.stats:
        cache_, stats, part, distinct = folder, files.stats, files.part, tree.distinct
        large = len(part.data) >= _WORTH_BYTES and processors() > 1
        aside(lambda: remember(cache_, stats, started, part, distinct=distinct), fork=large)
    problems = [*listing.problems, *tree.problems]
    snapshot = tree.snapshot
    if environment is not None:
        snapshot, told = apply_overlays(snapshot, environment)
        problems += told
    table = files.part.table
    return Loaded(
        root=place,
        snapshot=snapshot,
        diagnostics=problems,
        broken=has_errors(problems),
        tree_digest=digest_of([table.files, table.marks, sorted(tree.body_marks.items())]),
        marks=dict(zip(table.files, table.marks, strict=True)),
        folder=folder,
    )


class _Files(NamedTuple):
    """What the files hold; ``stats`` is empty where the cache need not be written again."""

    part: Part
    stats: dict[str, Stat]
    distinct: bool


def _read(root: str, listing: Listing, memory: Memory | None) -> _Files:
    """Everything the files hold, as much of it from the cache as is still true."""
    if memory is None:
        fresh = _parse(root, listing.files, {})
        return _Files(fresh.part, fresh.stats, distinct=False)
    known = dict(zip(memory.part.table.files, memory.part.table.marks, strict=True))
    stale = _stale(listing.files, memory, known)
    gone = known.keys() - listing.files.keys()
    if not stale and not gone:
        return _Files(memory.part, {}, memory.seen.distinct)
    fresh = _parse(root, stale, known)
    stats = {**listing.files, **fresh.stats}
    if not gone and not fresh.part.table.files:
        return _Files(memory.part, stats if len(stale) > _FEW else {}, memory.seen.distinct)
    return _Files(joined(list(listing.files), [memory.part, fresh.part]), stats, distinct=False)


def _parse(root: str, files: Mapping[str, Stat], known: Mapping[str, str]) -> "Read":
    from crmgov.load.parallel import read_all

    return read_all(root, files, known)


def _stale(files: Mapping[str, Stat], memory: Memory, known: Mapping[str, str]) -> dict[str, Stat]:
    """The files that have to be read: new, changed, or not told apart by their stat."""
    seen = memory.seen.stats
    return {path: stat for path, stat in files.items() if seen.get(path) != stat or not known.get(path)}


class _Tree(NamedTuple):
    """The snapshot of a tree, with what is wrong with it and the digests of its body files."""

    snapshot: Snapshot
    problems: list[Diagnostic]
    body_marks: dict[str, str]
    distinct: bool


def _tree(root: str, part: Part, *, distinct: bool) -> _Tree:
    table = part.table
    notes = _notes(root, table)
    rows = dict(zip(table.addresses, range(len(table.addresses)), strict=True))
    digests = dict(zip(table.addresses, table.digests, strict=True))
    if len(rows) < len(table.addresses):
        rows, digests = _first_of_each(table)
    places = Places(rows, table)
    clashing: list[Diagnostic] = []
    if not distinct:
        clashing = clashes(table.addresses, rows, lambda row: places.at(table.addresses[row], row))
    snapshot = Snapshot(
        "repository",
        digests,
        Bodies(rows, list(accumulate(table.lengths)), part.data),
        coverage=Coverage(kinds=frozenset(KINDS), gaps=tuple(dict.fromkeys(notes.gaps))),
        places=places,
        blobs=notes.blobs,
    )
    return _Tree(snapshot, notes.problems + clashing, notes.marks, not clashing)


def _first_of_each(table: Table) -> tuple[dict[str, int], dict[str, str]]:
    rows: dict[str, int] = {}
    digests: dict[str, str] = {}
    for row, address in enumerate(table.addresses):
        if rows.setdefault(address, row) == row:
            digests[address] = table.digests[row]
    return rows, digests


class _Noted(NamedTuple):
    """What the notes of all files come to."""

    problems: list[Diagnostic]
    gaps: list[Gap]
    blobs: dict[str, bytes]
    marks: dict[str, str]


def _notes(root: str, table: Table) -> _Noted:
    noted = _Noted([], [], {}, {})
    for file, notes in table.notes.items():
        noted.problems.extend(unpacked(problem) for problem in notes.problems)
        noted.gaps.extend(_gap(file, unread) for unread in notes.unread)
        for ref in notes.body_files:
            mark, data, told = body_file(root, file, ref)
            noted.problems.extend(told)
            noted.marks[f"{file}: {ref.path}"] = mark
            if data is not None:
                noted.blobs[mark] = data
    return noted


def _gap(file: str, unread: Unread) -> Gap:
    reason = f"{file} could not be read whole"
    return Gap(status="partial", reason=reason, kind=unread.kind or None, parent=unread.parent or None)
