"""A Salesforce project compared between two revisions, from git alone."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from crmgov.cli.app import App
from crmgov.cli.providers import expand, path_inside
from crmgov.cli.revisions import Compared, Pair, once, pair_of, unclaimed
from crmgov.cli.sources import is_environment
from crmgov.cli.trouble import UNABLE, Stop, stop
from crmgov.cli.workspace import Workspace
from crmgov.diff.two_way import compare
from crmgov.load.commits import FILE, Blobs, Entry, Repository
from crmgov.model.changes import Change
from crmgov.model.diagnostics import brief
from crmgov.providers.salesforce.names import fold
from crmgov.providers.salesforce.project import Project, inside
from crmgov.providers.salesforce.read import Reading, read_project
from crmgov.providers.salesforce.revision import Doubt, Half, companions, files_of, holds_children, inner, owner_of
from crmgov.providers.salesforce.shelf import IGNORE, MANIFEST, SETTINGS, Shelf, Told
from crmgov.providers.salesforce.xml import MAX_FILE

Entries = Mapping[str, Entry]
_SMALL = 4 * 1024 * 1024
"""Bytes of a project's own settings; real ones have some kilobytes."""


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    """One revision, read: its project, what it holds, and what it leaves open."""

    project: Project
    reading: Reading
    doubt: Doubt


def project_changes(root: Path, base: str, head: str | None, source: Path) -> Compared:
    """What differs between two revisions of a project. Ends the verb where neither has one at the path."""
    repository, old, new = pair_of(root, base, head)
    scope = _scope(repository, source)
    folders = list(_upward(scope))
    settings = [inside(folder or ".", name) for folder in folders for name in (SETTINGS, IGNORE, MANIFEST)]
    pair = Pair(repository=repository, base=old, head=new, changed=repository.changed(old, new, [scope, *settings]))
    before = {path: entry for path, entry in repository.listing(old).items() if entry.kind == FILE}
    after = {**before, **pair.files(2)}
    for one in pair.changed:
        if one.after is None or one.after.kind != FILE:
            after.pop(one.path, None)
    if scope and not any(path.startswith(f"{scope}/") for side in (before, after) for path in side):
        mend = "Name a folder that holds files in one of the two."
        raise stop("REVISION003", f"{brief(str(source))} is no folder in {old.title} or {new.title}", mend=mend)
    start = next((one for one in folders if any(_has_project(side, one) for side in (before, after))), None)
    if start is None:
        message = f"{brief(str(source))} is no Salesforce project in {old.title} or {new.title}"
        raise stop("REVISION003", message, mend="Name a folder with sfdx-project.json or package.xml, or one below it.")
    return _compared(pair, start, scope, (before, after))


def project_path(app: App, name: str) -> Path:
    """The folder of an environment's project, or a path as typed. Ends the verb where the environment has none."""
    workspace = Workspace(app)
    if not is_environment(workspace, name):
        return Path(name)
    project = workspace.environment(name).connection.project
    if not isinstance(project, str):
        raise stop("CLI009", f"{name} has no project whose files git could hold", mend="Leave out --source.")
    return path_inside(app.root, expand(project))


def _scope(repository: Repository, source: Path) -> str:
    """A path from the top of the repository. Ends the verb where it lies outside."""
    top = repository.top
    if top is None:
        raise stop("REVISION001", "This repository has no work tree", mend="Name a clone with a work tree with -C.")
    # Links are resolved, so that one which leads out is seen; what is gone by now can be no link.
    path = source.resolve()
    if not path.is_relative_to(top):
        raise stop("REVISION003", f"{brief(str(source))} lies outside the repository {top}")
    found = path.relative_to(top).as_posix()
    return "" if found == "." else found


def _upward(scope: str) -> Iterator[str]:
    """A folder and those above it."""
    while scope:
        yield scope
        scope = scope.rpartition("/")[0]
    yield ""


def _has_project(entries: Entries, folder: str) -> bool:
    return any(inside(folder or ".", name) in entries for name in (SETTINGS, MANIFEST))


def _compared(pair: Pair, folder: str, scope: str, entries: tuple[Entries, Entries]) -> Compared:
    within = f"{scope}/" if scope else ""
    sides = [
        _Side(pair, side, shelf, entries[side - 1], within)
        for side, shelf in zip((1, 2), _shelves(pair, f"{folder}/" if folder else "", entries), strict=True)
    ]
    differing = {one.path for one in pair.changed}
    unchanged = [path for path in entries[0] if path.startswith(within) and path not in differing]
    others = companions(sides[0].half, sides[1].half, unchanged)
    before, after = _read(pair, sides, others)
    owners = sides[0].owners | sides[1].owners
    more = [path for path in inner(owners, unchanged) if path not in others] if owners else []
    if more:
        before, after = _read(pair, sides, [*others, *more])
    changes, dropped = _claimed(before, after)
    problems = [*pair.told(), *once([*before.reading.problems, *after.reading.problems]), *unclaimed(dropped)]
    files = (file for one in (before, after) for file in one.project.files if file.path in differing)
    left = {file.path: file.type_name for file in files if file.type is None}
    return Compared(
        before=pair.base.title, after=pair.head.title, changes=changes, problems=problems,
        left=dict(sorted(Counter(left.values()).items())), alike=_alike(pair, before, after, changes),
    )  # fmt: skip


