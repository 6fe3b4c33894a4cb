"""Reading many files in several processes, where that pays and is safe."""

import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence

import msgspec

from crmgov.load.files import Stat
from crmgov.load.join import joined
from crmgov.load.reading import Read, read
from crmgov.load.table import Part, Table

_WORTH_BYTES = 1_500_000
"""Bytes of YAML from which a second process pays: it costs about 20 ms, and a megabyte about 90."""
_PER_FILE = 300
"""What opening a file costs, in bytes of YAML read in that time."""
_MOST_PROCESSES = 4


class _Result(msgspec.Struct, array_like=True):
    stats: dict[str, Stat]
    marks: dict[str, str]
    table: Table


def read_all(root: str, files: Mapping[str, Stat], known: Mapping[str, str]) -> Read:
    """Read files as ``read`` does, in as many processes as pay."""
    names = list(files)
    weights = [files[name].size + _PER_FILE for name in names]
    count = min(_MOST_PROCESSES, _processors(), 1 + sum(weights) // _WORTH_BYTES)
    if count < 2 or not sys.platform.startswith("linux") or threading.active_count() > 1:
        return read(root, names, known)
    shares = split(names, weights, count)
    helpers = [_Helper(root, share, known) for share in shares[1:]]
    try:
        results = [read(root, shares[0], known)]
        # A helper that was killed left its share to be read here.
        results += [helper.result() or read(root, helper.share, known) for helper in helpers]
    finally:
        for helper in helpers:
            helper.close()
    return Read(
        {name: stat for result in results for name, stat in result.stats.items()},
        {name: mark for result in results for name, mark in result.marks.items()},
        joined([name for result in results for name in result.part.table.files], [result.part for result in results]),
    )


def split(names: Sequence[str], weights: Sequence[int], count: int) -> list[list[str]]:
    """Names in ``count`` neighbouring groups of about equal weight, in order."""
    total, done = sum(weights), 0
    groups: list[list[str]] = [[] for _ in range(count)]
    for name, weight in zip(names, weights, strict=True):
        groups[min(count - 1, done * count // max(total, 1))].append(name)
        done += weight
    return groups


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Helper:
    """A forked process that reads its share and sends what it read through a pipe."""

    def __init__(self, root: str, share: Sequence[str], known: Mapping[str, str]) -> None:
        self.share = share
        self._source, target = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            status = 1
            try:
                os.close(self._source)
                with os.fdopen(target, "wb") as stream:
                    _send(stream.write, read(root, share, known))
                status = 0
            finally:
                # Nothing of the parent's may run here: no handlers, no buffers written twice.
                os._exit(status)
        os.close(target)
        self._open = True

    def result(self) -> Read | None:
        """What the process read; None where it ended before it was done."""
        with os.fdopen(self._source, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(self._process, 0)
        self._open = False
        return _received(data) if status == 0 else None

    def close(self) -> None:
        """End the process if its result was not taken."""
        if self._open:
            self._open = False
            os.close(self._source)
            os.waitpid(self._process, 0)


def _send(write: Callable[[bytes], object], result: Read) -> None:
    head = msgspec.msgpack.encode(_Result(result.stats, result.marks, result.part.table))
    write(len(head).to_bytes(8, "little"))
    write(head)
    write(result.part.data)


def _received(data: bytes) -> Read:
    size = int.from_bytes(data[:8], "little")
    head = msgspec.msgpack.decode(memoryview(data)[8 : 8 + size], type=_Result)
    return Read(head.stats, head.marks, Part(head.table, data[8 + size :]))
