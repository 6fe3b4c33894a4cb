"""Parts of a tree joined in the order of their files, in as few slices as there are stretches from one part."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from crmgov.load.table import Part, Table


class _Stretch(NamedTuple):
    """Neighbouring files of one part: from the first up to, not including, the last."""

    source: int
    first: int
    last: int


def joined(files: Sequence[str], parts: Sequence[Part]) -> Part:
    """One part that holds these files; each is taken from the last part that holds it, and left out if none does."""
    if len(parts) == 1 and parts[0].table.files == files:
        return parts[0]
    where: dict[str, tuple[int, int]] = {}
    for source, part in enumerate(parts):
        where.update((file, (source, number)) for number, file in enumerate(part.table.files))
    result = Table()
    data: list[memoryview] = []
    sums = [_Sums(part) for part in parts]
    for stretch in _stretches(files, where):
        _take(result, data, parts[stretch.source], sums[stretch.source], stretch)
    for file, (source, _) in where.items():
        if file in parts[source].table.notes:
            result.notes[file] = parts[source].table.notes[file]
    held = set(files)
    result.notes = {file: notes for file, notes in sorted(result.notes.items()) if file in held}
    return Part(result, b"".join(data))


class _Sums:
    """Where the rows of each file begin, and the bytes of each row."""

    def __init__(self, part: Part) -> None:
        self.rows = list(accumulate(part.table.counts, initial=0))
        self.bytes = list(accumulate(part.table.lengths, initial=0))
        self.view = memoryview(part.data)


def _stretches(files: Sequence[str], where: Mapping[str, tuple[int, int]]) -> Iterator[_Stretch]:
    source = first = last = -1
    for file in files:
        found, number = where.get(file, (-1, -1))
        if found == source and number == last:
            last += 1
            continue
        if source >= 0:
            yield _Stretch(source, first, last)
        source, first, last = found, number, number + 1
    if source >= 0:
        yield _Stretch(source, first, last)


def _take(result: Table, data: list[memoryview], part: Part, sums: _Sums, stretch: _Stretch) -> None:
    table, files = part.table, slice(stretch.first, stretch.last)
    rows = slice(sums.rows[stretch.first], sums.rows[stretch.last])
    result.files += table.files[files]
    result.marks += table.marks[files]
    result.counts += table.counts[files]
    result.addresses += table.addresses[rows]
    result.digests += table.digests[rows]
    result.lengths += table.lengths[rows]
    result.documents += table.documents[rows]
    result.inlines += table.inlines[rows]
    data.append(sums.view[sums.bytes[rows.start] : sums.bytes[rows.stop]])