class _Side:
    """One revision of the project: where it keeps what, and how to get the bytes of its files."""

    def __init__(self, pair: Pair, number: int, shelf: Shelf, entries: Entries, within: str) -> None:
        self.title = (pair.base, pair.head)[number - 1].title
        self.half = Half(shelf, [path for path in pair.files(number) if path.startswith(within)])
        self.odd = pair.odd(number)
        self.entries = entries
        self.owners: set[str] = set()
        """Objects whose own file holds children, in small letters."""

    def project(self, others: Sequence[str]) -> Project:
        """The files to read as a project."""
        shelf = self.half.shelf
        return Project(shelf.form, files_of(self.half, others), 0, shelf.problems, shelf.namespace)

    def load(self, repository: Repository, blobs: Blobs) -> Callable[[str], bytes]:
        """How the bytes of a file are had. Raises OSError."""

        def load(path: str) -> bytes:
            data = repository.data(path, self.entries[path], blobs, MAX_FILE)
            owner = owner_of(path)
            if owner and holds_children(data):
                self.owners.add(owner)
            return data

        return load


def _read(pair: Pair, sides: Sequence[_Side], others: Sequence[str]) -> tuple[_Read, _Read]:
    """Both revisions of what differs, and of some files that do not."""
    projects = [side.project(others) for side in sides]
    wanted = [side.entries[file.path] for side, project in zip(sides, projects, strict=True) for file in project.files
              if file.type is not None]  # fmt: skip
    oids = [entry.oid for entry in wanted if not entry.here]
    with closing(pair.repository.blobs(oids, MAX_FILE)) as blobs:
        found = []
        for side, project in zip(sides, projects, strict=True):
            reading = read_project(project, side.load(pair.repository, blobs), side.title)
            doubt = Doubt(project, reading, side.odd)
            found.append(_Read(project=project, reading=reading, doubt=doubt))
    return found[0], found[1]


def _shelves(pair: Pair, prefix: str, entries: tuple[Entries, Entries]) -> tuple[Shelf, Shelf]:
    """Where both revisions keep their files. Ends the verb where neither says so understandably."""
    wanted = [(side, name) for side in entries for name in (SETTINGS, IGNORE)]
    held = [side[prefix + name] for side, name in wanted if prefix + name in side]
    told = []
    with closing(pair.repository.blobs([entry.oid for entry in held if not entry.here], _SMALL)) as blobs:
        for side in entries:
            paths = [prefix + name for name in (SETTINGS, IGNORE)]
            read = pair.repository.data
            texts = [read(path, side[path], blobs, _SMALL) if path in side else None for path in paths]
            told.append(Told(prefix, *texts))
    before, after = told
    before.filled(after)
    after.filled(before)
    if all(SETTINGS in one.unclear and one.settings is None for one in told):
        raise Stop(UNABLE, once([*before.problems, *after.problems]))
    return Shelf(prefix, before, entries[0]), Shelf(prefix, after, entries[1])


def _claimed(before: _Read, after: _Read) -> tuple[list[Change], int]:
    """The changes that are certain, and how many are not."""
    old, new = before.reading, after.reading
    known = {fold(address): address for address in old.snapshot}
    names = {address: known[fold(address)] for address in new.snapshot if fold(address) in known}
    changes = compare(old.snapshot, new.snapshot, names)
    kept = [change for change in changes if not _open(change.address, names, before, after)]
    return kept, len(changes) - len(kept)


def _alike(pair: Pair, before: _Read, after: _Read, changes: Sequence[Change]) -> int:
    """How many files differ between both revisions without a difference in what the model holds of them."""
    told = {
        source.file.path
        for change in changes
        for read in (before, after)
        if (source := read.reading.sources.get(change.address)) is not None
    }
    told |= {problem.at.file for read in (before, after) for problem in read.reading.problems if problem.at is not None}
    held = [{file.path for file in read.project.files if file.type is not None} for read in (before, after)]
    return len((held[0] & held[1] & pair.files(1).keys() & pair.files(2).keys()) - told)


def _open(address: str, names: Mapping[str, str], before: _Read, after: _Read) -> bool:
    """Whether one of the revisions leaves open what it holds at an address."""
    places = (after.reading.sources.get(address), before.reading.sources.get(names.get(address, address)))
    files = [place.file.file for place in places if place is not None]
    return any(one.doubt.holds(address, file) for one in (before, after) if one.doubt for file in files)
