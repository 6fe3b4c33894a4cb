"""What differs between SQLite and PostgreSQL, behind one protocol."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, CursorResult

from crmgov.providers.sql.names import Names
from crmgov.providers.sql.physical import Catalog, Column, Table, Wanted

Convert = Callable[[object], object]
"""Turns a stored value into one of the new type."""


class Ddl(Protocol):
    """Changes of tables inside one transaction. Names are identifiers, unquoted."""

    def create_table(self, name: str, columns: Sequence[Wanted], key: Sequence[str] = ()) -> None:
        """Make a table; without ``key`` it gets a generated ``id``."""
        ...

    def drop_table(self, name: str) -> None:
        """Remove a table with all it holds."""
        ...

    def rename_table(self, old: str, new: str) -> None:
        """Rename a table; what refers to it follows."""
        ...

    def add_columns(self, table: Table, columns: Sequence[Wanted]) -> None:
        """Add columns. Existing rows are blank there, or hold the default where the column is required."""
        ...

    def drop_columns(self, table: Table, columns: Sequence[str]) -> None:
        """Remove columns with what they hold and what constrains them."""
        ...

    def rename_column(self, table: Table, old: str, new: str) -> None:
        """Rename a column; constraints follow."""
        ...

    def alter_column(self, table: Table, found: Column, wanted: Wanted, convert: Convert | None) -> None:
        """Bring type, NOT NULL, default and foreign key of a column to what is wanted; values go through convert."""
        ...

    def set_unique(self, table: Table, column: str, unique: bool) -> None:
        """Make a column unique, or no longer so."""
        ...

    def rename_value(self, table: Table, old: str, new: str) -> None:
        """Give a value of a value table another name, in all records too."""
        ...


class Database(Protocol):
    """One database: how it is opened, locked and looked at."""

    names: Names
    source: str
    """The database as people know it, free of passwords."""

    def reading(self) -> AbstractContextManager[Connection]:
        """One consistent read-only transaction."""
        ...

    def writing(self, *, create: bool = False) -> AbstractContextManager[Connection]:
        """The one transaction that may write; committed when left without an exception."""
        ...

    def inspect(self, connection: Connection, table: str | None = None) -> Catalog:
        """What the database holds: all of it, or one table."""
        ...

    def ddl(self, connection: Connection) -> Ddl:
        """The changes of this dialect."""
        ...

    def guard(self, connection: Connection) -> Callable[[], str]:
        """Look before the changes; the function returned looks after them and tells what they would have broken."""
        ...

    def busy(self) -> bool:
        """Whether somebody holds the place of a writer now."""
        ...

    def close(self) -> None:
        """Let go of all connections."""
        ...


def quoted(name: str) -> str:
    """An identifier as SQL text."""
    return '"' + name.replace('"', '""') + '"'


def run(connection: Connection, statement: str) -> CursorResult[Any]:
    """Execute a statement without parameters; nothing in it is taken for a placeholder."""
    return connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
