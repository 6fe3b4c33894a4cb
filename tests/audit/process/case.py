"""Records that a rule of the audit finds fault with, and records that it does not, as small real files."""

import csv
import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from crmgov.audit.process.staff import EXPORTED
from crmgov.audit.records.database import DatabaseRecords
from crmgov.audit.records.files import FileRecords
from crmgov.audit.run import audit
from crmgov.audit.scene import AuditScene
from crmgov.audit.settings import Settings
from crmgov.check.governance.scene import Scene
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Records
from crmgov.model.normal import canonical_body
from crmgov.model.provider import Stored
from crmgov.model.snapshot import Snapshot, kind_of

TODAY = dt.date(2026, 6, 15)
NOW = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)
Tree = Mapping[str, Body]
Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """``failing`` records have the finding, told with ``says``; ``passing`` ones have none of its code."""

    code: str
    address: str
    says: str
    tree: Tree
    failing: Rows
    passing: Rows


def ago(days: int) -> str:
    """The day so many days before the audit."""
    return (TODAY - dt.timedelta(days=days)).isoformat()


def snapshot_of(tree: Tree) -> Snapshot:
    bodies = {address: canonical_body(kind_of(address), dict(body)) for address, body in tree.items()}
    return Snapshot.of("tree", bodies)


def types_of(tree: Tree) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {name: dict(fields) for name, fields in EXPORTED.items()}
    for address, body in tree.items():
        kind, _, name = address.partition("/")
        if kind == "Object":
            found.setdefault(name, {})
        elif kind == "Field":
            parent, _, field = name.partition(".")
            found.setdefault(parent, {})[field] = str(body["type"])
    return found


def exported(folder: Path, rows: Rows) -> Path:
    """A folder with one CSV file for each object."""
    folder.mkdir()
    for name, held in rows.items():
        columns = list(dict.fromkeys(column for row in held for column in row))
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(held)
    return folder


def found(tree: Tree, records: Records, *, minimum: int = 1) -> list[Diagnostic]:
    """Everything the audit finds in these records."""
    settings = Settings(minimum_records=minimum)
    scene = AuditScene(Scene(snapshot_of(tree), today=TODAY), records.holdings(), settings=settings)
    try:
        return audit(scene, records).findings
    finally:
        records.close()


def in_files(tree: Tree, rows: Rows, folder: Path, *, minimum: int = 1) -> list[Diagnostic]:
    """The same for records in files."""
    return found(tree, FileRecords(exported(folder, rows), types_of(tree), NOW), minimum=minimum)


def in_database(tree: Tree, rows: Rows, folder: Path, *, minimum: int = 1) -> list[Diagnostic]:
    """The same for records in a database, with dates as dates and keys as numbers."""
    types, stored = types_of(tree), []
    folder.mkdir()
    with closing(sqlite3.connect(folder / "crm.db")) as connection, connection:
        for name, held in rows.items():
            columns = list(dict.fromkeys(column for row in held for column in row))
            kinds = {column: _SQL.get(types[name].get(column) or _BESIDE.get(column, ""), "TEXT") for column in columns}
            kept = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
            connection.execute(f'CREATE TABLE "{name}" ({kept})')
            marks = ", ".join("?" * len(columns))
            values = [tuple(_WORDS.get(row.get(one), row.get(one)) for one in columns) for row in held]
            connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', values)
            stored.append(Stored(object=name, table=name, key="Id", columns={one: one for one in columns}))
    return found(tree, DatabaseRecords("crm", "sqlite:///crm.db", stored, folder, NOW), minimum=minimum)


_BESIDE = {"IsActive": "boolean", "LastLoginDate": "date", "LastModifiedDate": "date", "CreatedDate": "date"}
_WORDS: Mapping[Any, Any] = {"": None, "true": True, "false": False}
_SQL = {"date": "DATE", "datetime": "TIMESTAMP", "boolean": "BOOLEAN", "currency": "NUMERIC"}


def of_code(findings: Sequence[Diagnostic], code: str) -> list[Diagnostic]:
    return [one for one in findings if one.code == code]
