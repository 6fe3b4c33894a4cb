"""Writing values to files that are read back before anything is destroyed."""

import io
import os
from collections.abc import Sequence
from itertools import islice
from typing import Any

from crmgov.apply.places import NoPlace, Place
from crmgov.ledger.entries import ExportRecorded
from crmgov.model.canonical import digest
from crmgov.model.provider import Rows

_PART = 50_000
"""Rows in one file: what is held in memory at once, in clear and encrypted."""


class ExportError(Exception):
    """Values could not be made safe; the message names no value."""


class FileStore:
    """A value store that writes Parquet files of a place; ``written`` lists them. No file is ever written over."""

    def __init__(self, place: Place, run: str, batch: int) -> None:
        self._place = place
        self._run = run
        self._batch = batch
        self.written: list[ExportRecorded] = []

    def save(self, address: str, columns: Sequence[str], rows: Rows) -> int:
        """Write rows, read each file back, and compare; the number of rows that are safe."""
        total = 0
        while part := list(islice(rows, _PART)):
            if any(len(row) != len(columns) for row in part):
                raise ExportError(f"the rows of {address} do not have {len(columns)} columns")
            self._write(address, _parquet(list(columns), part), len(part))
            total += len(part)
        return total

    def _write(self, address: str, data: bytes, rows: int) -> None:
        sealed, opened = _sealed(data, self._place.recipients)
        file = self._new(address, sealed)
        again = (self._place.root / file).read_bytes()
        if opened(again) != data or _count(data) != rows:
            raise ExportError(f"the file written for {address} does not read back equal")
        self.written.append(
            ExportRecorded(
                batch=self._batch, address=address, file=file, rows=rows, digest=digest(again),
                encrypted=bool(self._place.recipients),
            )
        )  # fmt: skip

    def _new(self, address: str, data: bytes) -> str:
        """Write a file under the first free name, for its owner only, to the disk itself."""
        for number in range(1, 10_000):
            file = self._place.file(self._run, self._batch, address, number)
            path = self._place.root / file
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            return file
        raise ExportError(f"there are too many exports of {address} in one run")


class ClosedStore:
    """A value store for where there is no place: nothing fits in."""

    def __init__(self, no: NoPlace) -> None:
        self._no = no
        self.written: list[ExportRecorded] = []

    def save(self, address: str, columns: Sequence[str], rows: Rows) -> int:  # noqa: ARG002 - the protocol's
        """Refuse the first row."""
        if next(rows, None) is not None:
            raise ExportError(f"{address} holds values and there is no place for them: {self._no.reason}")
        return 0


class Probe:
    """A value store that takes nothing and only notes what would have to go into one."""

    def __init__(self) -> None:
        self.populated: list[str] = []

    def save(self, address: str, columns: Sequence[str], rows: Rows) -> int:  # noqa: ARG002 - the protocol's
        """Look for a first row."""
        if next(rows, None) is not None:
            self.populated.append(address)
        return 0


def _parquet(columns: list[str], rows: list[tuple[object, ...]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = [_array(pa, [row[index] for row in rows]) for index in range(len(columns))]
    fields = [
        pa.field(name, array.type, metadata={"crmgov": "typed text"} if typed else None)
        for name, (array, typed) in zip(columns, made, strict=True)
    ]
    stream = io.BytesIO()
    table = pa.Table.from_arrays([array for array, _ in made], schema=pa.schema(fields))
    pq.write_table(table, stream, compression="zstd")
    return stream.getvalue()


def _array(pa: Any, values: list[object]) -> tuple[Any, bool]:
    """A column. Values of several types, or out of a type's range, are kept as texts that begin with their type (True);
    such a column says so in its metadata.
    """
    if len({type(value) for value in values if value is not None}) <= 1:
        try:
            return pa.array(values), False
        except (pa.ArrowException, OverflowError, ValueError):
            pass  # they are kept as texts
    return pa.array([None if value is None else _text(value) for value in values], type=pa.string()), True


def _text(value: object) -> str:
    plain = value.hex() if isinstance(value, (bytes, bytearray, memoryview)) else str(value)
    return f"{type(value).__name__}:{plain}"


def _count(data: bytes) -> int:
    import pyarrow.parquet as pq

    return int(pq.read_table(io.BytesIO(data)).num_rows)


class _Opener:
    """Opens what was sealed a moment ago, with a key that nobody else has and that is forgotten with it."""

    def __init__(self, identity: Any) -> None:
        self._identity = identity

    def __call__(self, data: bytes) -> bytes:
        import pyrage

        return bytes(pyrage.decrypt(data, [self._identity])) if self._identity else data


def _sealed(data: bytes, recipients: Sequence[str]) -> tuple[bytes, _Opener]:
    if not recipients:
        return data, _Opener(None)
    import pyrage

    # A file only the recipients can open could not be read back and compared: a passing key of ours can too.
    passing = pyrage.x25519.Identity.generate()
    to = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    return pyrage.encrypt(data, [*to, passing.to_public()]), _Opener(passing)


def store_of(place: Place | NoPlace, run: str, batch: int) -> FileStore | ClosedStore:
    """The value store of one batch."""
    return FileStore(place, run, batch) if isinstance(place, Place) else ClosedStore(place)
