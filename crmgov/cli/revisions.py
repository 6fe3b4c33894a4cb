"""Two revisions of a repository, and the YAML tree compared between them from git alone."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from crmgov.cli.trouble import stop
from crmgov.diff.two_way import compare
from crmgov.load.commits import FILE, Blobs, Changed, Entry, Repository, Revision
from crmgov.load.files import FOLDERS, MOST_BYTES
from crmgov.load.revision import Revised, is_yaml, read_revision
from crmgov.model.address import parse
from crmgov.model.changes import Change
from crmgov.model.diagnostics import Diagnostic, Place, of
from crmgov.report.text import count


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between two revisions.

    ``left`` counts differing files by type that the model does not hold; ``alike`` those of types it holds in which
    nothing differs that it holds.
    """

    before: str
    after: str
    changes: list[Change]
    problems: list[Diagnostic]
    left: Mapping[str, int] = {}
    alike: int = 0


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two revisions of a repository, and the files that differ below some paths."""

    repository: Repository
    base: Revision
    head: Revision
    changed: Sequence[Changed]

    def files(self, side: int) -> dict[str, Entry]:
        """Regular files among what differs, by path; side 1 is before, 2 after."""
        return {path: entry for path, entry in self._side(side) if entry.kind == FILE}

    def odd(self, side: int) -> dict[str, str]:
        """Links and submodules among what differs: their kind by path."""
        return {path: entry.kind for path, entry in self._side(side) if entry.kind != FILE}

    def told(self) -> list[Diagnostic]:
        """Links and submodules, told once each."""
        return [
            of("REVISION004", f"{path} is a {kind}, which is not followed", at=Place(path))
            for path, kind in sorted({**self.odd(1), **self.odd(2)}.items())
        ]

    def _side(self, side: int) -> Iterator[tuple[str, Entry]]:
        for one in self.changed:
            entry = one.before if side == 1 else one.after
            if entry is not None:
                yield one.path, entry


def pair_of(root: Path, base: str, head: str | None) -> tuple[Repository, Revision, Revision]:
    """The repository a folder lies in, and two of its revisions, the work tree where ``head`` is None."""
    repository = Repository(root)
    return repository, repository.revision(base), repository.revision(head)


def yaml_changes(root: Path, base: str, head: str | None) -> Compared:
    """What differs between two revisions of the tree. Ends the verb where neither holds one."""
    repository, old, new = pair_of(root, base, head)
    folders = [repository.prefix + folder for folder in FOLDERS]
    pair = Pair(repository=repository, base=old, head=new, changed=repository.changed(old, new, folders))
    if not pair.changed and not repository.holds(old, folders):
        mend = "Name a Salesforce project of this repository with --source, or another folder with -C."
        raise stop("CLI003", f"{root} holds no configuration in {old.title} or {new.title}", mend=mend)
    before, after = _read(pair, {})
    others = _others(pair, folders, before.snapshot.digests.keys() ^ after.snapshot.digests.keys())
    if others:
        before, after = _read(pair, others)
    changes, dropped = _claimed(before, after)
    problems = [*pair.told(), *once([*before.problems, *after.problems]), *unclaimed(dropped)]
    return Compared(before=old.title, after=new.title, changes=changes, problems=problems)


def _read(pair: Pair, others: Mapping[str, Entry]) -> tuple[Revised, Revised]:
    """Both sides of the files that differ, with some that do not."""
    sides = [{**others, **pair.files(side)} for side in (1, 2)]
    sides = [{path: entry for path, entry in sorted(side.items()) if is_yaml(path)} for side in sides]
    oids = [entry.oid for side in sides for entry in side.values() if not entry.here]
    with closing(pair.repository.blobs(oids, MOST_BYTES)) as blobs:
        before = read_revision(pair.base.title, _texts(pair, sides[0], blobs))
        after = read_revision(pair.head.title, _texts(pair, sides[1], blobs))
    return before, after


def _texts(pair: Pair, side: Mapping[str, Entry], blobs: Blobs) -> Iterator[tuple[str, bytes | OSError]]:
    start = len(pair.repository.prefix)
    for path, entry in side.items():
        try:
            data = pair.repository.data(path, entry, blobs, MOST_BYTES)
            if len(data) > MOST_BYTES:
                raise OSError("it has more than 10 MB")
            yield path[start:], data
        except OSError as error:
            yield path[start:], error


def _others(pair: Pair, folders: Sequence[str], addresses: "set[str]") -> dict[str, Entry]:
    """Files equal in both revisions that may hold what seems to have come or gone: they write its name."""
    names = sorted({parse(address).name for address in addresses})
    if not names:
        return {}
    differing = {one.path for one in pair.changed}
    found = [path for path in pair.repository.naming(pair.base, names, folders) if path not in differing]
    return pair.repository.entries(pair.base, [path for path in found if is_yaml(path)])


def _claimed(before: Revised, after: Revised) -> tuple[list[Change], int]:
    """The changes that are certain, and how many are not."""
    changes = compare(before.snapshot, after.snapshot)
    kept = [change for change in changes if not _open(change, before, after)]
    return kept, len(changes) - len(kept)


def _open(change: Change, before: Revised, after: Revised) -> bool:
    """Whether one of the revisions leaves open what it holds at an address."""
    address, at = change.address, parse(change.address)
    places = [side.snapshot.places[address].file for side in (before, after) if address in side.snapshot]
    if address in before.twice | after.twice or any(file in before.broken | after.broken for file in places):
        return True
    lacking = {"add": before, "remove": after}.get(change.action)
    return lacking is not None and bool(lacking.snapshot.coverage.gap(at.kind, at.parent))


def unclaimed(dropped: int) -> list[Diagnostic]:
    """That some differences are not told."""
    if not dropped:
        return []
    return [of("REVISION005", f"{count(dropped, 'difference')} not told: what was not read may hold the same")]


def once(problems: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Problems of both revisions, each once."""
    return list(dict.fromkeys(problems))
