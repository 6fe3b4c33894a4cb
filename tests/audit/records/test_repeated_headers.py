"""Files that were put behind one another with their headers."""

from pathlib import Path

import pytest

from tests.audit.records.export import answer, codes, count, opened

FIELDS = {"Lead": {"Name": "text", "City": "text"}}


def test_a_repeated_header_is_no_record(tmp_path: Path) -> None:
    one = "Name,City,Old Id\n" + "".join(f"n{at},Oslo,{at}\n" for at in range(5))
    (tmp_path / "Lead.csv").write_text(
        one + one.upper().lower().replace("name,city,old id", '"Name", City ,Old Id') + one
    )
    with opened(tmp_path, FIELDS) as records:
        assert count(records) == 15
        assert answer(records, "values", "City").counts == (("Oslo", 10), ("oslo", 5))
        assert codes(records) == ["FILES015"]
        told = next(one.message for one in records.problems() if one.code == "FILES015")
        assert told == "2 rows of Lead.csv repeat its header and are left out"


def test_a_mark_comes_along_with_the_second_file(tmp_path: Path) -> None:
    one = "\ufeffName,City\nn,Oslo\n"
    (tmp_path / "Lead.csv").write_text(one + one, encoding="utf-8")
    with opened(tmp_path, FIELDS) as records:
        assert (count(records), codes(records)) == (2, ["FILES015"])


@pytest.mark.parametrize("row", ["Name,Oslo,1", "Name,City,1", "Name,City,", "City,Name,Old Id", "name,City,Old Id"])
def test_a_record_that_holds_some_headings_is_one(row: str, tmp_path: Path) -> None:
    (tmp_path / "Lead.csv").write_text(f"Name,City,Old Id\na,b,c\n{row}\n")
    with opened(tmp_path, FIELDS) as records:
        assert (count(records), codes(records)) == (2, [])


def test_rows_add_up_beside_ragged_ones(tmp_path: Path) -> None:
    (tmp_path / "Lead.csv").write_text("Name,City\na,b\nName,City\nc\nd,e,f\nName,City\n")
    with opened(tmp_path, FIELDS) as records:
        assert count(records) == 2
        assert sorted(codes(records)) == ["FILES003", "FILES004", "FILES015"]
        told = {one.code: one.message for one in records.problems()}
        assert told["FILES003"].startswith("1 of 5 rows of Lead.csv have more values than columns")
        assert told["FILES015"] == "2 rows of Lead.csv repeat its header and are left out"
