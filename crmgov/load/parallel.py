"""Reading many files in several processes, where that pays and is safe."""

from collections.abc import Mapping, Sequence

import msgspec

from crmgov.load.files import Stat
from crmgov.load.forked import Forked, processors
from crmgov.load.join import joined
from crmgov.load.reading import Read, read
from crmgov.load.table import Part, Table

_WORTH_BYTES = 1_500_000
"""Bytes of YAML from which a second process pays: it costs about 20 ms, and a megabyte about 90."""
_PER_FILE = 300
"""What opening a file costs, in bytes of YAML read in that time."""
_MOST_PROCESSES = 4
_NOT_SENT = 0.06
"""What sending results takes, as a share of reading: the process that keeps its own reads this much more."""


class _Result(msgspec.Struct, array_like=True):
    stats: dict[str, Stat]
    marks: dict[str, str]
    table: Table


def read_all(root: str, files: Mapping[str, Stat], known: Mapping[str, str]) -> Read:
    """Read files as ``read`` does, in as many processes as pay."""
    names = list(files)
    weights = [files[name].size + _PER_FILE for name in names]
    count = min(_MOST_PROCESSES, processors(), 1 + sum(weights) // _WORTH_BYTES)
    if count < 2:
        return read(root, names, known)
    shares = split(names, weights, count)
    helpers = [(_shared(root, share, known), share) for share in shares[1:]]
    try:
        results = [read(root, shares[0], known)]
        # A helper that was killed left its share to be read here.
        for helper, share in helpers:
            data = helper.result()
            results.append(read(root, share, known) if data is None else _received(data))
    finally:
        for helper, _ in helpers:
            helper.close()
    return Read(
        {name: stat for result in results for name, stat in result.stats.items()},
        {name: mark for result in results for name, mark in result.marks.items()},
        joined([name for result in results for name in result.part.table.files], [result.part for result in results]),
    )


def split(names: Sequence[str], weights: Sequence[int], count: int) -> list[list[str]]:
    """Names in ``count`` neighbouring groups, in order: of equal weight but for the first, which need not be sent."""
    total = sum(weights)
    share = total / (count + _NOT_SENT)
    ends = [share * (number + 1 + _NOT_SENT) for number in range(count)]
    groups: list[list[str]] = [[] for _ in range(count)]
    group, done = 0, 0
    for name, weight in zip(names, weights, strict=True):
        while group < count - 1 and done >= ends[group]:
            group += 1
        groups[group].append(name)
        done += weight
    return groups


def _shared(root: str, share: Sequence[str], known: Mapping[str, str]) -> Forked:
    """A process that reads a share."""
    return Forked(lambda: _sent(read(root, share, known)))


def _sent(result: Read) -> list[bytes | memoryview]:
    head = msgspec.msgpack.encode(_Result(result.stats, result.marks, result.part.table))
    return [len(head).to_bytes(8, "little"), head, result.part.data]


def _received(data: bytes) -> Read:
    size = int.from_bytes(data[:8], "little")
    head = msgspec.msgpack.decode(memoryview(data)[8 : 8 + size], type=_Result)
    return Read(head.stats, head.marks, Part(head.table, data[8 + size :]))
