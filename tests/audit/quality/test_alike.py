"""Values in normal form, worked out by every engine alike."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from crmgov.audit.records.database import DatabaseRecords
from crmgov.audit.records.files import FileRecords
from crmgov.model.figures import Figure, Likeness, Records
from crmgov.model.provider import Stored

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
ROWS = [
    ("Acme GmbH & Co. KG", "ann@ACME.example", "+47 22 33 44 55", "https://www.acme.example/x?y", "SW1A 1AA"),
    ("ACME", " ann@acme.example", "0047-22334455", "acme.example", "sw1a1aa"),
    ("O'Brien, Ltd.", "bob@brien.example", "+1 555 0100", "mail@brien.example", "0150"),
    ("OBrien Limited", "", "+1 555 0101", "http://brien.example:80", "1050"),
    ("ÄNDERN AS", "n/a", "", "", ""),
]
COLUMNS = ("Name", "Email", "Phone", "Website", "Zip")


def _opened(kind: str, folder: Path) -> Records:
    if kind == "sqlite":
        with sqlite3.connect(folder / "a.db") as connection:
            connection.execute(f"create table account ({', '.join(f'{name} text' for name in COLUMNS)})")
            connection.executemany("insert into account values (?,?,?,?,?)", ROWS)
        stored = Stored(object="Account", table="account", columns={name: name for name in COLUMNS})
        return DatabaseRecords("a", "sqlite:///a.db", [stored], folder, NOW)
    lines = [",".join(COLUMNS), *(",".join(f'"{value}"' for value in row) for row in ROWS)]
    (folder / "Account.csv").write_text("\n".join(lines), encoding="utf-8")
    return FileRecords(folder / "Account.csv", {"Account": dict.fromkeys(COLUMNS, "text")}, NOW)


@pytest.mark.parametrize("kind", ["sqlite", "csv"])
@pytest.mark.parametrize(
    ("alike", "shared", "values"),
    [
        ((("Name", "company_name"),), 4, "2"),
        ((("Name", "words"),), 0, "0"),
        ((("Email", "email"),), 2, "1"),
        ((("Email", "exact"),), 0, "0"),
        ((("Phone", "phone"),), 2, "1"),
        ((("Website", "domain"),), 4, "2"),
        ((("Zip", "zip"),), 2, "1"),
        ((("Name", "company_name"), ("Email", "email")), 2, "1"),
    ],
)
def test_records_that_are_the_same_in_normal_form_are_counted(
    kind: str, alike: tuple[tuple[str, Likeness], ...], shared: int, values: str, tmp_path: Path
) -> None:
    records = _opened(kind, tmp_path)
    figure = Figure(metric="repeated", alike=alike, blanks=("n/a",))
    answer = records.answer({"Account": [figure]})["Account", figure]
    records.close()
    assert (answer.evidence.count, answer.text) == (shared, values), answer.evidence.reason
    assert answer.evidence.exactness == "value"


def test_what_the_source_does_not_hold_is_unmeasured(tmp_path: Path) -> None:
    records = _opened("csv", tmp_path)
    figure = Figure(metric="repeated", alike=(("Name", "words"), ("Missing", "exact")))
    answer = records.answer({"Account": [figure]})["Account", figure]
    records.close()
    assert answer.evidence.exactness == "unmeasured"
    assert "Missing" in answer.evidence.reason
