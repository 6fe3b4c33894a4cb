"""One file of an export, read: its columns, its rows in a form that is quick to ask, and how its rows add up."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

Choose = Callable[[Sequence[str]], Mapping[str, str]]
"""Which of a file's columns are wanted: what each is to be called, by column. Raises UnreadableError where none is."""
GROUP_BYTES = 16 << 20
"""Bytes of values in one row group; a few of these are in memory at a time."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read. ``path`` is a Parquet file, ``columns`` the name there of each column that was wanted;
    files of one ``form`` hold the same types in the same order.

    ``records`` were counted apart from the reader; ``read``, ``repaired`` and ``rejected`` are the reader's. Lines are
    those of the first few ragged rows. ``more``: the file says that other records follow in another one.
    """

    label: str
    path: Path
    columns: Mapping[str, str]
    form: str = ""
    all_columns: tuple[str, ...]
    records: int
    read: int
    repaired: int = 0
    rejected: int = 0
    headings: int = 0
    """Of the rejected: rows that repeat the header."""
    short_lines: tuple[int, ...] = ()
    long_lines: tuple[int, ...] = ()
    broken_lines: tuple[int, ...] = ()
    encoding: str = "utf-8"
    broken: int = 0
    nuls: int = 0
    open_line: int = 0
    more: bool = False

    @property
    def adds_up(self) -> bool:
        """Whether every record of the file is accounted for. ``read`` counts the rows that needed no repair."""
        return self.read + self.repaired + self.rejected == self.records and not self.open_line


def written(batches: Iterable[Any], schema: Any, path: Path) -> int:
    """Write record batches as Parquet; returns the rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = 0
    with pq.ParquetWriter(path, schema, compression="lz4", write_statistics=False) as writer:
        for group in _groups(batches):
            table = pa.Table.from_batches(group, schema)
            writer.write_table(table)
            rows += table.num_rows
    return rows


def _groups(batches: Iterable[Any]) -> Iterator[list[Any]]:
    held: list[Any] = []
    size = 0
    for batch in batches:
        held.append(batch)
        size += batch.nbytes
        if size >= GROUP_BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held
