"""Records in a warehouse: which table is counted, what is said of the engine, and how boxes are read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import ibis
import pytest

from crmgov.audit.records.warehouse import WarehouseRecords
from crmgov.model.figures import Answers, Figure
from tests.audit.records.tables import NOW

FIELDS = {"Lead": {"Name": "text", "Vip": "boolean"}}


def warehouse(folder: Path, *statements: str) -> WarehouseRecords:
    """The records of a new DuckDB database."""
    with duckdb.connect(str(folder / "records.duckdb")) as connection:
        for statement in statements:
            connection.execute(statement)
    return WarehouseRecords("duckdb:///records.duckdb", FIELDS, folder, NOW)


def told(records: WarehouseRecords) -> list[tuple[str, str]]:
    try:
        return [(one.code, one.message) for one in records.problems()]
    finally:
        records.close()


def asked(records: WarehouseRecords, *figures: Figure) -> Answers:
    try:
        return records.answer({"Lead": figures})
    finally:
        records.close()


def test_an_engine_that_was_never_compared_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(warehouse(tmp_path, "CREATE TABLE lead (Name text, Vip boolean)")) == []
    with closing(sqlite3.connect(tmp_path / "there.db")) as connection, connection:
        connection.execute("CREATE TABLE lead (Name text, Vip boolean)")
        connection.execute("INSERT INTO lead VALUES ('a', true)")
    monkeypatch.setattr(ibis, "connect", {"other://there/x": ibis.sqlite.connect(tmp_path / "there.db")}.__getitem__)
    records = WarehouseRecords("other://there/x", FIELDS, tmp_path, NOW)
    assert told(records) == [("RECORDS010", "sqlite is asked, but its figures were never compared")]
    assert records.name == "sqlite (not proved)"


def test_of_two_tables_that_fit_one_object_one_is_counted_and_both_are_named(tmp_path: Path) -> None:
    records = warehouse(
        tmp_path,
        "CREATE TABLE lead (Name text, Vip boolean)",
        "INSERT INTO lead VALUES ('a', true)",
        "CREATE TABLE leads (Name text, Vip boolean)",
        "CREATE TABLE visits (Name text)",
    )
    figure = Figure(metric="records")
    assert records.answer({"Lead": [figure]})["Lead", figure].evidence.count == 1
    assert told(records) == [("RECORDS011", "leads and lead both fit Lead; leads is left out")]


@pytest.mark.parametrize(
    ("type_", "values"), [("tinyint", "(1), (0), (0), (NULL)"), ("text", "('Yes'), ('no'), (' false '), ('')")]
)
def test_a_box_that_is_not_ticked_is_not_filled_whatever_its_column_holds(
    tmp_path: Path, type_: str, values: str
) -> None:
    filled = Figure(metric="filled", field="Vip")
    unticked = Figure(metric="records", where=b'{"field":"Vip","op":"equals","value":false}')
    records = warehouse(tmp_path, f"CREATE TABLE lead (Vip {type_})", f"INSERT INTO lead VALUES {values}")
    answers = asked(records, filled, unticked)
    assert [answers["Lead", one].evidence.count for one in (filled, unticked)] == [1, 2]


def test_a_box_that_says_something_else_is_told_and_counts_as_filled(tmp_path: Path) -> None:
    filled = Figure(metric="filled", field="Vip")
    ticked = Figure(metric="records", where=b'{"field":"Vip","op":"equals","value":true}')
    records = warehouse(
        tmp_path, "CREATE TABLE lead (Name text, Vip text)", "INSERT INTO lead (Vip) VALUES ('ja'), ('nein'), ('no')"
    )
    answers = records.answer({"Lead": [filled, ticked]})
    assert answers["Lead", filled].evidence.count == 2
    assert answers["Lead", ticked].evidence.exactness == "unmeasured"
    assert told(records) == [("FILES011", "2 of 3 values of Lead.Vip (66.7%) do not read as boolean")]
