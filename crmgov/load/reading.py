"""Reading files into a table, in this process or in several."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from crmgov.load.documents import Gathered, read_documents
from crmgov.load.files import Stat, UnreadableError, read_file
from crmgov.load.table import Notes, Part, Table, Unread
from crmgov.load.told import packed
from crmgov.model.canonical import digest


class Read(NamedTuple):
    """Files that were read: their stats, their digests, and the resources of those whose content is not yet known."""

    stats: dict[str, Stat]
    marks: dict[str, str]
    part: Part


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Let the garbage collector look around less often: parsing makes much that lives shortly and no cycles.

    Never off: libyaml's own objects are cyclic, and memory would grow with every file. 15% of the time at equal memory.
    """
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_rarely_collected()
def read(root: str, files: Sequence[str], known: Mapping[str, str]) -> Read:
    """Read files in order; those whose digest equals the ``known`` one are not parsed and not in the table."""
    gathered = Gathered()
    table = Table()
    stats: dict[str, Stat] = {}
    marks: dict[str, str] = {}
    for file in files:
        before = len(gathered.addresses)
        notes: Notes | None
        try:
            data, stats[file] = read_file(root, file)
        except UnreadableError as unreadable:
            mark, notes = "", Notes([packed(unreadable.diagnostic)], [], [Unread()])
        else:
            mark = digest(data)
            if known.get(file) == mark:
                marks[file] = mark
                continue
            notes = read_documents(file, data, gathered)
        marks[file] = mark
        table.files.append(file)
        table.marks.append(mark)
        table.counts.append(len(gathered.addresses) - before)
        if notes is not None:
            table.notes[file] = notes
    gathered.into(table)
    return Read(stats, marks, Part(table, b"".join(gathered.data)))
