"""Records in files: CSV, Parquet and JSON of an export, asked by DuckDB where they lie."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from crmgov.audit import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.records.ask import Asker
from crmgov.audit.records.beside import beside
from crmgov.audit.records.database import Kind, kind_of
from crmgov.audit.records.engines.duckdb import rows
from crmgov.audit.records.engines.engine import PATIENCE
from crmgov.audit.records.matching import columns_of, object_of
from crmgov.audit.records.relation import Relation
from crmgov.model.diagnostics import Diagnostic, Place, of
from crmgov.model.figures import Answers, Asked, Calls, Holding

ENDINGS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".parquet": "parquet", ".json": "json", ".jsonl": "json",
           ".ndjson": "json"}  # fmt: skip
_TYPES: Mapping[str, tuple[Kind, str]] = {
    "integer": ("number", "float64"), "decimal": ("number", "float64"), "currency": ("number", "float64"),
    "percent": ("number", "float64"), "date": ("time", "date"), "datetime": ("time", "timestamp"),
    "boolean": ("boolean", "boolean"), "multipicklist": ("many", ""),
}  # fmt: skip
"""By type of field: what its text means, and what it is read as."""
_BESIDE = {"created": "datetime", "modified": "datetime", "logged_in": "datetime", "active": "boolean"}
"""By role: the type of a column that is no field; all others are text."""
Fields = Mapping[str, Mapping[str, str]]
"""By object, the type of each field."""


class FileRecords:
    """The records of an export, a file or several for each object."""

    def __init__(self, path: Path, fields: Fields, now: dt.datetime, *, memory: str = "") -> None:
        import ibis

        self.name = path.name
        self._found: list[Diagnostic] = []
        self._connection = ibis.duckdb.connect(**({"memory_limit": memory} if memory else {}))
        time = now.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        self._asker = Asker(self.name, now.date(), time, self._run)
        self._relations = dict(self._open(path, fields))

    def holdings(self) -> Mapping[str, Holding]:
        """What the files hold."""
        return {name: relation.holding for name, relation in self._relations.items()}

    def problems(self) -> list[Diagnostic]:
        """Files that fit no object."""
        return self._found

    def calls(self, asked: Asked) -> Mapping[str, Calls]:
        """What the figures would cost."""
        return self._asker.calls(asked)

    def answer(self, asked: Asked) -> Answers:
        """All figures."""
        return self._asker.answer(self._relations, asked)

    def close(self) -> None:
        """Let go of the engine."""
        self._connection.disconnect()

    def _run(self, expression: Any) -> list[Mapping[str, Any]]:
        return rows(self._connection, expression, PATIENCE)

    def _open(self, path: Path, fields: Fields) -> Any:
        files: dict[tuple[str, str], list[Path]] = defaultdict(list)
        for file in [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file()):
            form = ENDINGS.get(file.suffix.lower())
            name = object_of(file.stem, fields) if form is not None else None
            if name is not None and form is not None:
                files[name, form].append(file)
            elif form is not None:
                self._found.append(of("RECORDS001", f"{file.name} fits no object", at=Place(str(file))))
        for (name, form), paths in files.items():
            yield name, self._relation(name, self._table(form, paths), fields[name])

    def _table(self, form: str, paths: list[Path]) -> Any:
        names = [str(one) for one in paths]
        if form == "parquet":
            return self._connection.read_parquet(names)
        if form == "json":
            return self._connection.read_json(names)
        return self._connection.read_csv(names, all_varchar=True, header=True)

    def _relation(self, name: str, table: Any, fields: Mapping[str, str]) -> Relation:
        found, strange = columns_of(table.columns, fields)
        columns: dict[str, Any] = {}
        kinds: dict[str, Kind] = {}
        for field, column in found.items():
            columns[field], kinds[field] = _typed(table[column], fields[field])
        roles = beside(table.columns)
        for role, column in roles.items():
            if column not in columns:
                columns[column], kinds[column] = _typed(table[column], _BESIDE.get(role, "text"))
        holding = Holding(object=name, kinds=kinds, strange=tuple(one for one in strange if one not in roles.values()))
        return Relation(msgspec.structs.replace(holding, **roles), table, columns)


def _typed(column: Any, type_: str) -> tuple[Any, Kind]:
    """A column read as its field's type means; what does not fit counts as blank there and is told as text."""
    kind, wanted = _TYPES.get(type_, ("text", ""))
    if not wanted or not column.type().is_string():
        return column, kind if column.type().is_string() else kind_of(column.type())
    if kind == "boolean":
        return column.lower().isin(["true", "1", "yes", "t", "y"]), kind
    return column.try_cast(wanted), kind
