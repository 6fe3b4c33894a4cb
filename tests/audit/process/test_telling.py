"""What is told of stages with several pipelines, and that nothing is told of a record."""

import sqlite3
from contextlib import closing
from pathlib import Path

from crmgov.audit.records.database import DatabaseRecords
from crmgov.model.provider import Stored
from tests.audit.process.case import NOW, Tree, found, in_files, of_code
from tests.audit.process.trees import DEALS

TWO: Tree = {
    **DEALS,
    "Pipeline/Deal.Renewing": {
        "stage_set": "DealStages",
        "stages": [{"name": "Offer", "entry": {"required": ["CloseDate"]}}, {"name": "Won"}, {"name": "Lost"}],
    },
    "RecordType/Deal.Fresh": {"pipeline": "Selling", "label": "Fresh deal"},
    "RecordType/Deal.Renewal": {"pipeline": "Renewing"},
}
ROWS = (
    {"Id": 1, "Stage": "Offer", "Amount": "", "CloseDate": "", "RecordType": "Fresh"},
    {"Id": 2, "Stage": "Offer", "Amount": "", "CloseDate": "", "RecordType": "Renewal"},
    {"Id": 3, "Stage": "Offer", "Amount": 1, "CloseDate": "2026-09-01", "RecordType": "Fresh deal"},
)
SECRET = "Gunnlaug-4711"


def told(tmp_path: Path, rows: object) -> list[str]:
    assert isinstance(rows, (list, tuple))
    return [one.message for one in of_code(in_files(TWO, {"Deal": rows}, tmp_path / "export"), "INSTAGE001")]


def test_records_are_judged_by_the_pipeline_of_their_record_type(tmp_path: Path) -> None:
    assert told(tmp_path, ROWS) == [
        '1 of 2 Deal records (50%) in "Offer" of Selling lack what it asks for: Amount 1',
        '1 of 1 Deal records (100%) in "Offer" of Renewing lack what it asks for: CloseDate 1',
    ]


def test_records_that_do_not_say_their_pipeline_must_hold_what_all_ask_for(tmp_path: Path) -> None:
    assert told(tmp_path, [{**row, "RecordType": "0125g000000abcd"} for row in ROWS]) == []
    (tmp_path / "again").mkdir()
    assert told(tmp_path / "again", [{key: row[key] for key in row if key != "RecordType"} for row in ROWS]) == []


def test_no_value_of_a_record_is_told(tmp_path: Path) -> None:
    deal = {"Id": SECRET, "Stage": SECRET, "Owner": SECRET, "Amount": "", "Account": SECRET, "Contact": SECRET,
            "RecordType": SECRET, "LastModifiedById": SECRET, "LastModifiedDate": "2020-01-01"}  # fmt: skip
    open_ = {**deal, "Stage": "New", "CloseDate": "2020-01-01", "LastActivityDate": "2020-01-01"}
    user = {"Id": SECRET, "IsActive": "false", "LastLoginDate": "2020-01-01", "UserRole.Name": SECRET}
    contact = {"Id": SECRET, "Account": "other", "Email": SECRET, "LastVerified": "2020-01-01"}
    rows = {"Deal": [deal, open_], "User": [user, {**user, "Id": "x", "IsActive": "true"}], "Contact": [contact]}
    told = in_files(TWO, rows, tmp_path / "export")
    assert {"INSTAGE002", "OWNED002", "DEALS001", "LINKED001", "USERS001", "GOLDEN001"} <= {one.code for one in told}
    assert [one for one in told if SECRET in repr(one)] == []


def test_too_few_records_are_not_called_incomplete(tmp_path: Path) -> None:
    rows = {"Deal": [{"Id": n, "Stage": "New", "Amount": "", "Account": 1} for n in range(199)]}
    assert of_code(in_files(DEALS, rows, tmp_path / "few", minimum=200), "GOLDEN001") == []
    rows["Deal"].append({"Id": 200, "Stage": "New", "Amount": "", "Account": 1})
    assert of_code(in_files(DEALS, rows, tmp_path / "enough", minimum=200), "GOLDEN001") != []


def test_records_of_which_nothing_is_held_are_no_finding(tmp_path: Path) -> None:
    told = in_files(TWO, {"Deal": [{"Id": 1, "Nothing": "x"}]}, tmp_path / "export")
    assert [one.code for one in told if not one.code.startswith("FILES")] == ["RECORDS012"]


def test_a_column_that_cannot_be_asked_is_not_called_empty(tmp_path: Path) -> None:
    tree: Tree = {**DEALS, "External/Cockpit": {"type": "dashboard", "reads": ["Deal.Amount", "Deal.Stage"]}}
    with closing(sqlite3.connect(tmp_path / "crm.db")) as connection, connection:
        connection.execute("CREATE TABLE kept (Id INTEGER, Stage TEXT, said TEXT)")
        connection.executemany("INSERT INTO kept VALUES (?, 'Offer', '{}')", [(number,) for number in range(9)])
        connection.execute(
            "CREATE VIEW Deal AS SELECT Id, Stage, CAST(json_extract(said, '$.a') AS TEXT) AS Amount FROM kept"
        )
    stored = [Stored(object="Deal", table="Deal", key="Id", columns={one: one for one in ("Id", "Stage", "Amount")})]
    records = DatabaseRecords("crm", "sqlite:///crm.db", stored, tmp_path, NOW)
    with closing(sqlite3.connect(tmp_path / "crm.db")) as connection, connection:
        connection.execute("UPDATE kept SET said = '{broken'")
    told = found(tree, records)
    assert of_code(told, "TRUST001") == []
