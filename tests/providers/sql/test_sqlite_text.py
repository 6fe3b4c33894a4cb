"""The text of a SQLite table, taken apart and put together, means the same table."""

import sqlite3
from contextlib import closing

import pytest

from crmgov.providers.sql.sqlite_text import TableText, kept_clauses

TABLES = [
    "CREATE TABLE t (a)",
    'CREATE TABLE "we ""ird (" ("a,b" text, [c)d] integer, `e``f` real, g) WITHOUT ROWID'.replace(", g)", ", g PRIMARY KEY)"),
    "CREATE TABLE t (a text DEFAULT 'x,(''y', b integer CHECK (b IN (1, 2, (3))), -- note, (\n c /* , ) */ text)",
    "CREATE TABLE t (a integer, CONSTRAINT \"odd,\" UNIQUE (a, b), b text, FOREIGN KEY (b) REFERENCES u (x))".replace(
        "CONSTRAINT \"odd,\" UNIQUE (a, b), b text,", "b text, CONSTRAINT \"odd,\" UNIQUE (a, b),"
    ),
    "CREATE TABLE t (ü text, 😀 integer, \"primary\" text, a text GENERATED ALWAYS AS (ü || ',') VIRTUAL) STRICT".replace(
        "ü text", "ü text"
    ),
]  # fmt: skip


@pytest.mark.parametrize("sql", TABLES)
def test_a_table_made_from_its_text_again_is_the_same(sql: str) -> None:
    def look(statement: str, name: str) -> list[object]:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE TABLE u (x text UNIQUE)")
            connection.execute(statement)
            return [
                connection.execute("SELECT * FROM pragma_table_xinfo(?)", (name,)).fetchall(),
                connection.execute("SELECT * FROM pragma_foreign_key_list(?)", (name,)).fetchall(),
                connection.execute('SELECT "unique", origin FROM pragma_index_list(?)', (name,)).fetchall(),
            ]

    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(sql)
        (name, stored) = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchone()
    assert look(TableText.parse(stored).statement('"again"'), "again") == look(stored, name)


def test_constraints_of_one_column_alone_are_left_out() -> None:
    text = TableText.parse(
        'CREATE TABLE t (a, b, UNIQUE ("A"), CONSTRAINT x FOREIGN KEY (a) REFERENCES u, UNIQUE (a, b))'
    )
    text.drop_constraints("a", frozenset({"UNIQUE", "FOREIGN"}), str.lower)
    assert text.items == ["a", "b", "UNIQUE (a, b)"]


def test_checks_and_collations_of_a_column_are_kept() -> None:
    definition = '"a" text NOT NULL DEFAULT (1) CONSTRAINT c CHECK (a > (2)) COLLATE NOCASE UNIQUE REFERENCES t (x) ON DELETE SET NULL'
    assert kept_clauses(definition) == " CONSTRAINT c CHECK (a > (2)) COLLATE NOCASE"
