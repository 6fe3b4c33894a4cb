"""The text of a file as a stream of UTF-8, whatever it was saved as, packed or not. Never the whole of it in memory."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

CHUNK = 1 << 22
"""Bytes read at a time."""
MOST_UNPACKED = 64 << 30
"""Bytes a packed file may hold."""
RATIO, ALWAYS = 300, 1 << 28
"""Text packs 3 to 50 times; what unpacks to more than 300 times its size, and more than 256 MiB, is no export."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
NAMES = {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32",
         "cp1252": "Windows-1252"}  # fmt: skip


class UnreadableError(Exception):
    """Raised with the reason, in plain words and without a value, why a file cannot be read."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """How the bytes of a file are to be understood. ``broken`` counts those that are no text, ``nuls`` NUL bytes."""

    encoding: str
    broken: int = 0
    nuls: int = 0
    size: int = 0


def most(packed: int) -> int:
    """Bytes that what is packed in so many may unpack to."""
    return max(packed * RATIO, ALWAYS)


def opened(path: Path) -> "gzip.GzipFile | BinaryIO":
    """A file's bytes, unpacked where it is packed by gzip."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")


def raw(path: Path) -> Iterator[bytes]:
    """The bytes of a file, chunk by chunk. Raises UnreadableError where they cannot be unpacked."""
    size = 0
    try:
        with opened(path) as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > MOST_UNPACKED:
                    raise UnreadableError(f"it unpacks to more than {MOST_UNPACKED >> 30} GiB")
                if size > ALWAYS and isinstance(file, gzip.GzipFile) and size > most(path.stat().st_size):
                    raise UnreadableError(f"it unpacks to more than {RATIO} times its size, as no export does")
                yield chunk
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableError("its packing is broken: it was cut off or damaged") from error
    except OSError as error:
        raise UnreadableError(error.strerror or type(error).__name__) from error


def looked(path: Path) -> Look:
    """How a file's bytes are to be understood, by all of them. Raises UnreadableError."""
    head = next(raw(path), b"")
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "") or _without_mark(head)
    decoder = codecs.getincrementaldecoder(encoding or "utf-8")()
    nuls = size = 0
    try:
        for chunk in raw(path):
            size += len(chunk)
            if encoding in ("", "utf-8-sig"):
                nuls += chunk.count(0)
                if chunk.isascii() and not decoder.getstate()[0]:
                    continue
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _damaged(path, encoding)
    return Look(encoding=encoding or "utf-8", nuls=nuls, size=size)


def _without_mark(head: bytes) -> str:
    """UTF-16 without a mark: every other byte of plain text is zero."""
    sample = head[: 1 << 12]
    nuls = sample.count(0)
    if nuls * 3 > len(sample):
        if not any(sample[::2]):
            return "utf-16-be"
        if not any(sample[1::2]):
            return "utf-16-le"
    return ""


def _damaged(path: Path, encoding: str) -> Look:
    """Not what it seemed: UTF-8 with damage where most of what is beyond ASCII reads so, else Windows-1252."""
    decoder = codecs.getincrementaldecoder(encoding or "utf-8")("replace")
    broken = beyond = nuls = size = 0
    for chunk in raw(path):
        size += len(chunk)
        nuls += 0 if encoding.startswith("utf-16") or encoding == "utf-32" else chunk.count(0)
        text = decoder.decode(chunk)
        if not text.isascii():
            broken += text.count("\ufffd")
            beyond += len(text) - len(text.encode("ascii", "ignore"))
    if decoder.decode(b"", final=True):
        broken, beyond = broken + 1, beyond + 1
    if encoding or (beyond - broken) > broken:
        return Look(encoding=encoding or "utf-8", broken=broken, nuls=nuls, size=size)
    return Look(encoding="cp1252", nuls=nuls, size=size)


def chunks(path: Path, look: Look) -> Iterator[bytes]:
    """The text in UTF-8, without mark and NUL bytes."""
    plain = look.encoding == "utf-8" and not look.broken
    decoder = codecs.getincrementaldecoder(look.encoding)("replace")
    for chunk in raw(path):
        clean = chunk if plain else decoder.decode(chunk).encode("utf-8", "replace")
        yield clean.replace(b"\0", b"") if look.nuls or not plain else clean
    if not plain:
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")


class Stream(io.RawIOBase):
    """Chunks as a file that can be read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill a buffer as far as one chunk goes."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def stream(path: Path, look: Look) -> io.BufferedReader:
    """The text in UTF-8 as a file."""
    return io.BufferedReader(Stream(chunks(path, look)), CHUNK)
