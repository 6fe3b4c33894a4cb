"""Files replaced whole: a reader sees the old file or the new one, never a part, whatever happens in between."""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from crmgov.model.diagnostics import Diagnostic, brief, of
from crmgov.model.provider import ProviderError
from crmgov.write import codes  # noqa: F401 - declares the codes used here

_THREADS = 16


class WriteError(ProviderError):
    """Files could not be written; the diagnostic is fit to show, and what was written has been put back."""


def replace_file(path: Path, data: bytes) -> None:
    """Replace or create one file, at a path a person named. A link is followed, its target replaced; a device, pipe or
    terminal is written to, since a file in its place would be the end of it for everybody.
    """
    try:
        if _passes_on(path):
            with path.open("wb") as stream:
                stream.write(data)
            return
        target = path.resolve()
        _rename(_stage(target, data), target)
        _sync(target.parent)
    except (OSError, ValueError) as error:
        raise WriteError(_failed(str(path), error)) from error


def _passes_on(path: Path) -> bool:
    """Whether what is written to a path goes elsewhere. Raises OSError for a path that nothing can be written to."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        raise OSError(errno.EINVAL, "it is no plain file")
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def replace_all(root: Path, files: Mapping[str, bytes | None]) -> list[str]:
    """Replace, create or (None) delete files below ``root``; paths are relative, with slashes.

    All are staged beside their places first, then renamed; if anything fails, those already renamed are put back. Files
    that hold these bytes already are left alone. Returns the paths that changed. Raises WriteError.
    """
    base = root.resolve()
    targets = {name: _inside(base, name) for name in files}
    changed = {name: data for name, data in files.items() if _bytes(targets[name], name) != data}
    contents = {name: data for name, data in changed.items() if data is not None}
    _commit(base, changed, _stage_all(targets, contents))
    return list(changed)


def _stage_all(targets: dict[str, Path], contents: dict[str, bytes]) -> dict[str, Path]:
    """Stage many files at once: waiting for the disk is most of the work, and it takes many as fast as one."""
    staged: dict[str, Path] = {}
    failed: WriteError | None = None
    with ThreadPoolExecutor(_THREADS) as threads:
        waiting = {name: threads.submit(_stage, targets[name], data) for name, data in contents.items()}
        for name, future in waiting.items():
            try:
                staged[name] = future.result()
            except OSError as error:
                failed = failed or WriteError(_failed(name, error))
    if failed is not None:
        _discard(staged)
        raise failed
    return staged


def _commit(base: Path, changed: dict[str, bytes | None], staged: dict[str, Path]) -> None:
    done: dict[Path, bytes | None] = {}
    current = ""
    try:
        for current in changed:
            target = _inside(base, current)
            before = _bytes(target, current)
            if current in staged:
                _rename(staged.pop(current), target)
            else:
                target.unlink()
            done[target] = before
        for folder in {target.parent for target in done}:
            _sync(folder)
    except (OSError, WriteError) as error:
        _discard(staged)
        _put_back(done)
        raise WriteError(error.diagnostic if isinstance(error, WriteError) else _failed(current, error)) from error


def _inside(base: Path, name: str) -> Path:
    """The path of a file below the root. Raises WriteError where it leads out, or through a link."""
    relative = PurePosixPath(name)
    if relative.is_absolute() or not relative.parts or ".." in relative.parts or "\0" in name or "\\" in name:
        raise WriteError(of("WRITE001", f"{name!r} is not a path below the repository's root"))
    path = base
    for part in relative.parts:
        path = path / part
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            if stat.S_ISLNK(path.lstat().st_mode):
                raise WriteError(of("WRITE001", f"{path.relative_to(base).as_posix()} is a link"))
    return path


def _bytes(path: Path, name: str) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WriteError(_failed(name, error)) from error


def _stage(target: Path, data: bytes) -> Path:
    """Write a file beside its place, durably, with the permissions of the file it will replace."""
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.parent / f".{target.name[:40]}.{secrets.token_hex(6)}.tmp"
    mode = stat.S_IMODE(target.stat().st_mode) if target.is_file() else 0o666
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        staged.unlink(missing_ok=True)
        raise
    return staged


def _rename(staged: Path, target: Path) -> None:
    try:
        staged.replace(target)
    except OSError:
        staged.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    """Make a rename durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put_back(done: dict[Path, bytes | None]) -> None:
    for target, before in reversed(done.items()):
        with contextlib.suppress(OSError):
            if before is None:
                target.unlink(missing_ok=True)
            else:
                _rename(_stage(target, before), target)
            _sync(target.parent)


def _discard(staged: dict[str, Path]) -> None:
    for path in staged.values():
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _failed(name: str, error: OSError | ValueError) -> Diagnostic:
    why = (error.strerror if isinstance(error, OSError) else "no file can have this name") or str(error)
    return of("WRITE002", f"{brief(name)} cannot be written: {why}")
