"""The files of a program, read within bounds for the fields they name."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crmgov.audit.records.told import plain
from crmgov.cli.paths import leads_to
from crmgov.cli.trouble import stop
from crmgov.model.diagnostics import brief

if TYPE_CHECKING:
    from crmgov.audit.code import Program
    from crmgov.check.governance.scene import Scene

MOST_BYTES = 4 * 1024 * 1024
"""Bytes of one file; longer ones are bundles or data."""
MOST_FILES = 200_000
"""Files in all."""
_SKIPPED = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", ".tox", ".sfdx", ".sf", "target"})
_BINARY = 8192
"""Bytes at the beginning among which a null byte says that a file is no text."""


def programs(
    config: "Scene", paths: tuple[str, ...], called: Mapping[str, str] | None = None
) -> "tuple[Program | None, int]":
    """What program text says of the fields, and how many files were passed over. Ends the verb where a path is none.
    ``called``: fields that the CRM calls otherwise.
    """
    from crmgov.audit.code import program

    if not paths:
        return None, 0
    for path in paths:
        if not leads_to(path):
            raise stop("CLI005", f"{brief(path)} is no file or folder of program text")
    texts = Texts(tuple(Path(path) for path in paths))
    return program(texts, config.own("Field"), called), texts.passed


class Texts:
    """Paths and texts below some paths, once. ``passed`` counts what was too large, too many or no text."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths
        self.passed = 0

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for number, file in enumerate(_files(self._paths)):
            text = _text(file.path) if number < MOST_FILES else None
            if text is None:
                self.passed += 1
            else:
                yield plain(file.shown), text


class _File(NamedTuple):
    path: Path
    shown: str


def _files(paths: tuple[Path, ...]) -> Iterator[_File]:
    """Regular files in a steady order; links are not followed, for they may lead anywhere."""
    for path in paths:
        if path.is_file():
            yield _File(path, path.name)
            continue
        for folder, inner, names in os.walk(path):
            inner[:] = sorted(name for name in inner if name not in _SKIPPED)
            for name in sorted(names):
                file = Path(folder, name)
                if file.is_file() and not file.is_symlink():
                    yield _File(file, file.relative_to(path).as_posix())


def _text(path: Path) -> str | None:
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError:
        return None
    if len(data) > MOST_BYTES or b"\0" in data[:_BINARY]:
        return None
    return data.decode("utf-8", "replace")
