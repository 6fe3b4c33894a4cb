"""Delimited text, read: delimiter and header found, ragged rows repaired or rejected, everything kept as text."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from crmgov.audit.records.part import Choose, Part, written
from crmgov.audit.records.rows import LONGEST, Rows, StrayQuoteError, counted, walked
from crmgov.audit.records.text import Look, UnreadableError, chunks, looked, stream
from crmgov.model.diagnostics import brief

DELIMITERS = (",", ";", "\t", "|")
_HEAD = 1 << 20
_MOST_COLUMNS = 20_000
_AROUND = " \t\ufeff"
"""What may stand around a heading; a file that was put behind another brings its mark along."""


def read(label: str, path: Path, target: Path, choose: Choose) -> Part:
    """One file, its wanted columns written to ``target``. Raises UnreadableError with the reason."""
    look = looked(path)
    skipped, delimiter, header = _begin(path, look)
    rows = _counted(path, look, delimiter, skipped)
    if rows.widest > LONGEST:
        raise UnreadableError(f"one of its rows is longer than {LONGEST >> 20} MiB")
    names = choose(header)
    taken = {f"f{header.index(column)}": called for column, called in names.items()}
    reader = _Reader(taken, taken, header, delimiter)
    batches = reader.batches(path, look, skipped, rows.widest) if rows.records else ()
    count = written(batches, reader.schema, target)
    if reader.headings and len(taken) < len(header):  # whether they are headings, the other columns tell
        reader = _Reader(taken, [f"f{at}" for at in range(len(header))], header, delimiter)
        count = written(reader.batches(path, look, skipped, rows.widest), reader.schema, target)
    return Part(
        label=label, path=target, columns={called: column for column, called in taken.items()},
        all_columns=tuple(header), records=rows.records, read=count - reader.repaired, repaired=reader.repaired,
        rejected=reader.rejected + reader.headings, headings=reader.headings,
        short_lines=tuple(rows.short_lines), long_lines=tuple(rows.long_lines),
        encoding=look.encoding, broken=look.broken, nuls=look.nuls, open_line=rows.open_line,
    )  # fmt: skip


def _begin(path: Path, look: Look) -> tuple[int, str, list[str]]:
    """Lines before the header, the delimiter, and the header. Raises UnreadableError where there is none."""
    with stream(path, look) as file:
        head = file.read(_HEAD)
    text = head.decode("utf-8", "ignore")
    start = text.lstrip()[:200].lower()
    if not start:
        raise UnreadableError("it is empty")
    if start.startswith("<"):
        raise UnreadableError("it is a web page or XML, perhaps the message of an export that failed")
    if start.startswith(("{", "[")):
        raise UnreadableError("it is JSON under another ending")
    if start.startswith(("pk\x03\x04", "par1", "%pdf", "sqlite format")):
        raise UnreadableError("it is another kind of file under this ending")
    skipped, chosen = 0, ""
    if start.startswith("sep=") and len(start.splitlines()[0]) == 5:
        skipped, chosen = 1, start[4]
        if not chosen.isascii() or chosen == '"':
            raise UnreadableError(f"it is parted by {brief(repr(chosen))}, which is not read")
        text = text.lstrip().partition("\n")[2]
    delimiter = chosen or max(DELIMITERS, key=lambda one: _fit(text, one))
    header = next((row for row in _sample(text, delimiter, 2) if row), [])
    if len(header) > _MOST_COLUMNS:
        raise UnreadableError(f"it has {len(header):,} columns, and {_MOST_COLUMNS:,} are read at most")
    return skipped, delimiter, [name.replace("\ufeff", "").strip() for name in header]


def _sample(text: str, delimiter: str, most: int) -> list[list[str]]:
    rows: list[list[str]] = []
    old = csv.field_size_limit(_HEAD + 1)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) == most:
                break
    finally:
        csv.field_size_limit(old)
    return rows


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter parts the first rows: the share that is as wide as the header, and how wide that is."""
    rows = _sample(text, delimiter, 50)
    width = len(rows[0]) if rows else 0
    whole = rows[:-1] if len(rows) > 2 else rows  # the last may be cut off
    same = sum(len(row) == width for row in whole) / max(len(whole), 1)
    return (same if width > 1 else 0.0) * min(width, 3), width


