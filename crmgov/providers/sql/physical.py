"""What a database holds, in the terms both dialects share."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import msgspec

Family = Literal["text", "integer", "numeric", "float", "boolean", "date", "datetime", "time", "other"]


class SqlType(msgspec.Struct, frozen=True):
    """A column's type. ``length`` counts characters; ``raw`` names a type of no family."""

    family: Family
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    raw: str = ""


class ForeignKey(msgspec.Struct, frozen=True, kw_only=True):
    """A constraint of one column; actions as SQL writes them. ``name`` is the constraint's, where it has one."""

    table: str
    column: str | None
    on_delete: str = "NO ACTION"
    on_update: str = "NO ACTION"
    name: str = ""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column that exists. ``default`` is the SQL text of its default; ``plain`` is false for computed columns."""

    name: str
    type: SqlType
    nullable: bool
    default: str | None = None
    plain: bool = True


class Unique(msgspec.Struct, frozen=True, kw_only=True):
    """What makes one column unique: an index, or the constraint that owns it."""

    column: str
    index: str
    constraint: bool


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table that exists. ``left`` counts what crmgov does not model in it, by sort."""

    name: str
    columns: dict[str, Column]
    key: tuple[str, ...] = ()
    uniques: tuple[Unique, ...] = ()
    foreign: dict[str, ForeignKey] = {}
    left: dict[str, int] = {}
    sql: str = ""
    """SQLite only: the statement that makes the table."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A column as it is to be. ``default`` is SQL text; ``required`` means NOT NULL."""

    name: str
    type: SqlType
    required: bool = False
    unique: bool = False
    default: str | None = None
    foreign: ForeignKey | None = None


class Catalog:
    """All tables of a database, found by folded name."""

    def __init__(self, tables: Iterable[Table], fold: Callable[[str], str], left: dict[str, int]) -> None:
        self._fold = fold
        self._tables = {fold(table.name): table for table in tables}
        self.left = left

    def __iter__(self) -> Iterator[Table]:
        return iter(self._tables.values())

    def get(self, name: str) -> Table | None:
        """The table of this name, if it exists."""
        return self._tables.get(self._fold(name))

    def column(self, table: Table, name: str) -> Column | None:
        """The column of this name, if it exists."""
        found = table.columns.get(name)
        if found is not None:
            return found
        folded = self._fold(name)
        return next((column for column in table.columns.values() if self._fold(column.name) == folded), None)

    def put(self, table: Table) -> None:
        """Take a table as it is now."""
        self._tables[self._fold(table.name)] = table

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._tables.pop(self._fold(name), None)

    def pointing_at(self, name: str) -> list[tuple[Table, ForeignKey, str]]:
        """All single-column foreign keys to a table, with the column they stand on."""
        folded = self._fold(name)
        return [
            (table, foreign, column)
            for table in self._tables.values()
            for column, foreign in table.foreign.items()
            if self._fold(foreign.table) == folded
        ]
