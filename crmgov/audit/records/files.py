"""Records in files: CSV, Parquet and JSON of an export, each row accounted for, asked by DuckDB."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crmgov.audit import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.records import columnar, delimited, elements, told
from crmgov.audit.records.ask import Asker
from crmgov.audit.records.engines.duckdb import rows
from crmgov.audit.records.engines.engine import PATIENCE
from crmgov.audit.records.exported import Export, Found
from crmgov.audit.records.fitting import Fields, Fitting
from crmgov.audit.records.matching import Names, objects_of
from crmgov.audit.records.part import Part
from crmgov.audit.records.related import Related
from crmgov.audit.records.relation import Relation
from crmgov.audit.records.shut import opened, shut
from crmgov.audit.records.staging import Staging
from crmgov.audit.records.text import UnreadableError
from crmgov.model.diagnostics import Diagnostic, Place, of
from crmgov.model.evidence import Evidence
from crmgov.model.figures import Answer, Answers, Asked, Calls, Holding

_NAMED = 3
"""Files named of an object that cannot be read."""
_CHANGED = "it was changed while it was read"
_READERS = {"csv": delimited.read, "json": elements.read, "parquet": columnar.read}


class FileRecords:
    """The records of an export, a file or several for each object.

    ``path`` is a file, a folder or a zip, or one of these by object where names do not tell. ``fields`` gives the type
    of each field by object; ``others`` what else fields are called, by object, the surest first; ``objects`` what else
    objects are called. ``memory`` is the bytes the process may take.
    """

    def __init__(
        self, path: Path | Mapping[str, Path], fields: Fields, now: dt.datetime, *, memory: int | None = None,
        others: Mapping[str, Names] | None = None, objects: Names | None = None,
    ) -> None:  # fmt: skip
        self.name = ", ".join(sorted({_called(one) for one in ([path] if isinstance(path, Path) else path.values())}))
        self._found: list[Diagnostic] = []
        self._time = now.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        self._asker = Asker(self.name, now.astimezone(dt.UTC).date(), self._time, self._run)
        self._lost: dict[str, str] = {}
        self._stamps: dict[str, dict[Path, tuple[int, int]]] = defaultdict(dict)
        self._fields, self._others, self._objects = fields, others or {}, objects or {}
        self._relations: dict[str, Relation] = {}
        self._staging = Staging()
        try:
            self._connection = opened(memory, self._staging)
            self._open(path)
        except BaseException:
            self._staging.close()
            raise

    def holdings(self) -> Mapping[str, Holding]:
        """What the files hold; of an object that cannot be read, all its fields, each unmeasured with the reason."""
        found = {name: relation.holding for name, relation in self._relations.items()}
        for name in self._lost:
            kinds = dict.fromkeys(self._fields[name], "text")
            found[name] = Holding(object=name, kinds=kinds)  # type: ignore[arg-type]
        return found

    def problems(self) -> list[Diagnostic]:
        """What is wrong with the files: those that fit no object, rows and columns that are not as they should be."""
        return self._found

    def calls(self, asked: Asked) -> Mapping[str, Calls]:
        """What the figures would cost."""
        return self._asker.calls(asked)

    def answer(self, asked: Asked) -> Answers:
        """All figures; those of an object that could not be read say why."""
        self._forget_changed()
        answers = self._asker.answer(
            self._relations, {name: figures for name, figures in asked.items() if name not in self._lost}
        )
        for name, figures in asked.items():
            if name in self._lost:
                evidence = Evidence(
                    exactness="unmeasured", reason=self._lost[name], source=self.name, time=self._time
                )  # fmt: skip
                for figure in figures:
                    answers[name, figure] = Answer(evidence=evidence)
        return answers

    def close(self) -> None:
        """Let go of the engine, and remove what was unpacked."""
        try:
            self._connection.disconnect()
        finally:
            self._staging.close()

    def _run(self, expression: Any) -> list[Mapping[str, Any]]:
        return rows(self._connection, expression, PATIENCE)

    def _lose(self, name: str, label: str, reason: str, code: str = "FILES002") -> None:
        """Nothing of an object is measured any more."""
        self._lost.setdefault(name, f"{label}: {reason}")
        self._found.append(of(code, f"{label} cannot be read: {reason}", at=Place(label)))

    def _parts(self, path: Path | Mapping[str, Path], strange: dict[str, list[str]]) -> dict[str, list[Part]]:
        """Every file that holds records of an object, read; objects of which one cannot be read are left out."""
        found: dict[str, list[Part]] = defaultdict(list)
        for name, file in self._files(path):
            fitting = Fitting(
                name, file.label, self._fields[name], self._others.get(name, {}), named=file.form != "csv"
            )
            try:
                before = _stamp(file.path)
                part = _READERS[file.form](file.label, file.path, self._staging.new(".parquet"), fitting.choose)
                if _stamp(file.path) != before:
                    raise UnreadableError(_CHANGED)
            except (UnreadableError, OSError) as error:
                reason = str(error) if isinstance(error, UnreadableError) else error.strerror or type(error).__name__
                self._found += fitting.problems
                self._lose(name, file.label, reason)
                continue
            self._found += [*fitting.problems, *told.of_part(part)]
            strange[name] += fitting.strange
            if not part.adds_up:
                self._lost.setdefault(name, f"{file.label}: its rows do not add up")
            if file.form == "parquet":
                self._stamps[name][part.path] = before
            found[name].append(part)
        return {name: parts for name, parts in found.items() if name not in self._lost}

    def _files(self, path: Path | Mapping[str, Path]) -> list[tuple[str, Found]]:
        found: list[tuple[str, Found]] = []
        for name, one in {"": path}.items() if isinstance(path, Path) else path.items():
            try:
                export = Export(one, self._staging)
            except UnreadableError as error:
                if name:
                    self._lose(name, _called(one), str(error))
                else:
                    at = Place(told.plain(str(one)))
                    self._found.append(of("FILES002", f"{_called(one)} cannot be read: {error}", at=at))
                continue
            self._found += export.problems
            if name and not export.files:
                self._lose(name, _called(one), "it holds no file of records")
            for file in export.files:
                fits = [name] if name else objects_of(file.stem, self._fields, self._objects)
                if len(fits) == 1:
                    found.append((fits[0], file))
                else:
                    what = f"fits several objects: {told.names(sorted(fits))}" if fits else "fits no object"
                    self._found.append(of("RECORDS001", f"{file.label} {what}", at=Place(file.label)))
        return found

    def _open(self, path: Path | Mapping[str, Path]) -> None:
        strange: dict[str, list[str]] = defaultdict(list)
        found = self._parts(path, strange)
        _release()
        shut(self._connection, self._staging.path, [part.path for parts in found.values() for part in parts])
        for name, parts in found.items():
            missing = [field for field in self._fields[name] if not any(field in part.columns for part in parts)]
            left = list(dict.fromkeys(strange[name]))
            self._found += [*told.of_strange(name, left), *told.of_missing(name, missing, len(self._fields[name]))]
            if all(part.more for part in parts):
                self._found.append(told.of_more(name, parts[-1].label))
            try:
                related = Related(self._connection, name, parts, self._fields[name], left)
            except UnreadableError as error:
                self._lose(name, ", ".join(part.label for part in parts[:_NAMED]), str(error))
                continue
            self._found += related.problems
            if related.twice:
                self._lose(name, name, f"{related.twice:,} records stand in several files", "FILES013")
            else:
                self._relations[name] = related.relation

    def _forget_changed(self) -> None:
        """Objects whose files were changed since they were opened are measured no more."""
        for name in list(self._relations):
            changed = [path for path, stamp in self._stamps[name].items() if _stamp(path) != stamp]
            if changed:
                self._lose(name, told.plain(changed[0].name), _CHANGED)
                del self._relations[name]


def _called(path: Path) -> str:
    """A file or folder as people call it, also one that is named by dots."""
    return told.plain(path.name if path.name not in ("", "..") else path.resolve().name) or str(path.anchor)


def _release() -> None:
    """Give back what the readers keep for the next file."""
    import pyarrow

    pyarrow.default_memory_pool().release_unused()


def _stamp(path: Path) -> tuple[int, int]:
    """What tells whether a file was changed."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return stat.st_size, stat.st_mtime_ns
