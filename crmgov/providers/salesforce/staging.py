"""Writing many files so that a crash leaves nothing half done.

``stage`` writes all new contents beside their targets' file system and returns a handle that names every file with the
digests of its old and new content. Nothing has taken effect by then. ``finish`` renames one by one; called again after
a crash, with the same handle, it goes on where it stopped. A file that is neither as it was nor as it shall be stops it
before anything else is touched.
"""

import contextlib
import os
import shutil
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from crmgov.model.canonical import digest
from crmgov.model.diagnostics import Place, of
from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce.writing import codes

WORK = ".crmgov"
"""The folder in a project that holds staged files; readers pass over it."""

State = Literal["old", "new", "other"]


class FileChange(msgspec.Struct, frozen=True, kw_only=True):
    """One file: its path from the root, and the digests of its content before and after; empty where there is none."""

    path: str
    old: str = ""
    new: str = ""


class Handle(msgspec.Struct, frozen=True, kw_only=True):
    """What is staged: the folder of staged files, and the changes in the order in which they take effect."""

    stage: str
    changes: tuple[FileChange, ...] = ()


def encode(handle: Handle) -> bytes:
    """The handle as it is journaled."""
    return msgspec.json.encode(handle)


def decode(data: bytes) -> Handle:
    """The handle behind journaled bytes."""
    return msgspec.json.decode(data, type=Handle)


