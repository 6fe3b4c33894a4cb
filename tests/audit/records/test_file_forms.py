"""Every form in which records come: delimited, Parquet, JSON, packed, in parts, in whatever encoding."""

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.audit.records.json_text import Text
from tests.audit.records.export import answer, codes, count, evidence, lines, message, opened, reason

ROWS = [{"Email": "a@x.y", "Company": "Ä, B", "Score": 1}, {"Email": "b@x.y", "Company": None, "Score": 2}]
CSV = 'Email,Company,Score\na@x.y,"Ä, B",1\nb@x.y,,2\n'


def in_form(name: str, path: Path) -> None:
    if name.endswith(".parquet"):
        pq.write_table(pa.Table.from_pylist(ROWS), path)
        return
    texts = {
        "Lead.csv": CSV, "leads.CSV": CSV, "LEAD.tsv": "Email\tCompany\tScore\na@x.y\tÄ, B\t1\nb@x.y\t\t2\n",
        "lead.txt": CSV.replace(",", ";").replace("Ä; B", "Ä, B"), "Lead-export.csv": "sep=|\n" + 'Email|Company|Score\na@x.y|Ä, B|1\nb@x.y||2\n',
        "Lead.json": json.dumps(ROWS), "lead.json": json.dumps({"_about": "x", "records": ROWS, "done": True}, indent=1),
        "Leads.json": json.dumps({"status": 0, "result": {"totalSize": 2, "records": ROWS}}),
        "Lead.ndjson": "\n".join(map(json.dumps, ROWS)), "sample-leads.jsonl": "\n\n".join(map(json.dumps, ROWS)) + "\n",
    }  # fmt: skip
    text = texts[name.removesuffix(".gz")]
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())


@pytest.mark.parametrize("name", [
    "Lead.csv", "leads.CSV", "LEAD.tsv", "lead.txt", "Lead-export.csv", "Lead.parquet", "Lead.json", "lead.json",
    "Leads.json", "Lead.ndjson", "sample-leads.jsonl", "Lead.csv.gz", "Lead.json.gz",
])  # fmt: skip
def test_every_form_gives_the_same_figures(tmp_path: Path, name: str) -> None:
    in_form(name, tmp_path / name)
    for path in (tmp_path, tmp_path / name):
        with opened(path) as records:
            assert codes(records) == []
            assert count(records) == 2
            assert answer(records, "values", "Company", most=5).counts == (("Ä, B", 1),)
            assert answer(records, "most", "Score").text in ("2", "2.0")


@pytest.mark.parametrize(("encoding", "told"), [
    ("utf-8", ""), ("utf-8-sig", ""), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
    ("utf-32", "UTF-32"), ("cp1252", "Windows-1252"), ("latin-1", "Windows-1252"),
])  # fmt: skip
def test_encodings_are_found_and_told(tmp_path: Path, encoding: str, told: str) -> None:
    path = tmp_path / "Lead.csv"
    path.write_bytes(CSV.encode(encoding))
    with opened(path) as records:
        assert answer(records, "values", "Company", most=5).counts == (("Ä, B", 1),)
        assert codes(records) == (["FILES006"] if told else [])
        if told:
            assert message(records, "FILES006").endswith(told)


def test_broken_bytes_and_nul_are_told_and_their_rows_kept(tmp_path: Path) -> None:
    path = tmp_path / "Lead.csv"
    path.write_bytes("Email,Company\na@x.y,Ämter\nb@x.y,Übel é\n".encode() + b"c@x.y,B\xff\x00C\n")
    with opened(path) as records:
        assert message(records, "FILES007") == "Lead.csv holds 1 places that are not text and 1 NUL bytes"
        assert (count(records), count(records, "filled", "Company")) == (3, 3)


def test_an_empty_text_and_none_are_both_blank(tmp_path: Path) -> None:
    path = tmp_path / "Lead.csv"
    path.write_bytes(lines(["Email,Company", 'a@x.y,""', "b@x.y,", 'c@x.y," "', "d@x.y,=cmd|'/c calc'!A1"]))
    with opened(path) as records:
        assert (count(records), count(records, "filled", "Company")) == (4, 1)


def test_parts_of_one_object_are_one_table_by_name(tmp_path: Path) -> None:
    (tmp_path / "Lead_1.csv").write_bytes(lines(["Id,Email,Company", "1,a@x.y,A", "2,b@x.y,B"]))
    (tmp_path / "lead_2.csv").write_bytes(lines(["COMPANY,ID,Score", "C,3,7"]))
    pq.write_table(pa.table({"Id": ["4"], "Email": ["d@x.y"], "Score": [8]}), tmp_path / "Leads-part-3.parquet")
    with opened(tmp_path) as records:
        assert codes(records) == []
        assert [count(records), *(count(records, "filled", one) for one in ("Email", "Company", "Score"))] == [
            4,
            3,
            3,
            2,
        ]


def test_the_same_records_in_two_files_are_not_counted_twice(tmp_path: Path) -> None:
    (tmp_path / "Lead-2026-11-01.csv").write_bytes(lines(["Id,Email", "1,a@x.y", "2,b@x.y"]))
    (tmp_path / "Lead-2026-11-08.csv").write_bytes(lines(["Id,Email", "1,a@x.y", "3,b@x.y"]))
    with opened(tmp_path) as records:
        assert codes(records) == ["FILES013"]
        assert reason(records) == "Lead: 1 records stand in several files"


