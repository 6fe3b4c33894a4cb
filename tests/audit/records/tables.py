"""One small table in every engine, and what each metric is of it by plain Python."""

import datetime as dt
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from crmgov.audit.records.files import FileRecords
from crmgov.audit.records.warehouse import WarehouseRecords
from crmgov.model.figures import Records

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
Row = dict[str, Any]
FIELDS = {
    "Name": "text", 'say "hi"': "text", "select": "picklist", "50% of_x": "text", "order by": "integer",
    "Amount": "decimal", "Price": "currency", "Day": "date", "CreatedDate": "datetime", "LastModifiedDate": "datetime",
    "Ünï": "boolean", "Tags": "multipicklist",
}  # fmt: skip
COLUMNS = {
    "text": "VARCHAR", "picklist": "VARCHAR", "integer": "BIGINT", "decimal": "DOUBLE PRECISION",
    "currency": "NUMERIC(12,2)", "date": "DATE", "datetime": "TIMESTAMP", "boolean": "BOOLEAN", "multipicklist": "TEXT",
}  # fmt: skip
OBJECT = "Lead"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def created(table: str = OBJECT) -> str:
    columns = ", ".join(f"{quoted(name)} {COLUMNS[type_]}" for name, type_ in FIELDS.items())
    return f"CREATE TABLE {quoted(table)} ({columns})"


def in_parquet(folder: Path, rows: Sequence[Row]) -> Records:
    path = folder / "Lead.parquet"
    path.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(created())
        _insert(connection, rows, "?")
        connection.execute(f"COPY {quoted(OBJECT)} TO '{path}' (FORMAT parquet)")
    return FileRecords(path, {OBJECT: FIELDS}, NOW)


def in_duckdb(folder: Path, rows: Sequence[Row]) -> Records:
    path = folder / "lead.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(path) as connection:
        connection.execute(created())
        _insert(connection, rows, "?")
    return WarehouseRecords(f"duckdb:///{path}", {OBJECT: FIELDS}, folder, NOW)


def in_sqlite(folder: Path, rows: Sequence[Row]) -> Records:
    path = folder / "lead.sqlite"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute(created())
    _insert(connection, [{name: _plain(value) for name, value in row.items()} for row in rows], "?")
    connection.commit()
    connection.close()
    return WarehouseRecords(f"sqlite:///{path}", {OBJECT: FIELDS}, folder, NOW)


def in_postgres(url: str, rows: Sequence[Row]) -> Records:
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {quoted(OBJECT)}")
        connection.execute(created())
        names = ", ".join(quoted(name) for name in FIELDS)
        with connection.cursor().copy(f"COPY {quoted(OBJECT)} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in FIELDS])
    return WarehouseRecords(url, {OBJECT: FIELDS}, Path(), NOW)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, (str, int, float)) or value is None else float(value)


def _insert(connection: Any, rows: Sequence[Row], mark: str) -> None:
    statement = f"INSERT INTO {quoted(OBJECT)} VALUES ({', '.join([mark] * len(FIELDS))})"
    if rows:
        connection.executemany(statement, [[row[name] for name in FIELDS] for row in rows])
