"""Whoever changes what a ledger holds is found out."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from crmgov.ledger.errors import LedgerError
from crmgov.ledger.files import body_name, entry_name
from crmgov.ledger.heads import page_of
from crmgov.ledger.open import open_ledger
from crmgov.ledger.protocol import Ledger
from crmgov.model.canonical import digest
from tests.ledger.acts import applied

HEAD = f"heads/{page_of('Object/A')}"
BODY = body_name(digest(b"{}"))
COPY = (
    "UPDATE crmgov_ledger_files SET data = (SELECT data FROM crmgov_ledger_files WHERE name = 'entries/0000/001') "
    "WHERE name = ?"
)
Tamper = Callable[[str, tuple[object, ...]], None]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = open_ledger("sqlite:///ledger.db", "production", tmp_path)
    applied(ledger, "r1", "Object/A", "Object/B")
    applied(ledger, "r2", "Object/C")
    ledger.close()
    return open_ledger("sqlite:///ledger.db", "production", tmp_path)


@pytest.fixture
def tamper(tmp_path: Path, ledger: Ledger) -> Tamper:
    def run(statement: str, values: tuple[object, ...]) -> None:
        connection = sqlite3.connect(tmp_path / "ledger.db")
        changed = connection.execute(statement, values).rowcount
        connection.commit()
        connection.close()
        assert changed == 1

    return run


def found(ledger: Ledger) -> list[str]:
    messages = [fault.message for fault in ledger.verify()]
    ledger.close()
    return messages


def test_an_untouched_ledger_is_whole(ledger: Ledger) -> None:
    assert found(ledger) == []


@pytest.mark.parametrize(
    ("statement", "values", "message"),
    [
        ("UPDATE crmgov_ledger_files SET data = replace(data, 'ana', 'bob') WHERE name = ?", (entry_name(2),),
         "The chain breaks at entry 2: its content is not what was written"),
        ("DELETE FROM crmgov_ledger_files WHERE name = ?", (entry_name(1),),
         "The chain breaks at entry 1: it is missing or cannot be read"),
        ("UPDATE crmgov_ledger_files SET data = '{' WHERE name = ?", (entry_name(3),),
         "The chain breaks at entry 3: it is missing or cannot be read"),
        (COPY, (entry_name(3),), "The chain breaks at entry 3: it says that it is entry 1"),
        ("UPDATE crmgov_ledger_files SET data = replace(data, 'Object/A', 'Object/X') WHERE name = ?", (HEAD,),
         "The head of Object/A is not what the entries say"),
        ("UPDATE crmgov_ledger_files SET data = 'x' WHERE name = ?", (HEAD,),
         f"The page of heads {HEAD.partition('/')[2]} cannot be read"),
        ("UPDATE crmgov_ledger_files SET data = '[]' WHERE name = ?", (BODY,),
         f"The body {digest(b'{}')} is not what was written"),
        ("DELETE FROM crmgov_ledger_files WHERE name = ?", (BODY,), f"The body {digest(b'{}')} is missing"),
    ],
)  # fmt: skip
def test_every_change_is_found(
    ledger: Ledger, tamper: Tamper, statement: str, values: tuple[str], message: str
) -> None:
    tamper(statement, values)
    assert message in found(ledger)


def test_a_chain_made_anew_does_not_end_as_it_should(ledger: Ledger, tamper: Tamper) -> None:
    tamper("UPDATE crmgov_ledger_roots SET data = replace(data, '\"serial\":4', '\"serial\":3')", ())
    assert found(ledger) == ["The last entry, 3, is not the one the ledger ends with"]


@pytest.mark.parametrize(
    ("change", "message"),
    [("replace(data, '\"format\":1', '\"format\":2')", "has format 2, not 1"), ("'nothing'", "is damaged")],
)
def test_a_root_that_is_not_understood_is_not_guessed_at(
    ledger: Ledger, tamper: Tamper, change: str, message: str
) -> None:
    tamper(f"UPDATE crmgov_ledger_roots SET data = {change}", ())
    with pytest.raises(LedgerError, match=message):
        ledger.baseline()
    ledger.close()


def test_a_file_that_is_no_database_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"not a database at all, but long enough to be read as one" * 50)
    ledger = open_ledger("sqlite:///ledger.db", "production", tmp_path)
    with pytest.raises(LedgerError, match="file is not a database"):
        ledger.baseline()
    ledger.close()
