"""Records in a database that a provider governs: the tables and columns it names, asked where they lie."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from crmgov.audit.records.ask import Asker
from crmgov.audit.records.beside import beside
from crmgov.audit.records.relation import Linked, Relation
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Answers, Asked, Holding
from crmgov.model.provider import Stored

Kind = Literal["text", "number", "boolean", "time", "many", "other"]


class DatabaseRecords:
    """The records of an environment's own database."""

    def __init__(self, name: str, url: str, stored: Sequence[Stored], root: Path, now: dt.datetime) -> None:
        self.name = name
        self._stored = stored
        self._connection = connect(url, root)
        time = now.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        self._asker = Asker(name, now.date(), time, self._run)
        tables = set(self._connection.list_tables(**_within(next((one.schema for one in stored), ""))))
        self._relations = {one.object: self._relation(one) for one in stored if one.table in tables}

    def holdings(self) -> Mapping[str, Holding]:
        """What the database holds."""
        return {name: relation.holding for name, relation in self._relations.items()}

    def problems(self) -> list[Diagnostic]:
        """A database holds what its columns allow."""
        return []

    def answer(self, asked: Asked) -> Answers:
        """All figures."""
        return self._asker.answer(self._relations, asked)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.disconnect()

    def _run(self, expression: Any) -> list[Mapping[str, Any]]:
        rows: list[Mapping[str, Any]] = self._connection.to_pyarrow(expression.as_table()).to_pylist()
        return rows

    def _relation(self, stored: Stored) -> Relation:
        table = self._connection.table(stored.table, **_within(stored.schema))
        columns = {field: table[column] for field, column in stored.columns.items() if column in table.columns}
        links = {
            field: Linked(self._connection.table(link.table), link.record, link.value)
            for field, link in stored.links.items()
        }
        kinds: dict[str, Kind] = {field: kind_of(column.type()) for field, column in columns.items()}
        kinds |= dict.fromkeys(links, "many")
        found = beside(table.columns)
        if stored.key:
            found["key"] = stored.key
        columns |= {column: table[column] for column in found.values() if column not in columns}
        kinds |= {column: kind_of(table[column].type()) for column in found.values() if column not in kinds}
        holding = msgspec.structs.replace(Holding(object=stored.object, kinds=kinds, firm=stored.firm), **found)
        return Relation(holding, table, columns, key=stored.key, links=links)


def _within(schema: str) -> dict[str, str]:
    return {"database": schema} if schema else {}


def connect(url: str, root: Path) -> Any:
    """A connection through Ibis; SQLite paths are relative to the repository's folder."""
    import ibis

    if url.startswith("sqlite:///"):
        return ibis.sqlite.connect(root / url.removeprefix("sqlite:///"))
    return ibis.connect(url)


def kind_of(type_: Any) -> Kind:
    """What a column of a database type holds."""
    if type_.is_boolean():
        return "boolean"
    if type_.is_numeric():
        return "number"
    if type_.is_timestamp() or type_.is_date() or type_.is_time():
        return "time"
    return "text" if type_.is_string() else "other"
