"""SQLite: opening, locking and looking at a database file."""

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from crmgov.providers.sql.dialect import Ddl, quoted, run
from crmgov.providers.sql.errors import problem, unreachable
from crmgov.providers.sql.names import Names
from crmgov.providers.sql.physical import Catalog
from crmgov.providers.sql.sqlite_ddl import SqliteDdl
from crmgov.providers.sql.sqlite_inspect import inspect

WAIT = 10.0
"""Seconds to wait for another writer."""


class SqliteDatabase:
    """A database file. It is only ever made by a writer that was told to."""

    def __init__(self, path: Path, source: str) -> None:
        self.names = Names("sqlite")
        self.source = source
        self._path = path

    def _connect(self, mode: str, wait: float) -> Connection:
        # Read-write even for readers: after a crash the first one rolls the interrupted transaction back.
        uri = f"file:{quote(os.fsencode(self._path))}?mode={mode}"

        def creator() -> sqlite3.Connection:
            return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=wait)

        try:
            return create_engine("sqlite://", creator=creator, poolclass=NullPool).connect()
        except DBAPIError as error:
            if not self._path.exists():
                raise unreachable(self.source, "there is no such file") from error
            raise unreachable(self.source, "the file cannot be opened") from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent read-only transaction."""
        with self._transaction("rw", "BEGIN", ("query_only=ON",), WAIT) as connection:
            yield connection

    @contextmanager
    def writing(self, *, create: bool = False) -> Iterator[Connection]:
        """The one writer. Foreign keys are off inside, so that tables can be rebuilt; they are checked at the end."""
        if create:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        mode = "rwc" if create else "rw"
        with self._transaction(mode, "BEGIN IMMEDIATE", ("foreign_keys=OFF",), WAIT) as connection:
            yield connection

    @contextmanager
    def _transaction(self, mode: str, begin: str, pragmas: tuple[str, ...], wait: float) -> Iterator[Connection]:
        connection = self._connect(mode, wait)
        try:
            for pragma in pragmas:
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            connection.exec_driver_sql(begin)
            # The first read takes the lock, and meets a file that is no database here rather than later.
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").fetchall()
            yield connection
            connection.exec_driver_sql("COMMIT")
        except DBAPIError as error:
            raise problem(error, self.source) from error
        finally:
            connection.close()

    def inspect(self, connection: Connection, table: str | None = None) -> Catalog:
        """What the database holds: all of it, or one table."""
        return inspect(connection, self.names, table)

    def ddl(self, connection: Connection) -> Ddl:
        """The changes of this dialect."""
        return SqliteDdl(connection, self.names)

    def guard(self, connection: Connection) -> Callable[[], str]:
        """Foreign keys and views, which SQLite does not watch while tables are rebuilt."""
        dangling, read = _dangling(connection), _read_by_views(connection)

        def look() -> str:
            for place, found in _dangling(connection).items():
                if found > dangling[place]:
                    return f'{found - dangling[place]:,} records of "{place[0]}" would point at nothing in "{place[1]}"'
            now = _read_by_views(connection)
            views = sorted(name for name, columns in read.items() if now.get(name, -1) < columns)
            return f'the view "{views[0]}" uses what would go' if views else ""

        return look

    def busy(self) -> bool:
        """Whether somebody holds the place of the writer now."""
        if not self._path.exists():
            return False
        connection = self._connect("rw", 0.0)
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("ROLLBACK")
        except DBAPIError:
            return True
        finally:
            connection.close()
        return False

    def close(self) -> None:
        """Nothing is kept open between transactions."""


def _dangling(connection: Connection) -> Counter[tuple[str, str]]:
    """Records that point at nothing, counted by table and table pointed at."""
    found: Counter[tuple[str, str]] = Counter()
    tables = connection.exec_driver_sql(
        "SELECT m.name FROM sqlite_schema m WHERE m.type = 'table'"
        " AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name))"
    ).scalars().all()  # fmt: skip
    for table in tables:
        try:
            rows = connection.exec_driver_sql("SELECT parent FROM pragma_foreign_key_check(?)", (table,))
            found.update((table, parent) for parent in rows.scalars())
        except DBAPIError:
            found[(table, "a table without the key it names")] = 1
    return found


def _read_by_views(connection: Connection) -> dict[str, int]:
    """How many columns of tables each view reads; -1 for a view that cannot be read.

    A view that names a lost column in double quotes goes on working: SQLite takes the name for a text. So what is read
    is counted, as SQLite tells it when it prepares the view.
    """
    driver: Any = connection.connection.driver_connection
    found: dict[str, int] = {}
    views = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'view'").scalars().all()
    for name in views:
        read: set[tuple[str, str]] = set()

        def notice(action: int, table: str, column: str, *_: object, read: set[tuple[str, str]] = read) -> int:
            if action == sqlite3.SQLITE_READ and column and table not in views:
                read.add((table, column))
            return sqlite3.SQLITE_OK

        driver.set_authorizer(notice)
        try:
            run(connection, f"SELECT * FROM {quoted(name)} LIMIT 0")
            found[name] = len(read)
        except DBAPIError:
            found[name] = -1
        finally:
            driver.set_authorizer(None)
    return found
