"""Reading files into a table, in this process or in several."""

from collections.abc import Mapping, Sequence
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
