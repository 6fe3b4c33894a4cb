"""What loading gives: the snapshot, the problems, and ways back to the text."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from crmgov.load.files import UnreadableError, read_file
from crmgov.load.sealed import Folder
from crmgov.model.canonical import digest
from crmgov.model.diagnostics import Diagnostic, Place, Where
from crmgov.model.snapshot import Snapshot

_MOST_KEPT = 2 * 1024 * 1024
"""Bytes of files whose positions are kept at once; each byte costs about 30 of memory."""


if TYPE_CHECKING:
    from crmgov.load.positions import Positions


class Loaded:
    """A loaded tree.

    ``broken``: something was not read entirely, so nothing may be taken for gone. ``tree_digest`` is that of all files
    that were read, body files included: equal trees have equal digests on every machine.
    """

    def __init__(
        self,
        *,
        root: str,
        snapshot: Snapshot,
        diagnostics: list[Diagnostic],
        broken: bool,
        tree_digest: str,
        marks: Mapping[str, str],
        folder: Folder | None = None,
    ) -> None:
        self.root = root
        self.snapshot = snapshot
        self.diagnostics = diagnostics
        self.broken = broken
        self.tree_digest = tree_digest
        self._marks = marks
        self._folder = folder
        self._positions: dict[str, tuple[int, Positions]] = {}
        self._lines: dict[str, list[str]] = {}

    def cached(self, name: str, key: str) -> memoryview | None:
        """What was stored under a name with this very key by this version of the tool; None where nothing was."""
        content = None if self._folder is None else self._folder.read(_file_of(name))
        stamp = _stamp(key)
        return content[len(stamp) :] if content is not None and content[: len(stamp)] == stamp else None

    def store(self, name: str, key: str, data: bytes) -> None:
        """Keep data under a name until the key changes. It may be gone at any time."""
        if self._folder is not None:
            self._folder.write(_file_of(name), _stamp(key), data)

    def locate(self, at: Where) -> Place:
        """The line and column of a route; only the file is known where it changed since it was loaded."""
        from crmgov.load.positions import Positions

        known = self._positions.get(at.file)
        if known is None:
            data = self.unchanged(at.file)
            if data is None:
                return Place(at.file)
            known = (len(data), Positions(at.file, data))
            if sum(size for size, _ in self._positions.values()) + len(data) > _MOST_KEPT:
                self._positions.clear()
            self._positions[at.file] = known
        return known[1].place(at)

    def unchanged(self, file: str) -> bytes | None:
        """The bytes of a file; None where they are not those that were loaded."""
        if not self._marks.get(file):
            return None
        try:
            data, _ = read_file(self.root, file)
        except UnreadableError:
            return None
        return data if digest(data) == self._marks[file] else None

    def excerpt(self, place: Place) -> str | None:
        """The line at a place, without its line break; None where there is none or the file changed.

        A password in a URL is covered by as many asterisks; in a file of environments, every secret.
        """
        if place.line < 1:
            return None
        from crmgov.load.retell import lines_of
        from crmgov.model.secrets import covered, covered_line

        if place.file not in self._lines:
            data = self.unchanged(place.file)
            if data is None:
                return None
            self._lines.clear()
            cover = covered_line if b"Environment" in data else covered
            self._lines[place.file] = [cover(line) for line in lines_of(data)]
        lines = self._lines[place.file]
        return lines[place.line - 1] if place.line <= len(lines) else None


def _file_of(name: str) -> str:
    """The file of a name; a name that is no plain word is a fault of the caller's."""
    if not re.fullmatch(r"[a-z0-9_-]{1,100}", name) or name == "tree":
        raise ValueError(f"{name!r} cannot name a cache")
    return f"{name}.bin"


def _stamp(key: str) -> bytes:
    text = key.encode()
    return len(text).to_bytes(4, "little") + text
