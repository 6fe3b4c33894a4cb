"""The records of a SQLite environment, as Parquet and in PostgreSQL."""

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq

from tests.audit.records.tables import quoted


class Held(NamedTuple):
    """One object's records: by column, its type in SQL and its values."""

    name: str
    types: dict[str, str]
    values: dict[str, list[Any]]


def spread(database: Path, folder: Path, url: str) -> None:
    """Write every object's table into a folder and into PostgreSQL, fields of several values as one text."""
    with closing(sqlite3.connect(database)) as connection, psycopg.connect(url) as server:
        for held in _held(connection):
            columns = {name: pa.array(values, _arrow(held.types[name])) for name, values in held.values.items()}
            pq.write_table(pa.table(columns), folder / f"{held.name}.parquet")
            _into(server, held)


def _held(connection: sqlite3.Connection) -> Iterator[Held]:
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table.startswith("sqlite_") or (table.startswith("crmgov_") and table != "crmgov_users"):
            continue
        types = {name: type_ for _, name, type_, *_ in connection.execute(f"PRAGMA table_info({quoted(table)})")}
        rows = connection.execute(f"SELECT * FROM {quoted(table)}").fetchall()
        values = {name: [_value(row[at], type_) for row in rows] for at, (name, type_) in enumerate(types.items())}
        for link in tables:
            if link.startswith(f"crmgov_links_{table}."):
                field = link.rpartition(".")[2]
                found = f"SELECT record, group_concat(value, ';') FROM {quoted(link)} GROUP BY record"
                several = dict(connection.execute(found).fetchall())
                values[field], types[field] = [several.get(key) for key in values["id"]], "TEXT"
        yield Held("User" if table == "crmgov_users" else table, types, values)


def _value(value: Any, type_: str) -> Any:
    if value is None:
        return None
    if type_.startswith("NUMERIC"):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-int(type_[:-1].partition(",")[2])))
    made = {"BOOLEAN": bool, "DATE": dt.date.fromisoformat, "DATETIME": dt.datetime.fromisoformat}.get(type_)
    return value if made is None else made(value)


def _arrow(type_: str) -> pa.DataType:
    if numeric := re.fullmatch(r"NUMERIC\((\d+),(\d+)\)", type_):
        return pa.decimal128(int(numeric[1]), int(numeric[2]))
    known = {
        "INTEGER": pa.int64(), "BOOLEAN": pa.bool_(), "DATE": pa.date32(), "DATETIME": pa.timestamp("us"), "REAL": pa.float64(),
    }  # fmt: skip
    return known.get(type_, pa.string())


def _into(server: psycopg.Connection[Any], held: Held) -> None:
    server_types = {"DATETIME": "TIMESTAMP", "REAL": "DOUBLE PRECISION", "INTEGER": "BIGINT"}
    columns = ", ".join(f"{quoted(name)} {server_types.get(type_, type_)}" for name, type_ in held.types.items())
    server.execute(f"CREATE TABLE {quoted(held.name)} ({columns})".encode())
    names = ", ".join(map(quoted, held.types))
    with server.cursor().copy(f"COPY {quoted(held.name)} ({names}) FROM STDIN".encode()) as copy:
        for row in zip(*held.values.values(), strict=True):
            copy.write_row(row)
