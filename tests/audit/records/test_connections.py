"""Connections only read, see one moment, end in time, and say nothing they should not."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from crmgov.audit.records.engines.postgres import PostgresEngine
from crmgov.audit.records.engines.sqlite import SqliteEngine
from crmgov.audit.records.refusals import TooSlowError, UnreachableError
from crmgov.audit.records.warehouse import WarehouseRecords
from crmgov.model.figures import Figure
from tests.audit.records.tables import FIELDS, NOW, OBJECT, Row, in_postgres, in_sqlite

COUNT = Figure(metric="records")
FILLED = Figure(metric="filled", field="Name")


def _row(**given: Any) -> Row:
    return {**dict.fromkeys(FIELDS), **given}


def _count(records: Any, figure: Figure) -> int | None:
    count: int | None = records.answer({OBJECT: [figure]})[OBJECT, figure].evidence.count
    return count


def test_sqlite_cannot_write_and_needs_a_file_that_is_there(tmp_path: Path) -> None:
    in_sqlite(tmp_path, [_row()]).close()
    engine = SqliteEngine(tmp_path / "lead.sqlite", 10)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        engine.backend.con.execute('DELETE FROM "Lead"')
    engine.close()
    with pytest.raises(UnreachableError, match=r"none\.sqlite"):
        SqliteEngine(tmp_path / "none.sqlite", 10)
    (tmp_path / "text.sqlite").write_text("not a database at all, whatever its name says")
    with pytest.raises(UnreachableError, match=r"text\.sqlite"):
        SqliteEngine(tmp_path / "text.sqlite", 10)


def test_sqlite_tells_one_moment(tmp_path: Path) -> None:
    records = in_sqlite(tmp_path, [_row(Name="a")])
    writer = sqlite3.connect(tmp_path / "lead.sqlite", isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    assert _count(records, COUNT) == 1
    writer.execute('INSERT INTO "Lead" ("Name") VALUES (\'b\')')
    assert _count(records, FILLED) == 1
    records.close()
    writer.close()


def test_sqlite_gives_up_in_time(tmp_path: Path) -> None:
    in_sqlite(tmp_path, [_row(Name=str(n)) for n in range(2000)]).close()
    engine = SqliteEngine(tmp_path / "lead.sqlite", 1e-9)
    table = engine.backend.table(OBJECT)
    with pytest.raises(TooSlowError, match="longer than"):
        engine.rows(table.cross_join(table.view()).count().as_table())
    engine.close()


def test_postgresql_cannot_write_and_tells_one_moment(postgres_url: str) -> None:
    import psycopg

    records = in_postgres(postgres_url, [_row(Name="a")])
    assert _count(records, COUNT) == 1
    with psycopg.connect(postgres_url, autocommit=True) as writer:
        writer.execute('INSERT INTO "Lead" ("Name") VALUES (\'b\')')
    assert _count(records, FILLED) == 1
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        records._engine.backend.con.execute('DELETE FROM "Lead"')
    records.close()


def test_postgresql_gives_up_in_time(postgres_url: str) -> None:
    import ibis

    engine = PostgresEngine(postgres_url, 0.05)
    table = ibis.range(0, 100_000_000).unnest().name("n").as_table()
    with pytest.raises(TooSlowError, match=r"0\.05 seconds"):
        engine.rows(table.aggregate(n=table.n.sum()))
    engine.close()


def test_what_is_refused_leaves_the_rest_of_the_snapshot(postgres_url: str) -> None:
    records = in_postgres(postgres_url, [_row(Name="secret words")])
    bad = Figure(metric="fitting", field="Name", pattern="(")
    answers = records.answer({OBJECT: [bad, COUNT, FILLED]})
    assert (answers[OBJECT, COUNT].evidence.count, answers[OBJECT, FILLED].evidence.count) == (1, 1)
    assert "refused" in answers[OBJECT, bad].evidence.reason
    assert "secret" not in answers[OBJECT, bad].evidence.reason
    records.close()


def test_a_connection_lost_on_the_way_leaves_figures_unmeasured(postgres_url: str) -> None:
    import psycopg

    records = in_postgres(postgres_url, [_row(Name="a")])
    assert _count(records, COUNT) == 1
    with psycopg.connect(postgres_url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                      " AND datname = current_database()")  # fmt: skip
    answers = records.answer({OBJECT: [FILLED, Figure(metric="values", field="Name")]})
    for _, answer in answers:
        assert answer.evidence.reason == "the connection to the database was lost"
    records.close()


def test_no_password_is_told(tmp_path: Path) -> None:
    for url in (
        "postgresql://me:hunter2@127.0.0.1:1/nothing?connect_timeout=1", "postgresql://me:hun%ter2@[broken/x",
        f"postgresql://me:hunter2@/nothing?host={tmp_path}", "nothing://me:hunter2@there/x",
    ):  # fmt: skip
        with pytest.raises(UnreachableError) as raised:
            WarehouseRecords(url, {OBJECT: FIELDS}, tmp_path, NOW)
        assert "hunter2" not in str(raised.value)
        assert "hun%ter2" not in str(raised.value)


def test_spark_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    (tmp_path / "Lead.parquet").mkdir()
    with pytest.raises(UnreachableError, match="the Python package pyspark is not installed"):
        WarehouseRecords(f"spark://local/{tmp_path}", {OBJECT: FIELDS}, tmp_path, NOW)
