"""Finding and reading the YAML files of a repository: regular files below config/ and environments/, nothing else."""

import os
import stat
from pathlib import Path
from typing import NamedTuple

from crmgov.model.diagnostics import Diagnostic, Place, of

FOLDERS = ("config", "environments")
ENDINGS = (".yaml", ".yml")
MOST_BYTES = 10 * 1024 * 1024
"""Bytes of one file. The largest real object file with all its fields inline has 0.4 MB."""
MOST_BYTES_IN_ALL = 1024 * 1024 * 1024


class Stat(NamedTuple):
    """What tells that a file has not changed: size, times in nanoseconds since 1970, inode."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Listing(NamedTuple):
    """The files to load, by path relative to the root with ``/``, sorted; and what could not be looked at."""

    files: dict[str, Stat]
    problems: list[Diagnostic]


class UnreadableError(Exception):
    """Raised with the diagnostic for a file that cannot be read."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def stat_of(entry: os.stat_result) -> Stat:
    """The part of a stat result that tells a change."""
    return Stat(entry.st_size, entry.st_mtime_ns, entry.st_ctime_ns, entry.st_ino)


def find(root: Path) -> Listing:
    """All YAML files of a repository. Links are told, never followed."""
    finder = _Finder(str(root))
    missing = 0
    for folder in FOLDERS:
        try:
            mode = os.lstat(root / folder).st_mode
        except OSError:
            missing += 1
            continue
        if stat.S_ISDIR(mode):
            finder.walk(folder)
        else:
            finder.problem("FILE002", folder, f"{folder} is not a folder but {_what(mode)}")
    if missing == len(FOLDERS):
        finder.problem("FILE006", "", "There is neither config/ nor environments/ here")
    return Listing(dict(sorted(finder.files.items())), sorted(finder.problems, key=lambda problem: problem.message))


class _Finder:
    def __init__(self, root: str) -> None:
        self.root = root
        self.files: dict[str, Stat] = {}
        self.problems: list[Diagnostic] = []
        self.total = 0

    def problem(self, code: str, path: str, message: str) -> None:
        self.problems.append(of(code, message, at=Place(path) if path else None))

    def walk(self, top: str) -> None:
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(f"{self.root}/{folder}") as entries:
                    for entry in entries:
                        self._entry(entry, f"{folder}/{entry.name}", waiting)
            except OSError as error:
                self.problem("FILE001", shown(folder), f"{shown(folder)} cannot be read: {reason(error)}")

    def _entry(self, entry: os.DirEntry[str], path: str, waiting: list[str]) -> None:
        if entry.is_dir(follow_symlinks=False):
            waiting.append(path)
        elif entry.name.endswith(ENDINGS):
            self._file(entry, path)
        elif entry.is_symlink() and _is_folder(entry):
            self.problem("FILE002", shown(path), f"{shown(path)} is a link to a folder, which is not followed")
        elif entry.name.lower().endswith(ENDINGS):
            self.problem("FILE005", shown(path), f"{shown(path)} is not loaded: its ending is not in small letters")

    def _file(self, entry: os.DirEntry[str], path: str) -> None:
        if not _is_utf8(path):
            self.problem("FILE004", shown(path), f"The name of {shown(path)} is not UTF-8")
            return
        found = entry.stat(follow_symlinks=False)
        if not stat.S_ISREG(found.st_mode):
            # Editors mark an open file with a dangling link of this name.
            if not entry.name.startswith(".#"):
                self.problem("FILE002", path, f"{path} is {_what(found.st_mode)}")
        elif found.st_size > MOST_BYTES:
            self.problem("FILE003", path, f"{path} has {found.st_size / 1048576:,.1f} MB, more than 10 MB")
        elif self.total + found.st_size > MOST_BYTES_IN_ALL:
            self.problem("FILE003", path, f"{path} is not read: the files before it have 1 GB already")
        else:
            self.total += found.st_size
            self.files[path] = stat_of(found)


def open_flags() -> int:
    """Flags to open a file for reading that follow no link and wait for nobody."""
    return os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_file(root: str, path: str) -> tuple[bytes, Stat]:
    """The bytes of one file with its stat taken before reading. Raises UnreadableError."""
    try:
        descriptor = os.open(f"{root}/{path}", open_flags())
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise UnreadableError(of("FILE002", f"{path} is {_what(found.st_mode)}", at=Place(path)))
            data = _bytes(descriptor, found.st_size)
        finally:
            os.close(descriptor)
    except OSError as error:
        message = f"{path} cannot be read: {reason(error)}"
        raise UnreadableError(of("FILE001", message, at=Place(path))) from error
    if len(data) > MOST_BYTES:
        raise UnreadableError(of("FILE003", f"{path} has more than 10 MB", at=Place(path)))
    return data, stat_of(found)


def _bytes(descriptor: int, size: int) -> bytes:
    # One byte more than the size shows whether the file grew; one call is enough for nearly every file.
    data = os.read(descriptor, min(size, MOST_BYTES) + 1)
    while len(data) != size and len(data) <= MOST_BYTES and (more := os.read(descriptor, 65536)):
        data += more
    return data


def reason(error: OSError) -> str:
    """Why the system refused, in its own words, without the path."""
    return (error.strerror or type(error).__name__).lower()


def shown(path: str) -> str:
    """A path in a form that can be written anywhere: bytes that are not UTF-8 as \\xNN."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_utf8(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=True)
    except OSError:
        return False


def _what(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a link, which is not followed"
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISREG(mode):
        return "a file"
    return "a pipe, socket or device"
