"""How many records a delimited text holds, counted apart from the reader that reads them.

A line end within quotes is none. Where every quote opens or closes a value, whole chunks are counted at once; where one
stands elsewhere, the text is walked through value by value.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

TOLD = 20
"""Lines of ragged rows that are named."""
LONGEST = 1 << 26
"""Bytes of the longest record that is read."""
_QUOTE, _LF, _CR = 34, 10, 13


class Rows(msgspec.Struct, kw_only=True):
    """The rows of a text below its header. Lines count from 1; ``open_line`` is that of a quote that never closes."""

    records: int = 0
    width: int = 0
    short: int = 0
    long: int = 0
    short_lines: list[int] = []
    long_lines: list[int] = []
    widest: int = 0
    open_line: int = 0

    def row(self, width: int, line: int) -> None:
        """Take one row into account; the first is the header."""
        if not self.width:
            self.width = width
            return
        self.records += 1
        if width < self.width:
            self.short += 1
            self.short_lines.append(line) if len(self.short_lines) < TOLD else None
        elif width > self.width:
            self.long += 1
            self.long_lines.append(line) if len(self.long_lines) < TOLD else None


class StrayQuoteError(Exception):
    """Raised where a quote stands within a value, so that parity does not tell inside from outside."""


def counted(chunks: Iterable[bytes], delimiter: str) -> Rows:
    """The rows of a text in which quotes open and close values only. Raises StrayQuoteError where they do not."""
    counter = _Counter(ord(delimiter))
    for chunk in chunks:
        counter.take(chunk)
    return counter.finish()


class _Counter:
    """Counts chunk by chunk. What is carried over: where the last row began, and whether it is within quotes."""

    def __init__(self, delimiter: int) -> None:
        self.rows = Rows()
        self._delimiter = delimiter
        self._held = b""
        self._before = _LF
        self._inside = self._closing = False
        self._values = 1
        self._length = 0
        self._line = self._row_line = 1

    def take(self, chunk: bytes) -> None:
        """Count a chunk. Its last byte is held back, since what a quote or line end means depends on the next."""
        chunk = self._held + chunk
        if chunk:
            self._held = chunk[-1:]
            self._count(chunk[:-1], chunk[-1])

    def finish(self) -> Rows:
        """Count what was held back, and the last row where no line end follows it."""
        self._count(self._held, 0 if self._held == b"\r" else _LF)
        if self._inside:
            self.rows.open_line = self._row_line
        if self._length:
            self._row(self._values, self._length, self._row_line)
        return self.rows

    def _count(self, chunk: bytes, following: int) -> None:
        import numpy as np

        if not chunk:
            return
        data = np.frombuffer(chunk, dtype=np.uint8)
        outside = self._outside(np, data, following) if b'"' in chunk else (None if not self._inside else data < 0)
        breaks = data == _LF
        if b"\r" in chunk:
            after = np.append(data[1:], np.uint8(following))
            breaks |= (data == _CR) & (after != _LF)
        delimiters = data == self._delimiter
        ends = breaks if outside is None else breaks & outside
        delimiters = delimiters if outside is None else delimiters & outside
        self._rows_of(np, data, np.flatnonzero(ends), np.flatnonzero(delimiters), np.flatnonzero(breaks))
        self._before = int(data[-1])

    def _outside(self, np: Any, data: Any, following: int) -> Any:
        """Which bytes stand outside quotes, as a mask. Raises StrayQuoteError."""
        quotes = data == _QUOTE
        after = (np.cumsum(quotes, dtype=np.uint8) & 1).astype(bool) ^ self._inside
        opens = np.flatnonzero(quotes & after)
        closes = np.flatnonzero(quotes & ~after)
        before = np.where(opens > 0, data[opens - 1], self._before)
        nexts = np.where(closes + 1 < len(data), data[np.minimum(closes + 1, len(data) - 1)], following)
        borders = np.array([self._delimiter, _QUOTE, _LF, _CR], dtype=np.uint8)
        if not np.isin(before, borders).all() or not np.isin(nexts, borders).all():
            raise StrayQuoteError
        self._inside = bool(after[-1])
        return ~after

    def _rows_of(self, np: Any, data: Any, ends: Any, delimiters: Any, breaks: Any) -> None:
        if not len(ends):
            self._values += len(delimiters)
            self._length += len(data)
            self._line += len(breaks)
            return
        passed = np.searchsorted(delimiters, ends)
        widths = np.diff(passed, prepend=0) + 1
        widths[0] += self._values - 1
        lengths = np.diff(ends, prepend=-1) - 1
        lengths[0] += self._length
        ended_by_cr = (ends > 0) & (data[ends] == _LF) & (data[ends - 1] == _CR)
        if ends[0] == 0 and data[0] == _LF and self._before == _CR and self._length:
            ended_by_cr[0] = True
        lengths -= ended_by_cr
        self._tell(np, widths, lengths, ends, breaks)
        self._values = len(delimiters) - int(passed[-1]) + 1
        self._length = len(data) - int(ends[-1]) - 1
        self._row_line = self._line + int(np.searchsorted(breaks, ends[-1])) + 1
        self._line += len(breaks)

    def _tell(self, np: Any, widths: Any, lengths: Any, ends: Any, breaks: Any) -> None:
        """Take rows into account: all that are as wide as the header at once, the others by their lines."""
        first = 0
        real = lengths > 0
        self.rows.widest = max(self.rows.widest, int(lengths.max()))
        if not self.rows.width and real.any():
            first = int(np.flatnonzero(real)[0])
            self.rows.width = int(widths[first])
            real[first] = False
        self.rows.records += int(real.sum())
        ragged = np.flatnonzero(real & (widths != self.rows.width))
        short = widths[ragged] < self.rows.width
        for name, chosen in (("short", ragged[short]), ("long", ragged[~short])):
            setattr(self.rows, name, getattr(self.rows, name) + len(chosen))
            lines = getattr(self.rows, f"{name}_lines")
            for index in chosen[: TOLD - len(lines)]:
                lines.append(self._line_of(np, int(index), ends, breaks))

    def _line_of(self, np: Any, index: int, ends: Any, breaks: Any) -> int:
        if index == 0:
            return self._row_line
        return self._line + int(np.searchsorted(breaks, ends[index - 1])) + 1

    def _row(self, values: int, length: int, line: int) -> None:
        self.rows.widest = max(self.rows.widest, length)
        self.rows.row(values, line)


def walked(text: io.BufferedReader, delimiter: str) -> Rows:
    """The rows of any text, value by value: a quote counts only where a value begins with it."""
    rows, last, line = Rows(), [""], 1
    old = csv.field_size_limit(LONGEST)
    try:
        reader = csv.reader(_lines(io.TextIOWrapper(text, "utf-8", newline="")), delimiter=delimiter)
        for row in reader:
            if row and row != [_END]:
                rows.row(len(row), line)
            last, start, line = row, line, reader.line_num + 1
    except csv.Error:
        rows.widest = LONGEST + 1
        return rows
    finally:
        csv.field_size_limit(old)
    if last != [_END]:
        rows.open_line = start
    return rows


_END = "\x00end"
"""No text holds a NUL by now."""


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    ended = True
    while line := text.readline(LONGEST):
        if len(line) == LONGEST:
            raise csv.Error
        ended = line.endswith(("\n", "\r"))
        yield line
    yield _END if ended else f"\n{_END}"
