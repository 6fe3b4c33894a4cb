"""Records in a warehouse, by URL: its tables are matched with objects by name, their columns with fields."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crmgov.audit import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.records import told
from crmgov.audit.records.beside import beside
from crmgov.audit.records.database import EngineRecords, Kind, kind_of, related
from crmgov.audit.records.engines import open_engine
from crmgov.audit.records.matching import Names, columns_of, objects_of
from crmgov.audit.records.refusals import UnreachableError, fault, refusal
from crmgov.audit.records.relation import Relation
from crmgov.audit.records.typed import typed, unread
from crmgov.model.diagnostics import of

Fields = Mapping[str, Mapping[str, str]]
"""By object, the type of each field."""


class WarehouseRecords(EngineRecords):
    """The records that a database holds beside whatever else it holds. Raises UnreachableError.

    ``others`` and ``objects`` tell what else fields (by object) and objects are called, the surest first.
    """

    def __init__(
        self, url: str, fields: Fields, root: Path, now: dt.datetime, *,
        others: Mapping[str, Names] | None = None, objects: Names | None = None,
    ) -> None:  # fmt: skip
        engine = open_engine(url, root)
        super().__init__(engine.name if engine.proved else f"{engine.name} (not proved)", engine, now)
        if not engine.proved:
            self._found.append(of("RECORDS010", f"{engine.name} is asked, but its figures were never compared"))
        self._others, self._objects = others or {}, objects or {}
        try:
            self._relations = self._matched(fields)
        except Exception as error:
            engine.close()
            if fault(error):
                raise
            raise UnreachableError(f"{engine.name} does not tell its tables: {refusal(error)}") from error

    def _matched(self, fields: Fields) -> dict[str, Relation]:
        taken: dict[str, str] = {}
        for table in sorted(self._engine.tables()):
            fits = objects_of(table, fields, self._objects)
            if len(fits) > 1:
                names = told.names(sorted(fits))
                self._found.append(of("RECORDS001", f"{table} fits several objects: {names}; it is left out"))
            if len(fits) != 1:
                continue
            name = fits[0]
            if name in taken:
                self._found.append(of("RECORDS011", f"{table} and {taken[name]} both fit {name}; {table} is left out"))
            else:
                taken[name] = table
        found: dict[str, Relation] = {}
        for name, table in taken.items():
            try:
                there = self._engine.table(table)
            except Exception as error:
                if fault(error):
                    raise
                self._found.append(of("FILES002", f"{table} cannot be read: {refusal(error)}"))
            else:
                found[name] = self._relation(name, there, fields[name])
        return found

    def _relation(self, name: str, table: Any, fields: Mapping[str, str]) -> Relation:
        fitting = columns_of(table.columns, fields, self._others.get(name, {}))
        missing = [field for field in fields if field not in fitting.found]
        known = beside(table.columns).values()
        strange = [column for column in fitting.strange if column not in known]
        self._found += [
            *told.of_columns(name, table.get_name(), fitting), *told.of_strange(name, strange),
            *told.of_missing(name, missing, len(fields)),
        ]  # fmt: skip
        columns = {field: table[column] for field, column in fitting.found.items()}
        kinds: dict[str, Kind] = {
            field: "many" if fields[field] == "multipicklist" and column.type().is_string() else kind_of(column.type())
            for field, column in columns.items()
        }
        texts: dict[str, Any] = {}
        for field, column in columns.items():
            if fields[field] == "boolean" and not column.type().is_boolean():
                texts |= {field: column} if column.type().is_string() else {}
                columns[field], kinds[field] = typed(column, "boolean")
        found = unread(
            name, fields, columns, texts, lambda wanted: self._engine.rows(table.aggregate(**wanted))[0],
            dialect=self._engine.name,
        )  # fmt: skip
        self._found += found.problems
        return related(
            self._engine.name, name, table, columns, kinds, strange=strange, texts=texts,
            unreadable=found.reasons, untyped=found.untyped,
        )  # fmt: skip
