"""A fault of ours is a fault; what an engine says is a reason."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pytest
from ibis.common.exceptions import OperationNotDefinedError

from crmgov.audit.records import database, warehouse
from crmgov.audit.records.ask import Asker
from crmgov.audit.records.refusals import UnreachableError
from crmgov.audit.records.relation import Relation
from crmgov.audit.records.warehouse import WarehouseRecords
from crmgov.model.evidence import Evidence
from crmgov.model.figures import Figure, Holding

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
FAULTS = [AssertionError("x"), AttributeError("x"), TypeError("x"), KeyError("x"), IndexError("x"), NameError("x")]
SAID = [
    duckdb.BinderException("x"), sqlite3.OperationalError("x"), OperationNotDefinedError("x"), ConnectionError("x"),
    ValueError("year 10000 is out of range"), OverflowError("x"), UnicodeDecodeError("utf-8", b"x", 0, 1, "x"),
]  # fmt: skip


def asked(run: Callable[[Any], Any]) -> Evidence:
    table = ibis.table({"Name": "string"}, name="Lead")
    relation = Relation(Holding(object="Lead", kinds={"Name": "text"}), table, {"Name": table["Name"]})
    figure = Figure(metric="filled", field="Name")
    answers = Asker("crm", NOW.date(), "", run).answer({"Lead": relation}, {"Lead": [figure]})
    return answers["Lead", figure].evidence


def raising(error: Exception) -> Callable[..., Any]:
    def raise_it(*_: Any, **__: Any) -> Any:
        raise error

    return raise_it


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: type(error).__name__)
def test_a_fault_while_asking_ends_the_audit(error: Exception) -> None:
    with pytest.raises(type(error)):
        asked(raising(error))


@pytest.mark.parametrize("error", SAID, ids=lambda error: type(error).__name__)
def test_what_an_engine_says_is_the_reason(error: Exception) -> None:
    found = asked(raising(error))
    assert (found.exactness, found.count) == ("unmeasured", None)
    assert found.reason.startswith("crm refused it: ")


def test_what_a_library_stumbles_over_is_a_refusal_too() -> None:
    assert asked(lambda _: ibis.sqlite.connect().compile(5)).reason == "crm refused it: attribute error"


@pytest.mark.parametrize("error", [FAULTS[1], sqlite3.OperationalError("x")], ids=["fault", "said"])
def test_so_it_is_when_a_source_is_opened(error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(tmp_path / "crm.db")) as connection, connection:
        connection.execute("CREATE TABLE Lead (Name TEXT)")
    monkeypatch.setattr(warehouse, "related", raising(error))
    monkeypatch.setattr(database, "related", raising(error))
    expected = type(error) if error is FAULTS[1] else UnreachableError
    with pytest.raises(expected):
        WarehouseRecords("sqlite:///crm.db", {"Lead": {"Name": "text"}}, tmp_path, NOW)