def stage(root: Path, name: str, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> Handle:
    """Write all new contents to the staging folder ``name``. ``None`` stands for a file that is not there.

    ``before`` holds what each file in ``after`` held when the change was worked out. Raises ProviderError for unsafe
    paths, for names that collide, for files that changed since, and where the system refuses to write.
    """
    changes = [
        FileChange(path=path, old=_digest(before.get(path)), new=_digest(data))
        for path, data in after.items()
        if data != before.get(path)
    ]
    changes.sort(key=lambda change: (not change.new, change.path))
    handle = Handle(stage=f"{WORK}/stage/{name}", changes=tuple(changes))
    _check_names(root, changes)
    _refuse_others(root, [change for change in changes if state(root, change) != "old"])
    with _written(root):
        folder = _inside(root, handle.stage)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for number, change in enumerate(changes):
            data = after[change.path]
            if data is not None:
                _write(folder / str(number), data, like=_inside(root, change.path))
        _sync_folder(folder)
        _sync_folder(folder.parent)
        _sync_folder(folder.parent.parent)
    return handle


def state(root: Path, change: FileChange) -> State:
    """How a file stands to a change."""
    now = _digest(read(root, change.path))
    return "new" if now == change.new else "old" if now == change.old else "other"


def finish(root: Path, handle: Handle) -> None:
    """Put every staged file in its place, those already there aside, and tidy up. Safe to call again after a crash.

    Raises ProviderError, with nothing written, if a file is neither old nor new, or a staged file is missing.
    """
    states = {change.path: state(root, change) for change in handle.changes}
    _refuse_others(root, [change for change in handle.changes if states[change.path] == "other"])
    folder = _inside(root, handle.stage)
    pending = [(n, change) for n, change in enumerate(handle.changes) if states[change.path] == "old"]
    lost = [c.path for n, c in pending if c.new and _digest(read(root, f"{handle.stage}/{n}")) != c.new]
    if lost:
        message = f"{len(lost)} prepared files are missing or damaged below {handle.stage}, the first for {lost[0]}"
        raise ProviderError(of(codes.STAGE_LOST, message, at=Place(lost[0])))
    with _written(root):
        for number, change in pending:
            target = _inside(root, change.path)
            _refuse_others(root, [change] if state(root, change) != "old" else [])
            if change.new:
                _make_folders(root, target.parent)
                (folder / str(number)).replace(target)
                _sync_folder(target.parent)
            else:
                target.unlink()
                _sync_folder(target.parent)
    for change in handle.changes:
        if not change.new:
            _remove_empty(root, _inside(root, change.path).parent)
    discard(root, handle.stage)


def progress(root: Path, handle: Handle) -> Literal["none", "some", "all"]:
    """How much of a handle has taken effect."""
    states = [state(root, change) for change in handle.changes]
    if all(item == "new" for item in states):
        return "all"
    return "some" if "new" in states else "none"


def discard(root: Path, folder: str) -> None:
    """Remove a staging folder, and the folders above it that hold nothing else."""
    path = _inside(root, folder)
    shutil.rmtree(path, ignore_errors=True)
    _remove_empty(root, path.parent)


def _digest(data: bytes | None) -> str:
    return "" if data is None else digest(data)


def _refuse_others(root: Path, changes: Iterable[FileChange]) -> None:
    for change in changes:
        there = "changed" if read(root, change.path) is not None else "vanished"
        raise ProviderError(
            of(codes.CHANGED, f"{change.path} {there} since it was read for this plan", at=Place(change.path))
        )


def check_path(path: str) -> list[str]:
    """The parts of a relative path. Raises ProviderError where one of them could lead out of the project."""
    parts = path.split("/")
    if any(part in ("", ".", "..") or set(part) & set("\\\0") for part in parts):
        raise ProviderError(of(codes.UNSAFE, f"{path!r} does not lie in the project", at=Place(path)))
    return parts


def _inside(root: Path, path: str) -> Path:
    """The place of a relative path, no part of which leaves the root or is a symbolic link."""
    parts = check_path(path)
    at = root
    for part in parts:
        at = at / part
        if at.is_symlink():
            link = at.relative_to(root).as_posix()
            raise ProviderError(of(codes.UNSAFE, f"{link} is a symbolic link", at=Place(link)))
    return at


def read(root: Path, path: str) -> bytes | None:
    """A regular file's content; None where there is none."""
    target = _inside(root, path)
    try:
        descriptor = os.open(target, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _refused(path, error) from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ProviderError(of(codes.UNSAFE, f"{path} is not a regular file", at=Place(path)))
        return file.read()


def _check_names(root: Path, changes: Iterable[FileChange]) -> None:
    """Refuse new files whose names differ from others only in case, in the project or in the batch."""
    seen: dict[str, str] = {}
    listed: dict[Path, dict[str, str]] = {}
    for change in changes:
        parts = change.path.split("/")
        _inside(root, change.path)
        if change.old or not change.new:
            continue
        folder = root
        for depth, part in enumerate(parts):
            if folder not in listed:
                entries = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
                listed[folder] = {_folded(entry): entry for entry in entries} | {entry: entry for entry in entries}
            path = "/".join(parts[: depth + 1])
            other = listed[folder].get(part) or listed[folder].get(_folded(part), part)
            twin = seen.setdefault(_folded(path), path)
            if other != part or twin != path:
                there = twin if twin != path else "/".join((*parts[:depth], other))
                raise ProviderError(of(codes.COLLISION, f"{path} and {there} differ only in case", at=Place(there)))
            folder = folder / part


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _write(path: Path, data: bytes, like: Path) -> None:
    """Write a file to disk for good, with the permissions of the one it replaces."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if like.exists():
        path.chmod(stat.S_IMODE(like.stat().st_mode))


def _make_folders(root: Path, folder: Path) -> None:
    """Make the missing folders, each of them for good."""
    missing = []
    while folder != root and not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for made in reversed(missing):
        made.mkdir(exist_ok=True)
        _sync_folder(made.parent)


def _remove_empty(root: Path, folder: Path) -> None:
    """Remove folders that hold nothing any more, upwards, never the root."""
    while folder != root:
        try:
            folder.rmdir()
        except FileNotFoundError:
            pass
        except OSError:
            return
        folder = folder.parent


def _sync_folder(folder: Path) -> None:
    """Make renames in a folder lasting. Systems that cannot open folders do it by themselves."""
    with contextlib.suppress(PermissionError, IsADirectoryError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refused(path: str, error: OSError) -> ProviderError:
    return ProviderError(of(codes.CANNOT_WRITE, f"{path}: {error.strerror or error}", at=Place(path)))


@contextlib.contextmanager
def _written(root: Path) -> Iterator[None]:
    """Tell the system's refusals as diagnostics."""
    try:
        yield
    except OSError as error:
        raise _refused(str(error.filename or root), error) from error
