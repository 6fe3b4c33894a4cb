"""Writes the invented records into a SQLite environment, once its tables are there."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from itertools import chain
from pathlib import Path

from crmgov.cli.demo.random_state import Row
from crmgov.cli.demo.records import Records, sales, users
from crmgov.cli.demo.records_service import service
from crmgov.cli.demo.times import moved
from crmgov.providers.sql.names import USERS, Names

_NAMES = Names("sqlite")


def fill(database: Path, today: date, scale: float = 1) -> int:
    """Write all records in one transaction; the number of records written, people aside.

    Their days are as far from ``today`` as they were from the day they were invented on, so that what is recent stays
    recent. ``scale`` multiplies the number of records. The tables must be those of the first commit. Raises
    sqlite3.Error where they are not, and then nothing was written.
    """
    written = 0
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("BEGIN IMMEDIATE")
        _insert(connection, USERS, ("id", "username", "name", "email", "active"), users())
        for records in _tables(scale):
            rows = [moved(row, today) for row in records.rows]
            _write(connection, Records(records.object, rows))
            written += len(records.rows)
        connection.execute("COMMIT")
    return written


def _tables(scale: float) -> Iterator[Records]:
    made: dict[str, list[Row]] = {}

    def keep(records: Records) -> Records:
        made[records.object] = records.rows
        return records

    yield from map(keep, sales(scale))
    yield from service(made, scale)


def _write(connection: sqlite3.Connection, records: Records) -> None:
    """One object's records: plain values as they are, a place as two columns, several values as links."""
    samples = {name: _sample(records.rows, name) for name in dict.fromkeys(chain.from_iterable(records.rows))}
    linked = [name for name, sample in samples.items() if isinstance(sample, list)]
    placed = [name for name, sample in samples.items() if isinstance(sample, tuple)]
    plain = [name for name in samples if name not in linked and name not in placed]
    parts = [_NAMES.column(name, part) for name in placed for part in ("latitude", "longitude")]
    columns = ("id", *(_NAMES.column(name) for name in plain), *parts)
    rows = (
        (number, *(row.get(name) for name in plain), *(part for name in placed for part in _place(row.get(name))))
        for number, row in enumerate(records.rows, 1)
    )
    _insert(connection, _NAMES.table(records.object), columns, rows)
    for name in linked:
        links = ((number, value) for number, row in enumerate(records.rows, 1) for value in _several(row.get(name)))
        _insert(connection, _NAMES.link(records.object, name), ("record", "value"), links)


def _sample(rows: list[Row], name: str) -> object:
    return next((row[name] for row in rows if row.get(name) is not None), None)


def _place(value: object) -> tuple[float | None, float | None]:
    return value if isinstance(value, tuple) else (None, None)


def _several(value: object) -> list[str]:
    return value if isinstance(value, list) else []


def _insert(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608 - our own names
