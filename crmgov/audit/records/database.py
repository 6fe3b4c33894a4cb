"""Records in a database that a provider governs: the tables and columns it names, asked where they lie."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from crmgov.audit import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.records.ask import Asker
from crmgov.audit.records.beside import beside
from crmgov.audit.records.engines import Engine, open_engine
from crmgov.audit.records.refusals import UnreachableError, fault, refusal
from crmgov.audit.records.relation import Linked, Relation
from crmgov.model.address import address
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.figures import Answers, Asked, Calls, Figure, Holding
from crmgov.model.provider import Stored

Kind = Literal["text", "number", "boolean", "time", "many", "other"]
_WHOLE = Figure(metric="records")


class EngineRecords:
    """Records that an engine holds: the relations are all that differs between sources."""

    def __init__(self, name: str, engine: Engine, now: dt.datetime) -> None:
        self.name = name
        self._engine = engine
        time = now.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        self._asker = Asker(
            name, now.astimezone(dt.UTC).date(), time, engine.rows, estimates=engine.estimates, width=engine.width
        )
        self._relations: dict[str, Relation] = {}
        self._found: list[Diagnostic] = []
        self._told_lost = False

    def holdings(self) -> Mapping[str, Holding]:
        """What the source holds."""
        return {name: relation.holding for name, relation in self._relations.items()}

    def problems(self) -> list[Diagnostic]:
        """What is wrong with what it holds."""
        return self._found

    def calls(self, asked: Asked) -> Mapping[str, Calls]:
        """What the figures would cost."""
        return self._asker.calls(asked)

    def answer(self, asked: Asked) -> Answers:
        """All figures. Records that cannot be counted at all are among the problems from then on."""
        answers = self._asker.answer(self._relations, asked)
        if self._asker.lost:
            if not self._told_lost:
                told = f"{self.name}: {self._asker.lost}; what was not asked by then is unknown"
                self._found.append(of("RECORDS014", told))
            self._told_lost = True
            return answers
        for name in self._relations:
            if _WHOLE in asked.get(name, ()) and not answers[name, _WHOLE].known:
                told = f"The records of {name} cannot be counted: {answers[name, _WHOLE].evidence.reason}"
                self._found.append(of("RECORDS014", told, address=address("Object", name)))
        return answers

    def close(self) -> None:
        """Let go of the connection."""
        self._engine.close()


class DatabaseRecords(EngineRecords):
    """The records of an environment's own database. Raises UnreachableError."""

    def __init__(self, name: str, url: str, stored: Sequence[Stored], root: Path, now: dt.datetime) -> None:
        super().__init__(name, open_engine(url, root), now)
        try:
            tables = set(self._engine.backend.list_tables(**_within(next((one.schema for one in stored), ""))))
            self._relations = {one.object: self._relation(one) for one in stored if one.table in tables}
        except Exception as error:
            self._engine.close()
            if fault(error):
                raise
            raise UnreachableError(f"{name} does not tell its tables: {refusal(error)}") from error

    def _relation(self, stored: Stored) -> Relation:
        backend = self._engine.backend
        table = backend.table(stored.table, **_within(stored.schema))
        columns = {field: table[column] for field, column in stored.columns.items() if column in table.columns}
        links = {
            field: Linked(backend.table(link.table), link.record, link.value) for field, link in stored.links.items()
        }
        kinds: dict[str, Kind] = {field: kind_of(column.type()) for field, column in columns.items()}
        kinds |= dict.fromkeys(links, "many")
        found = related(self._engine.name, stored.object, table, columns, kinds, key=stored.key, links=links)
        found.holding = msgspec.structs.replace(found.holding, firm=stored.firm)
        return found


def _within(schema: str) -> dict[str, str]:
    return {"database": schema} if schema else {}


def related(
    dialect: str, name: str, table: Any, columns: dict[str, Any], kinds: dict[str, Kind], *, key: str = "",
    links: Mapping[str, Linked] | None = None, strange: Sequence[str] = (), **read: Any,
) -> Relation:  # fmt: skip
    """A relation of an object's fields, and what stands beside them in every record; ``read`` is handed on to it."""
    found = beside(table.columns)
    if key:
        found["key"] = key
    columns |= {column: table[column] for column in found.values() if column not in columns}
    kinds |= {column: kind_of(table[column].type()) for column in found.values() if column not in kinds}
    left = tuple(column for column in strange if column not in found.values())
    holding = msgspec.structs.replace(Holding(object=name, kinds=kinds, strange=left), **found)
    return Relation(holding, table, columns, key=key, links=links, dialect=dialect, **read)


def kind_of(type_: Any) -> Kind:
    """What a column of a database type holds."""
    if type_.is_boolean():
        return "boolean"
    if type_.is_numeric():
        return "number"
    if type_.is_timestamp() or type_.is_date() or type_.is_time():
        return "time"
    return "text" if type_.is_string() or type_.is_uuid() else "other"
