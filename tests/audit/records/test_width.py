"""What one figure costs does not depend on how many other fields an object has."""

import datetime as dt
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crmgov.audit.records.files import FileRecords
from crmgov.audit.records.warehouse import WarehouseRecords
from crmgov.model.figures import Figure, Records, scope

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
RECENT = scope({"field": "CreatedDate", "op": "greater_or_equal", "value": "$today-90"})


def fields(width: int) -> dict[str, str]:
    return {**{f"F{number}": ("text", "integer", "date")[number % 3] for number in range(width)}, "Parent": "lookup"}


def table(width: int) -> list[list[str]]:
    names = list(fields(width))
    rows = [[("word", "7", "2026-01-05")[number % 3] for number in range(width)] for _ in range(3)]
    return [
        [*names, "Id", "CreatedDate", "LastModifiedDate"],
        *([*row, "a", f"a{at}", "2026-11-01", "2026-11-02"] for at, row in enumerate(rows)),
    ]


def in_files(folder: Path, width: int) -> Records:
    lines = [",".join(row) for row in table(width)]
    (folder / "Lead.csv").write_text("\n".join(lines) + "\n")
    (folder / "Other.csv").write_text("Id,Name\na,b\n")
    return FileRecords(folder, {"Lead": fields(width), "Other": {"Name": "text"}}, NOW)


def in_sqlite(folder: Path, width: int) -> Records:
    names, *rows = table(width)
    with closing(sqlite3.connect(folder / "crm.db")) as connection, connection:
        types = {"CreatedDate": "TIMESTAMP", "LastModifiedDate": "TIMESTAMP"}
        columns = ", ".join(f"{name} {types.get(name, 'TEXT')}" for name in names)
        connection.execute(f"CREATE TABLE Lead ({columns})")
        connection.execute("CREATE TABLE Other (Id TEXT, Name TEXT)")
        connection.execute("INSERT INTO Other VALUES ('a', 'b')")
        connection.executemany(f"INSERT INTO Lead VALUES ({', '.join('?' * len(names))})", rows)
    return WarehouseRecords("sqlite:///crm.db", {"Lead": fields(width), "Other": {"Name": "text"}}, folder, NOW)


ASKED = [
    Figure(metric="records"), Figure(metric="filled", field="F0", blanks=("n/a",), where=RECENT),
    Figure(metric="distinct", field="F0"), Figure(metric="values", field="F3"),
    Figure(metric="latest", field="F3"), Figure(metric="filled", field="F6", by="F9"),
    Figure(metric="repeated", alike=(("F12", "email"),)),
    Figure(metric="records", where=scope({"field": "Parent.Name", "op": "present"}), via=(("Parent", "Other"),)),
]  # fmt: skip


def calls(work: Callable[[], Any]) -> int:
    """How many functions are called meanwhile, ours and those of libraries."""
    count = 0

    def called(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("opened", [in_files, in_sqlite])
def test_figures_cost_the_same_beside_ten_times_the_fields(
    opened: Callable[[Path, int], Records], tmp_path: Path
) -> None:
    costs = []
    for width in (60, 600):
        folder = tmp_path / str(width)
        folder.mkdir()
        with closing(opened(folder, width)) as records:
            records.answer({"Lead": ASKED[:1]})
            costs.append(calls(lambda records=records: records.answer({"Lead": ASKED})))  # type: ignore[misc]
            answers = records.answer({"Lead": ASKED})
            assert [answers["Lead", figure].known for figure in ASKED] == [True] * len(ASKED)
            assert [answers["Lead", figure].evidence.count for figure in (ASKED[0], ASKED[-1])] == [3, 3]
    assert costs[1] < 1.5 * costs[0]


def test_files_that_lack_a_field_still_count_with_those_that_have_it(tmp_path: Path) -> None:
    (tmp_path / "Lead-1.csv").write_text("Name,City\na,x\nb,y\n")
    (tmp_path / "Lead-2.csv").write_text("Name\nc\n")
    with closing(FileRecords(tmp_path, {"Lead": {"Name": "text", "City": "text"}}, NOW)) as records:
        figures = [Figure(metric="filled", field="City"), Figure(metric="values", field="City")]
        answers = records.answer({"Lead": figures})
        assert (answers["Lead", figures[0]].evidence.count, answers["Lead", figures[0]].evidence.of) == (2, 3)
        assert answers["Lead", figures[1]].counts == (("x", 1), ("y", 1))
