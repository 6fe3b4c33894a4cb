"""Files of the cache: whole, of this very version of the tool, on this machine, or not there at all.

A file is trusted only if its checksum holds, the tool that wrote it is the one that reads it, its owner is the user,
and its own modification time is the one written inside. The last cannot be forged by committing such a file to a
repository: a checkout gives every file a time nobody can foresee.
"""

import contextlib
import hashlib
import os
import secrets
import stat
import sys
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from crmgov import __version__
from crmgov.load.files import open_flags
from crmgov.model.canonical import digest_of

_MAGIC = b"crmgov cache 1\n"
_HEADER = len(_MAGIC) + 16 + 8 + 16
_MOST_BYTES = 4 * 1024 * 1024 * 1024
_LIBRARIES = ("jsonschema_rs", "msgspec", "yaml")
"""The libraries on which it depends what is read from a file."""
_COMPILED = (".pyc", ".pyo")
"""Files that Python makes of the tool's own; all others, also those that hold no program, decide what it finds."""
_STALE_SECONDS = 3600
"""Age after which a half-written file must be from a process that died."""


@cache
def fingerprint() -> bytes:
    """What must be equal for one run to trust another's work: version, interpreter and the tool's own files."""
    package = Path(__file__).parent.parent
    files = []
    for folder, _, names in os.walk(package):
        for name in names:
            if not name.endswith(_COMPILED):
                file = Path(folder, name)
                found = file.stat()
                files.append([file.relative_to(package).as_posix(), found.st_size, found.st_mtime_ns])
    for library in _LIBRARIES:
        found_spec = find_spec(library)
        origin = Path(found_spec.origin) if found_spec is not None and found_spec.origin else package
        found = origin.stat()
        files.append([str(origin), found.st_size, found.st_mtime_ns])
    return bytes.fromhex(digest_of([__version__, sys.version, sorted(files)]))


class Folder:
    """The cache of one repository; every failure of it is the same as an empty cache."""

    def __init__(self, root: str) -> None:
        self.path = Path(root, ".crmgov", "cache")

    def read(self, name: str) -> memoryview | None:
        """The content of a file; None where it is not there or not to be trusted."""
        if not self._safe():
            return None
        try:
            descriptor = os.open(self.path / name, open_flags())
        except OSError:
            return None
        try:
            found = os.fstat(descriptor)
            if not _ours(found) or not _HEADER <= found.st_size <= _MOST_BYTES:
                return None
            data = _all(descriptor, found.st_size)
        except OSError:
            return None
        finally:
            os.close(descriptor)
        return _opened(data, found.st_mtime_ns)

    def write(self, name: str, *parts: bytes | memoryview) -> None:
        """Replace a file by the parts joined; what reads at the same time sees the old or the new one."""
        with contextlib.suppress(OSError):
            for folder in (self.path.parent, self.path):
                if not os.path.lexists(folder):
                    folder.mkdir()
                elif not stat.S_ISDIR(folder.lstat().st_mode):
                    return
            if self._safe():
                self._tidy()
                self._write(name, parts)

    def _write(self, name: str, parts: tuple[bytes | memoryview, ...]) -> None:
        descriptor, path = tempfile.mkstemp(prefix="tmp-", dir=self.path)
        temporary = Path(path)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(bytes(_HEADER))
                for part in parts:
                    stream.write(part)
                moment = int(time.time()) * 1_000_000_000 + secrets.randbelow(1_000_000_000)
                for _ in range(2):
                    stream.seek(0)
                    stream.write(_header(moment, parts))
                    stream.flush()
                    os.utime(temporary, ns=(moment, moment))
                    kept = temporary.stat().st_mtime_ns
                    # A file system with coarser times keeps another moment, and the second round writes that one.
                    if kept == moment:
                        break
                    moment = kept
            temporary.replace(self.path / name)
        finally:
            temporary.unlink(missing_ok=True)

    def _safe(self) -> bool:
        """Whether the folder is a real one, so that nothing outside the repository is read or written."""
        try:
            return all(stat.S_ISDIR(path.lstat().st_mode) for path in (self.path.parent, self.path))
        except OSError:
            return False

    def _tidy(self) -> None:
        ignore = self.path / ".gitignore"
        if not os.path.lexists(ignore):
            ignore.write_text("*\n", encoding="utf-8")
        old = time.time() - _STALE_SECONDS
        for path in self.path.glob("tmp-*"):
            if path.lstat().st_mtime < old:
                path.unlink(missing_ok=True)


def _ours(found: os.stat_result) -> bool:
    owned = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return stat.S_ISREG(found.st_mode) and owned


def _all(descriptor: int, size: int) -> bytes:
    chunks = []
    while size > 0 and (chunk := os.read(descriptor, size)):
        chunks.append(chunk)
        size -= len(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _header(moment: int, parts: tuple[bytes | memoryview, ...]) -> bytes:
    stamp = fingerprint() + moment.to_bytes(8, "little", signed=True)
    return _MAGIC + stamp + _checksum(stamp, *parts)


def _checksum(*parts: bytes | memoryview) -> bytes:
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        state.update(part)
    return state.digest()


def _opened(data: bytes, mtime_ns: int) -> memoryview | None:
    view = memoryview(data)
    stamp = fingerprint() + mtime_ns.to_bytes(8, "little", signed=True)
    start = len(_MAGIC) + len(stamp)
    if data[:start] != _MAGIC + stamp or data[start:_HEADER] != _checksum(stamp, view[_HEADER:]):
        return None
    return view[_HEADER:]
