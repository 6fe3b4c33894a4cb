"""SQLite: changes of tables. What ALTER TABLE cannot do is done by making the table anew and copying the rows."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from sqlalchemy import Connection

from crmgov.providers.sql.dialect import Convert, quoted, run
from crmgov.providers.sql.names import KEY, PREFIX, Names
from crmgov.providers.sql.physical import Column, Table, Wanted
from crmgov.providers.sql.sqlite_inspect import inspect
from crmgov.providers.sql.sqlite_text import TableText, kept_clauses
from crmgov.providers.sql.types import render

_NEW = PREFIX + "rebuild"
_UNIQUE, _FOREIGN = frozenset({"UNIQUE"}), frozenset({"FOREIGN"})


class SqliteDdl:
    """Changes inside one transaction, foreign keys being off."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names

    def create_table(self, name: str, columns: Sequence[Wanted], key: Sequence[str] = ()) -> None:
        """Make a table; without ``key`` it gets a generated ``id`` that is never used twice."""
        items = [] if key else [f"{quoted(KEY)} INTEGER PRIMARY KEY AUTOINCREMENT"]
        items += [_definition(column) for column in columns]
        if key:
            items.append(f"PRIMARY KEY ({', '.join(map(quoted, key))})")
        run(self._connection, TableText(items, "").statement(quoted(name)))
        for column in columns:
            if column.unique:
                self._make_unique(name, column.name)

    def drop_table(self, name: str) -> None:
        """Remove a table with all it holds."""
        run(self._connection, f"DROP TABLE {quoted(name)}")

    def rename_table(self, old: str, new: str) -> None:
        """Rename a table; foreign keys, triggers and views that name it follow."""
        if self._names.fold(old) == self._names.fold(new):
            run(self._connection, f"ALTER TABLE {quoted(old)} RENAME TO {quoted(_NEW)}")
            old = _NEW
        run(self._connection, f"ALTER TABLE {quoted(old)} RENAME TO {quoted(new)}")

    def add_columns(self, table: Table, columns: Sequence[Wanted]) -> None:
        """Add columns. Existing rows are blank there, or hold the default where the column is required."""
        text = TableText.parse(table.sql)
        for column in columns:
            text.add_column(_definition(column))
        filled: dict[str, str | None] = {c.name: (c.default if c.required else None) or "NULL" for c in columns}
        self._rebuild(table, text, filled)
        for column in columns:
            if column.unique:
                self._make_unique(table.name, column.name)

    def drop_columns(self, table: Table, columns: Sequence[str]) -> None:
        """Remove columns with what they hold and what constrains them; refused where a view or a check uses them."""
        fold = self._names.fold
        gone = {fold(column) for column in columns}
        text, bound = TableText.parse(table.sql), False
        for column in columns:
            self._drop_indexes(table, column)
            found = table.columns[column]
            if found.name in table.foreign or any(u.column == found.name and u.constraint for u in table.uniques):
                bound = True
                text.drop_constraints(column, _UNIQUE | _FOREIGN, fold)
                text.items[text.column(column, fold)] = _definition(Wanted(name=found.name, type=found.type))
        if bound:  # SQLite drops no column that a constraint of its own holds
            self._rebuild(table, text, {})
        for name in [name for name in table.columns if fold(name) in gone]:
            run(self._connection, f"ALTER TABLE {quoted(table.name)} DROP COLUMN {quoted(name)}")

    def rename_column(self, table: Table, old: str, new: str) -> None:
        """Rename a column; constraints follow."""
        run(self._connection, f"ALTER TABLE {quoted(table.name)} RENAME COLUMN {quoted(old)} TO {quoted(new)}")

    def alter_column(self, table: Table, found: Column, wanted: Wanted, convert: Convert | None) -> None:
        """Bring type, NOT NULL, default and foreign key of a column to what is wanted; values go through convert."""
        text = TableText.parse(table.sql)
        index = text.column(found.name, self._names.fold)
        text.items[index] = _definition(wanted) + kept_clauses(text.items[index])
        text.drop_constraints(found.name, _FOREIGN, self._names.fold)
        unique = any(item.column == found.name for item in table.uniques)
        copied: dict[str, str | None] = {}
        if convert is not None:
            driver: Any = self._connection.connection.driver_connection
            driver.create_function("crmgov_convert", 1, convert)
            copied[found.name] = f"crmgov_convert({quoted(found.name)})"
        self._rebuild(table, text, copied)
        if unique:
            self._keep_unique(wanted.name, table.name)

    def set_unique(self, table: Table, column: str, unique: bool) -> None:
        """Make a column unique, or no longer so."""
        if unique:
            self._make_unique(table.name, column)
            return
        if not any(item.column == column and item.constraint for item in table.uniques):
            self._drop_indexes(table, column)
            return
        text = TableText.parse(table.sql)
        text.drop_constraints(column, _UNIQUE, self._names.fold)
        index = text.column(column, self._names.fold)
        found = table.columns[column]
        text.items[index] = _definition(_as_wanted(table, found)) + kept_clauses(text.items[index])
        self._drop_indexes(table, column)
        self._rebuild(table, text, {})

    def rename_value(self, table: Table, old: str, new: str) -> None:
        """Give a value of a value table another name, in all records too (foreign keys are off, so by hand)."""
        catalog = inspect(self._connection, self._names)
        places = [(table.name, "name")]
        places += [(other.name, column) for other, _, column in catalog.pointing_at(table.name)]
        for name, column in places:
            self._connection.exec_driver_sql(
                f"UPDATE {quoted(name)} SET {quoted(column)} = ? WHERE {quoted(column)} = ?", (new, old)
            )

    def _rebuild(self, table: Table, text: TableText, copied: Mapping[str, str | None]) -> None:
        """Make the table anew. ``copied`` gives the expression for a column, or None where it is left out."""
        connection, name = self._connection, quoted(table.name)
        sources: dict[str, str | None] = {c.name: quoted(c.name) for c in table.columns.values() if c.plain}
        pairs = [(column, source) for column, source in {**sources, **copied}.items() if source is not None]
        run(connection, text.statement(quoted(_NEW)))
        targets, values = ", ".join(quoted(c) for c, _ in pairs), ", ".join(s for _, s in pairs)
        run(connection, f"INSERT INTO {quoted(_NEW)} ({targets}) SELECT {values} FROM {name}")
        again = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_schema WHERE tbl_name = ? COLLATE NOCASE AND type IN ('index', 'trigger')"
            " AND sql IS NOT NULL", (table.name,)
        ).scalars().all()  # fmt: skip
        with self._sequence(table.name), self._quiet_rename():
            run(connection, f"DROP TABLE {name}")
            run(connection, f"ALTER TABLE {quoted(_NEW)} RENAME TO {name}")
        for statement in again:
            run(connection, statement)

    @contextmanager
    def _quiet_rename(self) -> Iterator[None]:
        """What names the table goes on naming it, though it is away for a moment."""
        run(self._connection, "PRAGMA legacy_alter_table=ON")
        try:
            yield
        finally:
            run(self._connection, "PRAGMA legacy_alter_table=OFF")

    @contextmanager
    def _sequence(self, table: str) -> Iterator[None]:
        """Keys of removed records are not given out again."""
        connection = self._connection
        if not connection.exec_driver_sql("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").first():
            yield
            return
        last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
        yield
        if last is not None:
            connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))

    def _make_unique(self, table: str, column: str) -> None:
        taken = set(self._connection.exec_driver_sql("SELECT name FROM sqlite_schema").scalars())
        base = f"{PREFIX}unique_{table}.{column}"
        name = next(n for n in (base if i == 1 else f"{base}.{i}" for i in count(1)) if n not in taken)
        run(self._connection, f"CREATE UNIQUE INDEX {quoted(name)} ON {quoted(table)} ({quoted(column)})")

    def _keep_unique(self, column: str, table: str) -> None:
        """A uniqueness that stood in the column's definition went with it: an index takes its place."""
        now = inspect(self._connection, self._names, table).get(table)
        if now is not None and not any(item.column == column for item in now.uniques):
            self._make_unique(table, column)

    def _drop_indexes(self, table: Table, column: str) -> None:
        for item in table.uniques:
            if self._names.fold(item.column) == self._names.fold(column) and not item.constraint:
                run(self._connection, f"DROP INDEX {quoted(item.index)}")


def _as_wanted(table: Table, column: Column) -> Wanted:
    """A column as it is, less its uniqueness."""
    return Wanted(
        name=column.name, type=column.type, required=not column.nullable, default=column.default,
        foreign=table.foreign.get(column.name),
    )  # fmt: skip


def _definition(column: Wanted) -> str:
    declared = column.type.raw if column.type.family == "other" else render(column.type, "sqlite")
    text = f"{quoted(column.name)} {declared}"
    if column.required:
        text += " NOT NULL"
    if column.default is not None:
        text += f" DEFAULT {column.default}"
    if column.foreign is not None:
        target = column.foreign
        place = f" ({quoted(target.column)})" if target.column else ""
        text += f" REFERENCES {quoted(target.table)}{place}"
        text += f" ON DELETE {target.on_delete} ON UPDATE {target.on_update}"
    return text
