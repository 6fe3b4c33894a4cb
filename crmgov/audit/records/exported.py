"""The files of an export: one, those in a folder, or those in a zip, which is unpacked where it can do no harm."""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from crmgov.audit.records import text as packing
from crmgov.audit.records import told
from crmgov.audit.records.staging import Staging
from crmgov.audit.records.text import UnreadableError
from crmgov.model.diagnostics import Diagnostic, Place, brief, of

FORMS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".parquet": "parquet", ".json": "json", ".jsonl": "json",
         ".ndjson": "json"}  # fmt: skip
MOST_FILES = 10_000
MOST_BYTES = 64 << 30


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A file to read. ``label`` is what people know it by, ``stem`` the part of its name that tells its object."""

    label: str
    stem: str
    form: str
    path: Path


class Export:
    """What lies under a path. ``problems`` tells what is left out and why. Raises UnreadableError."""

    def __init__(self, path: Path, staging: Staging) -> None:
        self.problems: list[Diagnostic] = []
        self._path, self._staging = path, staging
        self._name = told.plain(path.name)
        self._other: dict[str, int] = {}
        self.files = list(self._files())
        if self._other and not path.is_file():
            endings = ", ".join(f"{count:,} {told.plain(ending)}" for ending, count in sorted(self._other.items()))
            self.problems.append(self._left(f"{self._name} also holds files that are no records", endings, "note"))

    def _files(self) -> Iterator[Found]:
        if self._path.is_dir():
            for path in self._in_folder():
                yield from self._known(path, path.relative_to(self._path).as_posix())
        elif self._path.suffix.lower() == ".zip":
            yield from self._unpacked()
        elif (form := _form(self._path.name)) is not None:
            yield Found(label=self._name, stem=_stem(self._name), form=form, path=self._path)
        else:
            raise UnreadableError(f"it is none of {', '.join(sorted(FORMS))}, one of them packed as .gz, or .zip")

    def _in_folder(self) -> list[Path]:
        """Plain files, links left alone. Raises UnreadableError where there are too many."""
        found: list[Path] = []
        for path in self._path.rglob("*"):
            if any(part.startswith(".") for part in path.relative_to(self._path).parts):
                continue
            if path.is_symlink():
                self.problems.append(self._left(f"{told.plain(path.name)} is left out", "it is a link"))
            elif path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
                self.problems.append(self._left(f"{told.plain(path.name)} is left out", "it may not be read"))
            elif path.is_file():
                found.append(path)
            if len(found) > MOST_FILES:
                raise UnreadableError(f"there are more than {MOST_FILES:,} files")
        return sorted(found)

    def _known(self, path: Path, name: str) -> Iterator[Found]:
        form = _form(name)
        if form is None:
            ending = PurePosixPath(name).suffix.lower()[:12] or "without ending"
            self._other[ending] = self._other.get(ending, 0) + 1
        else:
            yield Found(label=told.plain(name), stem=_stem(name), form=form, path=path)

    def _unpacked(self) -> Iterator[Found]:
        try:
            with zipfile.ZipFile(self._path) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                self._bounded(infos)
                for info in infos:
                    reason = _unsafe(info)
                    if reason:
                        self.problems.append(self._left(f"{brief(told.plain(info.filename))} is left out", reason))
                    elif _form(info.filename) is None:
                        list(self._known(self._path, info.filename))
                    else:
                        yield from self._known(self._extracted(archive, info), told.plain(info.filename))
        except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, RuntimeError, ValueError) as error:
            raise UnreadableError("the zip is damaged, or packed in a way that is not read") from error
        except OSError as error:
            raise UnreadableError(error.strerror or "the zip is damaged") from error

    def _bounded(self, infos: list[zipfile.ZipInfo]) -> None:
        size = sum(info.file_size for info in infos)
        packed = self._path.stat().st_size
        if len(infos) > MOST_FILES:
            raise UnreadableError(f"the zip holds {len(infos):,} files, more than {MOST_FILES:,}")
        if size > MOST_BYTES or size > packing.most(packed):
            raise UnreadableError(f"the zip would unpack to {size:,} bytes from {packed:,}")
        if size > self._staging.room():
            raise UnreadableError(f"there is no room to unpack {size:,} bytes")

    def _extracted(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Path:
        """A member under a name of our own, never more of it than the zip declares."""
        target = self._staging.new(".gz" if info.filename.lower().endswith(".gz") else _ending(info.filename))
        left = info.file_size
        with archive.open(info) as source, target.open("wb") as file:
            while chunk := source.read(1 << 20):
                left -= len(chunk)
                if left < 0:
                    raise UnreadableError(f"{brief(told.plain(info.filename))} unpacks to more than the zip says")
                file.write(chunk)
        return target

    def _left(self, what: str, why: str, severity: str = "warning") -> Diagnostic:
        return of(
            "FILES012",
            f"{what}: {why}",
            at=Place(told.plain(str(self._path))),
            severity="note" if severity == "note" else None,
        )


def _unsafe(info: zipfile.ZipInfo) -> str:
    """Why a member is left alone; empty where it is fine."""
    name = info.filename
    if "\\" in name or ".." in PurePosixPath(name).parts or name.startswith("/") or name[1:2] == ":":
        return "its name leads out of the folder"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link"
    if info.flag_bits & 1:
        return "it is locked with a password"
    return ""


def _plain(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _ending(name: str) -> str:
    return PurePosixPath(_plain(name)).suffix.lower()


def _form(name: str) -> str | None:
    return FORMS.get(_ending(name))


def _stem(name: str) -> str:
    return PurePosixPath(_plain(name)).stem
