"""Two revisions of a project: which of its files have to be read to tell them apart, and what may not be claimed.

Read are the files that differ, and of the others those that may hold the same things: files of one name (a thing may
stand in two package directories), and the file of an object whose children differ (it may hold some of them).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from crmgov.model.address import address, parse
from crmgov.providers.salesforce.mapping import CHILDREN, standard_value_set
from crmgov.providers.salesforce.names import RULE_NAMES, TYPE_WORDS, address_of, decoded, fold
from crmgov.providers.salesforce.project import Project, SourceFile, type_of_path
from crmgov.providers.salesforce.read import Reading, in_order
from crmgov.providers.salesforce.shelf import Shelf
from crmgov.providers.salesforce.unread import OBJECT_KINDS

_INLINE = re.compile(("<(" + "|".join(sorted(CHILDREN)) + ")[ >]").encode())
_META = "-meta.xml"


class Half(NamedTuple):
    """One revision: where it keeps things, and the paths of its regular files that differ from the other's."""

    shelf: Shelf
    differing: Collection[str]


def files_of(half: Half, others: Iterable[str]) -> list[SourceFile]:
    """The files to read of one revision, in the order in which they are read. ``others``: see ``companions``."""
    found = []
    for path in sorted({*half.differing, *others}, key=half.shelf.rank):
        file = _seen(half.shelf, path)
        if file is not None:
            found.append(file)
    return in_order(found)


def companions(before: Half, after: Half, unchanged: Collection[str]) -> list[str]:
    """Files equal in both revisions that have to be read: they may hold what differing files hold.

    Where the revisions keep their files differently, also the files that only one of them sees.
    """
    moved: list[str] = []
    if _kept(before.shelf) != _kept(after.shelf):
        moved = [path for path in unchanged if _seen(before.shelf, path) != _seen(after.shelf, path)]
    stems: set[str] = set()
    for half in (before, after):
        for path in (*half.differing, *moved):
            file = half.shelf.file(path)
            if file is not None and file.type is not None:
                stems.update(_stems(file))
    return sorted({*moved, *(path for path in unchanged if _stem(path) in stems)})


def inner(owners: Collection[str], unchanged: Collection[str]) -> list[str]:
    """Files of the children of objects (by name in small letters): some stand in the object's own file too."""
    return [path for path in unchanged if path.endswith(_META) and _owner_folder(path) in owners]


def holds_children(data: bytes) -> bool:
    """Whether an object's file holds things that may stand in files of their own."""
    return _INLINE.search(data) is not None


def owner_of(path: str) -> str:
    """The object, in small letters, whose own file this is; empty for any other file."""
    base = path.rpartition("/")[2].removesuffix(_META)
    return decoded(base.removesuffix(".object")).casefold() if base.endswith(".object") else ""


def _kept(shelf: Shelf) -> tuple[object, ...]:
    """What decides which files a revision sees, and as what."""
    return shelf.form, shelf.places, shelf.ignored


def _seen(shelf: Shelf, path: str) -> SourceFile | None:
    file = shelf.file(path)
    return None if file is None or shelf.hides(path) else file


def _stem(path: str) -> str:
    """What names the thing in a file, as caseless systems see it."""
    base = path.rpartition("/")[2].removesuffix(_META)
    return decoded(base.rpartition(".")[0]).casefold()


def _stems(file: SourceFile) -> Iterator[str]:
    yield _stem(file.path)
    if file.parent is not None:
        yield decoded(file.parent).casefold()


def _owner_folder(path: str) -> str:
    """The folder above that of a file, which is an object's where a child of it is in the file."""
    parts = path.rsplit("/", 3)
    return decoded(parts[-3]).casefold() if len(parts) > 2 else ""


class Doubt:
    """What one revision leaves open: the things that files of it may hold which could not be read."""

    def __init__(self, project: Project, reading: Reading, odd: Mapping[str, str]) -> None:
        self._addresses: set[str] = set()
        self._owners: set[str] = set()
        self._folders: list[str] = []
        self._ruled: set[str] = set()
        files = {file.file: file for file in project.files}
        for problem in reading.problems:
            if problem.severity == "error":
                if problem.address:
                    self._addresses.add(_plain(problem.address))
                elif problem.at is not None and problem.at.file in files:
                    self._file(files[problem.at.file])
        for path in odd:
            found = type_of_path(path)
            if found is not None and found.type is not None:
                self._file(found)
            self._folders.append(f"{path}/")

    def __bool__(self) -> bool:
        return bool(self._addresses or self._owners or self._folders)

    def holds(self, one: str, file: str) -> bool:
        """Whether a thing that stands in ``file`` of the other revision may stand unread in this one."""
        if _plain(one) in self._addresses or file.startswith(tuple(self._folders)):
            return True
        where = parse(one)
        owner = (where.parent or "").casefold()
        return (where.kind in OBJECT_KINDS and owner in self._owners) or (
            where.kind == "Automation" and owner in self._ruled
        )

    def _file(self, file: SourceFile) -> None:
        kind = file.type
        if kind is None:
            return
        name = decoded(file.name)
        if kind.name == "CustomObject":
            self._owners.add(name.casefold())
        elif kind.name in RULE_NAMES:
            self._ruled.add(name.casefold())
        elif kind.name == "StandardValueSet":
            kind = standard_value_set(name)
        self._addresses.add(_plain(address_of(kind, name, decoded(file.parent) if file.parent else None)))


def _plain(one: str) -> str:
    """An address without case, and without the word that tells two types of one name apart."""
    where = parse(one)
    name = where.name
    for word in TYPE_WORDS.values():
        name = name.removesuffix(f" ({word})")
    return fold(address(where.kind, name, where.parent))
