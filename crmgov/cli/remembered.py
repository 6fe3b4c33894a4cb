"""Findings of a project kept between runs, for as long as not one of its files changed."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import msgspec

from crmgov.check.judgement.waivers import Waived
from crmgov.load.sealed import Folder
from crmgov.model.canonical import digest, digest_of
from crmgov.model.diagnostics import Diagnostic

_PASSED = {".git", "node_modules", ".crmgov"}
_RACY_NS = 2_000_000_000
"""A file written this shortly before it was looked at may be written again in the same tick of the clock: 2 s, the
coarsest tick of a file system (FAT)."""
_MOST_FILES = 200_000
"""Files of a folder beyond which looking at all of them is no longer quick."""
_HOME = (".git", "config", "environments", "sfdx-project.json")
"""What makes a folder a place to keep something in."""


class Found(msgspec.Struct, frozen=True, array_like=True):
    """What was found, places resolved, and what it was found in.

    ``findings`` count, ``waived`` do not, ``off`` are switched off. ``unread`` are the errors about what could not be
    read or asked, which are findings too: behind them there may be others that are not seen.
    """

    findings: list[Diagnostic]
    counted: str
    waived: list[Waived] = []
    off: int = 0
    unread: list[Diagnostic] = []


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    key: str
    found: Found


def remembered(root: Path, project: Path, more: object, work: Callable[[], Found]) -> Found:
    """What ``work`` finds in a project folder, or found when last it was asked and everything was the same.

    ``more`` is all else that the findings depend on. Nothing is kept of a folder that holds links or files that changed
    just now, nor where ``root`` is no repository.
    """
    if not any((root / name).exists() for name in _HOME):
        return work()
    started = time.time_ns()
    stamp = _stamp(project, started)
    if stamp is None:
        return work()
    folder = Folder(str(root))
    name = f"findings-{digest(os.fsencode(project.resolve()))[:16]}.bin"
    key = digest_of([stamp, more])
    content = folder.read(name)
    if content is not None:
        try:
            kept = msgspec.msgpack.decode(content, type=_Kept)
            if kept.key == key:
                return kept.found
        except msgspec.MsgspecError:
            pass
    found = work()
    if _stamp(project, started) == stamp:
        with suppress(UnicodeEncodeError):  # what tells of a name that is no text is not kept
            folder.write(name, msgspec.msgpack.encode(_Kept(key, found)))
    return found


def _stamp(project: Path, now: int) -> str | None:
    """What tells that any file of a folder changed; None where that cannot be told."""
    try:
        lines = sorted(islice(_files(str(project), ""), _MOST_FILES + 1))
    except (OSError, ValueError):
        return None
    if len(lines) > _MOST_FILES or any(latest >= now - _RACY_NS for _, latest, _ in lines):
        return None
    return digest_of([[os.fsencode(path).hex(), latest, rest] for path, latest, rest in lines])


def _files(folder: str, relative: str) -> Iterator[tuple[str, int, str]]:
    """(path, latest time, the rest of its stat) of every file below. Raises ValueError for links and devices."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _PASSED:
                    yield from _files(entry.path, f"{relative}{entry.name}/")
                continue
            if not entry.is_file(follow_symlinks=False):
                raise ValueError(entry.path)
            found = entry.stat(follow_symlinks=False)
            latest = max(found.st_mtime_ns, found.st_ctime_ns)
            yield f"{relative}{entry.name}", latest, f"{found.st_size}.{found.st_mtime_ns}.{found.st_ino}"
