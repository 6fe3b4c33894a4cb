"""SQLite: what the database itself says of its tables."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from crmgov.providers.sql.names import Names
from crmgov.providers.sql.physical import Catalog, Column, ForeignKey, Table, Unique
from crmgov.providers.sql.types import parse

_TABLES = "SELECT m.name, m.sql FROM sqlite_schema m WHERE m.type = 'table' {one}"
_COLUMNS = """SELECT m.name, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden
FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) x WHERE m.type = 'table' {one} ORDER BY m.name, x.cid"""
_FOREIGN = """SELECT m.name, f.id, f."table", f."from", f."to", f.on_delete, f.on_update
FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' {one} ORDER BY m.name, f.id, f.seq"""
_INDEXES = """SELECT m.name, i.name, i."unique", i.origin, i.partial, x.name
FROM sqlite_schema m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) x
WHERE m.type = 'table' {one} ORDER BY m.name, i.seq, x.seqno"""
_ORDINARY = "SELECT name FROM {list} WHERE schema = 'main' AND type = 'table'"
_LEFT = {"view": "views", "trigger": "triggers"}


def inspect(connection: Connection, names: Names, table: str | None = None) -> Catalog:
    """Look at all tables, or at one."""
    fold = names.fold
    one, parameters = ("", ()) if table is None else ("AND m.name = ? COLLATE NOCASE", (table,))

    def ask(query: str) -> Sequence[Sequence[Any]]:
        return connection.exec_driver_sql(query.format(one=one), parameters).fetchall()

    rows = ask(_TABLES)
    listed = "pragma_table_list" if table is None else "pragma_table_list(?)"
    ordinary = set(connection.exec_driver_sql(_ORDINARY.format(list=listed), parameters).scalars())
    columns, keys = _columns(ask(_COLUMNS))
    foreign, left = _foreign(ask(_FOREIGN), columns)
    uniques = _uniques(ask(_INDEXES), left)
    tables = [
        Table(
            name=name, columns=columns.get(name, {}), key=keys.get(name, ()), uniques=tuple(uniques[name]),
            foreign=foreign[name], left=dict(left[name]), sql=sql,
        )
        for name, sql in rows if name in ordinary and not name.startswith("sqlite_")
    ]  # fmt: skip
    return Catalog(tables, fold, _others(connection, len(rows) - len(tables)) if table is None else {})


def _others(connection: Connection, special: int) -> dict[str, int]:
    kinds = connection.exec_driver_sql("SELECT type, count(*) FROM sqlite_schema GROUP BY type").fetchall()
    left = {_LEFT[kind]: count for kind, count in kinds if kind in _LEFT}
    internal = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                                          " AND name LIKE 'sqlite\\_%' ESCAPE '\\'").scalar_one()  # fmt: skip
    return {**left, "virtual tables": special - internal} if special > internal else left


def _columns(rows: Sequence[Sequence[Any]]) -> tuple[dict[str, dict[str, Column]], dict[str, tuple[str, ...]]]:
    columns: dict[str, dict[str, Column]] = defaultdict(dict)
    keys: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for table, name, declared, notnull, default, key, hidden in rows:
        columns[table][name] = Column(
            name=name, type=parse(declared), nullable=not notnull, default=default, plain=hidden == 0
        )
        if key:
            keys[table].append((key, name))
    return columns, {table: tuple(name for _, name in sorted(parts)) for table, parts in keys.items()}


def _foreign(
    rows: Sequence[Sequence[Any]], columns: dict[str, dict[str, Column]]
) -> tuple[dict[str, dict[str, ForeignKey]], dict[str, Counter[str]]]:
    constraints: dict[tuple[str, int], list[Sequence[Any]]] = defaultdict(list)
    for row in rows:
        constraints[(row[0], row[1])].append(row)
    found: dict[str, dict[str, ForeignKey]] = defaultdict(dict)
    left: dict[str, Counter[str]] = defaultdict(Counter)
    for (table, _), parts in constraints.items():
        if len(parts) > 1:
            left[table]["foreign keys of several columns"] += 1
            continue
        _, _, target, column, to, on_delete, on_update = parts[0]
        real = next((name for name in columns[table] if name.lower() == str(column).lower()), column)
        found[table][real] = ForeignKey(table=target, column=to, on_delete=on_delete, on_update=on_update)
    return found, left


def _uniques(rows: Sequence[Sequence[Any]], left: dict[str, Counter[str]]) -> dict[str, list[Unique]]:
    indexes: dict[tuple[str, str], list[Sequence[Any]]] = defaultdict(list)
    for row in rows:
        indexes[(row[0], row[1])].append(row)
    found: dict[str, list[Unique]] = defaultdict(list)
    for (table, index), parts in indexes.items():
        _, _, unique, origin, partial, column = parts[0]
        if origin == "pk":
            continue
        if not unique or partial or len(parts) > 1 or column is None:
            left[table]["indexes"] += 1
        else:
            found[table].append(Unique(column=column, index=index, constraint=origin == "u"))
    return found
