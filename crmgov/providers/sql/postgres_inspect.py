"""PostgreSQL: what the catalogue says of the tables of one schema."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from crmgov.providers.sql.names import Names
from crmgov.providers.sql.physical import Catalog, Column, ForeignKey, SqlType, Table, Unique
from crmgov.providers.sql.types import parse

_SCHEMA = "quote_ident(current_schema())::regnamespace"
_HERE = f"c.relnamespace = {_SCHEMA} AND c.relkind IN ('r', 'p') AND NOT c.relispartition {{one}}"
_COLUMNS = f"""SELECT c.relname, a.attname, t.typname, a.atttypmod, a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
  a.attgenerated = '', COALESCE(a.attnum = ANY(k.conkey), false), COALESCE(array_position(k.conkey, a.attnum), 0),
  t.typnamespace = 'pg_catalog'::regnamespace
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p' WHERE {_HERE} ORDER BY c.relname, a.attnum"""
_TABLES = f"SELECT c.relname FROM pg_class c WHERE {_HERE}"
_FOREIGN = f"""SELECT c.relname, k.conname, array_length(k.conkey, 1), a.attname, p.relname, b.attname,
  k.confdeltype, k.confupdtype
FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' JOIN pg_class p ON p.oid = k.confrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = k.confkey[1] WHERE {_HERE} ORDER BY c.relname, k.conname"""
_INDEXES = f"""SELECT c.relname, x.relname, i.indisunique,
  i.indpred IS NULL AND i.indexprs IS NULL AND i.indnkeyatts = 1,
  a.attname, EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype = 'u')
FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND NOT i.indisprimary AND i.indisvalid
JOIN pg_class x ON x.oid = i.indexrelid
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] WHERE {_HERE} ORDER BY c.relname, x.relname"""
_OTHERS = f"""SELECT 'check constraints', count(*) FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
  AND k.contype IN ('c', 'x') WHERE {_HERE}
UNION ALL SELECT 'triggers', count(*) FROM pg_class c JOIN pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal
  WHERE {_HERE}
UNION ALL SELECT 'views', count(*) FROM pg_class c WHERE c.relnamespace = {_SCHEMA}
  AND c.relkind IN ('v', 'm') {{one}}
UNION ALL SELECT 'foreign tables', count(*) FROM pg_class c WHERE c.relnamespace = {_SCHEMA}
  AND c.relkind = 'f' {{one}}"""
_ACTIONS = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}


def inspect(connection: Connection, names: Names, table: str | None = None) -> Catalog:
    """Look at all tables of the schema, or at one."""
    one, parameters = ("", ()) if table is None else ("AND c.relname = %s", (table,))

    def ask(query: str) -> Sequence[Sequence[Any]]:
        return connection.exec_driver_sql(query.format(one=one), parameters).fetchall()

    columns, keys = _columns(ask(_COLUMNS))
    left: dict[str, Counter[str]] = defaultdict(Counter)
    foreign = _foreign(ask(_FOREIGN), left)
    uniques = _uniques(ask(_INDEXES), left)
    tables = [
        Table(
            name=name, columns=columns.get(name, {}), key=keys.get(name, ()), uniques=tuple(uniques[name]),
            foreign=foreign[name], left=dict(left[name]),
        )
        for (name,) in ask(_TABLES)
    ]  # fmt: skip
    others = {} if table is not None else {sort: count for sort, count in ask(_OTHERS) if count}
    return Catalog(tables, names.fold, others)


def _columns(rows: Sequence[Sequence[Any]]) -> tuple[dict[str, dict[str, Column]], dict[str, tuple[str, ...]]]:
    columns: dict[str, dict[str, Column]] = defaultdict(dict)
    keys: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for table, name, type_name, modifier, notnull, default, plain, key, place, builtin in rows:
        columns[table][name] = Column(
            name=name, type=_type(type_name, modifier, builtin), nullable=not notnull, default=default, plain=plain
        )
        if key:
            keys[table].append((place, name))
    return columns, {table: tuple(name for _, name in sorted(parts)) for table, parts in keys.items()}


def _type(name: str, modifier: int, builtin: bool) -> SqlType:
    """The type behind a catalogue entry; a modifier holds the length, or precision and scale, plus 4."""
    if not builtin and name != "citext":
        return SqlType("other", raw=name)
    found = parse(name)
    if found.family == "text" and name in ("varchar", "bpchar") and modifier >= 0:
        return SqlType("text", length=modifier - 4)
    if found.family == "numeric" and modifier >= 0:
        scale = (modifier - 4) & 0x7FF
        return SqlType("numeric", precision=((modifier - 4) >> 16) & 0xFFFF, scale=(scale ^ 0x400) - 0x400)
    return found


def _foreign(rows: Sequence[Sequence[Any]], left: dict[str, Counter[str]]) -> dict[str, dict[str, ForeignKey]]:
    found: dict[str, dict[str, ForeignKey]] = defaultdict(dict)
    for table, name, size, column, target, to, on_delete, on_update in rows:
        if size > 1:
            left[table]["foreign keys of several columns"] += 1
            continue
        found[table][column] = ForeignKey(
            table=target, column=to, on_delete=_ACTIONS[on_delete], on_update=_ACTIONS[on_update], name=name
        )
    return found


def _uniques(rows: Sequence[Sequence[Any]], left: dict[str, Counter[str]]) -> dict[str, list[Unique]]:
    found: dict[str, list[Unique]] = defaultdict(list)
    for table, index, unique, simple, column, constraint in rows:
        if unique and simple and column is not None:
            found[table].append(Unique(column=column, index=index, constraint=constraint))
        else:
            left[table]["indexes"] += 1
    return found