def test_one_part_that_cannot_be_read_leaves_its_object_unmeasured_and_others_measured(tmp_path: Path) -> None:
    (tmp_path / "Lead_1.csv").write_bytes(lines(["Email", "a@x.y"]))
    (tmp_path / "Lead_2.csv").write_bytes(b"<!DOCTYPE html><html>Session expired</html>")
    (tmp_path / "Account.csv").write_bytes(lines(["Name", "A"]))
    with opened(tmp_path, {"Lead": {"Email": "email"}, "Account": {"Name": "text"}}) as records:
        assert "web page" in reason(records)
        assert evidence(records, "filled", "Email").exactness == "unmeasured"
        assert count(records, name="Account") == 1


def test_values_that_do_not_read_as_their_type_count_as_filled_and_are_told(tmp_path: Path) -> None:
    path = tmp_path / "Lead.csv"
    rows = ["Revenue;Since;Score;Hot", "1,5;2026-01-31;1;true", "2,5;31.01.2026;2;no", "3;01/02/2026;3;maybe", ";;4;"]
    path.write_bytes(lines(rows))
    with opened(path) as records:
        told = [problem.message for problem in records.problems() if problem.code == "FILES011"]
        assert told == [
            "2 of 3 values of Lead.Revenue (66.7%) do not read as decimal",
            "2 of 3 values of Lead.Since (66.7%) do not read as date",
            "1 of 3 values of Lead.Hot (33.3%) do not read as boolean",
        ]
        assert [count(records, "filled", one) for one in ("Revenue", "Since", "Score")] == [3, 3, 4]
        assert evidence(records, "most", "Revenue").reason == told[0]
        assert answer(records, "most", "Score").text in ("4", "4.0")


def test_nested_values_go_by_their_path_and_lists_are_several_values(tmp_path: Path) -> None:
    elements = [
        {
            "attributes": {"type": "Lead"},
            "Email": "a@x.y",
            "Interests": ["A", "B"],
            "Owner": {"Name": "x"},
            "Lines": [{}],
        },
        {"Email": "b@x.y", "Interests": "B;C", "Hot": True},
    ]
    (tmp_path / "Lead.json").write_text(json.dumps(elements))
    with opened(tmp_path) as records:
        assert message(records, "FILES009").endswith("2 columns of its records are no field that is configured: Owner.Name, Lines")  # fmt: skip
        where = b'{"field":"Interests","op":"includes","value":["B"]}'
        assert answer(records, "records", where=where).evidence.count == 2
        assert (count(records, "filled", "Hot"), codes(records)) == (1, [])


def test_blanks_between_several_values_count_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "Lead.csv").write_text("Email,Interests\na@x.y,A; B\nb@x.y, B ;C\nc@x.y,AB;C B\n")
    with opened(tmp_path) as records:
        where = b'{"field":"Interests","op":"includes","value":["B"]}'
        assert answer(records, "records", where=where).evidence.count == 2
        assert dict(answer(records, "values", "Interests").counts)["B"] == 2


@pytest.mark.parametrize("text", [
    '[{"Email": "a"}, {"Email": ', '{"records": [{"Email": "a"}', "[1, 2", "hello", '[{"Email": "a"} {"Email": "b"}]',
    "[" * 100_000, '{"a":' * 100_000, "<html>", '{"totalSize": 3, "records": "no"', '[{"Email": NaNN}]',
])  # fmt: skip
def test_broken_json_is_unmeasured_and_never_a_traceback(tmp_path: Path, text: str) -> None:
    (tmp_path / "Lead.json").write_text(text)
    with opened(tmp_path) as records:
        assert reason(records).startswith("Lead.json: ")
        assert codes(records)[0] in ("FILES002", "FILES003")


def test_lines_that_are_no_element_are_rejected_and_told(tmp_path: Path) -> None:
    (tmp_path / "Lead.ndjson").write_text('{"Email": "a"}\n{"Email": \n7\n{"Email": "b"}\n')
    with opened(tmp_path) as records:
        assert (count(records), codes(records)) == (2, ["FILES003"])
        assert message(records, "FILES003").endswith("2 of 4 rows of Lead.ndjson cannot be read and are left out: elements 2, 3")  # fmt: skip


ELEMENTS = st.lists(st.dictionaries(st.text(max_size=3), st.one_of(st.none(), st.integers(), st.text(max_size=5))))


def as_texts(elements: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{key: str(value) if isinstance(value, int) else value for key, value in one.items()} for one in elements]


@given(elements=ELEMENTS, indent=st.sampled_from([None, 1]), size=st.integers(1, 7), under=st.booleans())
def test_elements_are_the_same_however_the_text_is_cut(
    elements: list[dict[str, object]], indent: int | None, size: int, under: bool
) -> None:
    document = {"a": [1], "records": elements} if under else elements
    data = json.dumps(document, indent=indent, ensure_ascii=False).encode()
    text = Text(data[at : at + size] for at in range(0, len(data), size))
    assert list(text.within() if under else text.listed()) == as_texts(elements)
    text.end()
