"""Exports as bad luck leaves them: cut into pages, put together from others, named by any bytes, in many pieces."""

import gzip
import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crmgov.audit.records import text
from tests.audit.records.export import codes, count, lines, message, opened, reason


def test_a_file_and_folder_named_by_bytes_that_are_no_text_are_read_and_named_without_them(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/of\xff"))
    folder.mkdir()
    pq.write_table(pa.table({"Email": ["a@x.y"]}), tmp_path / "Lead.parquet")
    (tmp_path / "Lead.parquet").rename(folder / "Lead.parquet")
    (inner := folder / os.fsdecode(b"in\xff")).mkdir()
    (inner / "Lead-1.csv").write_bytes(lines(["Email", "b@x.y"]))
    (folder / os.fsdecode(b"Other\xff.csv")).write_bytes(lines(["Email", "b@x.y"]))
    (folder / os.fsdecode(b"Other.\xff")).write_bytes(b"")
    with opened(folder) as records:
        assert (count(records, "filled", "Email"), records.name) == (2, "of?")
        "".join(one.message for one in records.problems()).encode()


def test_a_folder_named_by_a_dot_has_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "export[1]"
    folder.mkdir()
    pq.write_table(pa.table({"Email": ["a@x.y"]}), folder / "Lead.parquet")
    monkeypatch.chdir(folder)
    with opened(Path()) as records:
        assert (records.name, count(records)) == ("export[1]", 1)


def test_files_of_other_columns_and_types_are_one_table_however_many(tmp_path: Path) -> None:
    for number in range(40):
        head, row = ("Email,Score", f"a{number}@x.y,1") if number % 2 else ("Score,Email", f"2,a{number}@x.y")
        (tmp_path / f"Lead-{number}.csv").write_bytes(lines([head, row]))
    pq.write_table(pa.table({"Email": ["p@x.y"], "Score": [3]}), tmp_path / "Lead-41.parquet")
    pq.write_table(pa.table({"Email": ["q@x.y"], "Score": ["4"]}), tmp_path / "Lead-42.parquet")
    with opened(tmp_path) as records:
        assert (count(records), count(records, "filled", "Score"), count(records, "distinct", "Score")) == (42, 42, 4)
        assert count(records, "distinct", "Email") == 42


@pytest.mark.parametrize("said", ["é", '"'])
def test_a_delimiter_that_is_none_is_told(tmp_path: Path, said: str) -> None:
    (tmp_path / "Lead.csv").write_text(f"sep={said}\nEmail{said}Company\na{said}b\n", encoding="utf-8")
    with opened(tmp_path) as records:
        assert "which is not read" in reason(records)


def test_a_packed_file_that_is_nearly_nothing_but_packing_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "ALWAYS", 1 << 16)
    (tmp_path / "Lead.csv.gz").write_bytes(gzip.compress(lines(["Email", *["a@x.y"] * 500_000])))
    with opened(tmp_path) as records:
        assert "times its size" in reason(records)


def test_nothing_behind_a_list_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "Lead.json").write_text('[{"Email": "a@x.y"}]\n[{"Email": "b@x.y"}]\n')
    with opened(tmp_path) as records:
        assert "its JSON is broken" in reason(records)


def test_a_page_without_its_last_is_told_and_all_pages_are_not(tmp_path: Path) -> None:
    first = {"totalSize": 2, "done": False, "nextRecordsUrl": "/next", "records": [{"Email": "a@x.y"}]}
    (tmp_path / "Lead-1.json").write_text(json.dumps(first))
    with opened(tmp_path) as records:
        assert "more records of Lead follow" in message(records, "FILES014")
    (tmp_path / "Lead-2.json").write_text(json.dumps({"records": [{"Email": "b@x.y"}], "done": True}))
    with opened(tmp_path) as records:
        assert (count(records), codes(records)) == (2, [])


def test_a_list_of_nothing_is_no_records(tmp_path: Path) -> None:
    (tmp_path / "Lead.json").write_text("[]")
    with opened(tmp_path) as records:
        assert (count(records), codes(records)) == (0, [])
    (tmp_path / "Lead.json").write_text("[1, null]")
    with opened(tmp_path) as records:
        assert "none of its elements is an object" in reason(records)


def test_what_is_nested_is_never_taken_for_blank(tmp_path: Path) -> None:
    elements = [
        {"Email": "a@x.y", "Company": None, "Interests": ["A", None, {"x": 1}]},
        {"Email": {"x": 1}, "Company": {"Name": "A"}, "Interests": [["A"]]},
        {"Email": None, "Company": {"Name": "B"}, "Interests": []},
    ]
    (tmp_path / "Lead.json").write_text(json.dumps(elements))
    with opened(tmp_path) as records:
        assert (count(records, "filled", "Interests"), count(records, "filled", "Email")) == (2, 2)
        assert "Company" not in records.holdings()["Lead"].kinds


def test_numbers_of_json_stay_as_they_are_written(tmp_path: Path) -> None:
    long = "9" * 5000
    (tmp_path / "Lead.json").write_text(f'[{{"Company": {long}, "Revenue": 1.50}}, {{"Company": 1.0, "Revenue": NaN}}]')
    with opened(tmp_path) as records:
        assert [count(records, "filled", one) for one in ("Company", "Revenue")] == [2, 1]
        assert count(records, "distinct", "Company") == 2


def test_damage_within_a_file_is_told_and_other_objects_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "Lead.parquet"
    columns = {"Score": [f"{number}" for number in range(3000)], "Email": ["a@x.y"] * 3000}
    pq.write_table(pa.table(columns), path, compression="none", use_dictionary=False)
    data = bytearray(path.read_bytes())
    data[8:400] = b"\xff" * 392
    path.write_bytes(data)
    (tmp_path / "Deal.csv").write_bytes(lines(["Name", "A"]))
    with opened(tmp_path, {"Lead": {"Score": "integer", "Email": "email"}, "Deal": {"Name": "text"}}) as records:
        assert "Lead.parquet: its values are damaged" in reason(records)
        assert (codes(records), count(records, name="Deal")) == (["FILES002"], 1)


def test_bytes_that_are_no_text_in_parquet_are_told(tmp_path: Path) -> None:
    raw = pa.array([b"\xff\xfe"] * 3, pa.binary())
    broken = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    pq.write_table(pa.table({"Score": broken, "Id": broken}), tmp_path / "Lead-1.parquet")
    (tmp_path / "Lead-2.csv").write_bytes(lines(["Id,Score", "1,2"]))
    with opened(tmp_path) as records:
        assert "its values are damaged" in reason(records)


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_a_folder_within_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Lead.csv").write_bytes(lines(["Email", "a@x.y"]))
    (tmp_path / "closed").mkdir(mode=0)
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).stat().st_mode & 0o500)  # as who is not root sees it
    try:
        with opened(tmp_path) as records:
            assert message(records, "FILES012") == "closed is left out: it may not be read"
    finally:
        (tmp_path / "closed").chmod(0o700)