def _counted(path: Path, look: Look, delimiter: str, skipped: int) -> Rows:
    try:
        rows = counted(_below(chunks(path, look), skipped), delimiter)
    except StrayQuoteError:
        with stream(path, look) as file:
            for _ in range(skipped):
                file.readline()
            rows = walked(file, delimiter)
    rows.short_lines = [line + skipped for line in rows.short_lines]
    rows.long_lines = [line + skipped for line in rows.long_lines]
    return rows


def _below(pieces: Iterator[bytes], skipped: int) -> Iterator[bytes]:
    """What stands below the first line, where it is to be skipped."""
    if skipped:
        yield next(pieces, b"").partition(b"\n")[2]
    yield from pieces


class _Reader:
    """Reads in blocks. Columns are named by their position: ``taken`` are given, ``read`` also tell rows that repeat
    the header, which are left out.
    """

    def __init__(self, taken: Iterable[str], read: Iterable[str], header: Sequence[str], delimiter: str) -> None:
        import pyarrow as pa

        self._taken, self._read, self._header, self._delimiter = list(taken), list(read), header, delimiter
        self._width = len(header)
        self.schema = pa.schema([(name, pa.string()) for name in self._taken])
        self.repaired = self.rejected = self.headings = 0
        self._short: list[str] = []

    def batches(self, path: Path, look: Look, skipped: int, widest: int) -> Iterator[Any]:
        """The rows below the header, with the repaired ones among them. Raises UnreadableError."""
        import pyarrow as pa
        import pyarrow.csv as reading

        names = self._read
        with stream(path, look) as file:
            for _ in range(skipped):
                file.readline()
            try:
                reader = reading.open_csv(
                    pa.PythonFile(file, mode="r"),
                    read_options=reading.ReadOptions(
                        autogenerate_column_names=True, block_size=max(1 << 20, 2 * widest + 1024), use_threads=False
                    ),
                    parse_options=reading.ParseOptions(
                        delimiter=self._delimiter, newlines_in_values=True, invalid_row_handler=self._ragged
                    ),
                    convert_options=reading.ConvertOptions(
                        include_columns=names, column_types=dict.fromkeys(names, pa.string()), null_values=[""],
                        strings_can_be_null=True, quoted_strings_can_be_null=False,
                    ),
                )  # fmt: skip
                yield from self._below_header(reader)
            except pa.ArrowInvalid as error:
                raise UnreadableError("its rows cannot be told apart") from error

    def _below_header(self, reader: Any) -> Iterator[Any]:
        import pyarrow as pa

        first = True
        for batch in reader:
            rows = batch.slice(1) if first and batch.num_rows else batch
            first = first and not batch.num_rows
            yield self._without_headings(rows).select(self._taken)
            if self._short:
                yield self._mended(pa)
        if self._short:
            yield self._mended(pa)

    def _without_headings(self, rows: Any) -> Any:
        """The rows but for those in which every value is its column's heading, as where files were put together."""
        import pyarrow as pa
        import pyarrow.compute as pc

        same: Any = None
        for name in self._read:
            value = pc.utf8_trim(pc.fill_null(rows.column(name), ""), characters=_AROUND)
            here = pc.equal(value, pa.scalar(self._header[int(name[1:])]))
            same = here if same is None else pc.and_(same, here)
            if not pc.any(same).as_py():
                return rows
        self.headings += pc.sum(same).as_py()
        return rows.filter(pc.invert(same))

    def _ragged(self, row: Any) -> str:
        if row.actual_columns < self._width:
            self._short.append(row.text)
        else:
            self.rejected += 1
        return "skip"

    def _mended(self, pa: Any) -> Any:
        """The short rows so far, the missing values blank."""
        texts, self._short = self._short, []
        values = [next(csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter), []) for text in texts]
        self.repaired += len(values)
        positions = [int(name[1:]) for name in self._taken]
        columns = [[row[at] or None if at < len(row) else None for row in values] for at in positions]
        return pa.record_batch([pa.array(column, pa.string()) for column in columns], schema=self.schema)
