"""The rows of a file are counted apart from the reader, and must add up."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.audit.records.rows import Rows, StrayQuoteError, counted, walked
from tests.audit.records.export import codes, count, lines, message, opened, reason

CELLS = st.text(alphabet='ab,"\n\r é', max_size=4)
TABLES = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1))


def written(table: list[list[str]], end: str) -> bytes:
    """A table as exports write it, every value in quotes."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator=end, quoting=csv.QUOTE_ALL)
    for row in table:
        writer.writerow(row)
    return file.getvalue().encode()


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def by_walking(data: bytes) -> Rows:
    return walked(io.BufferedReader(io.BytesIO(data)), ",")  # type: ignore[arg-type]


@given(table=TABLES, end=st.sampled_from(["\n", "\r\n", "\r"]), size=st.integers(1, 9))
def test_rows_of_what_exports_write_are_counted_however_it_is_cut(table: list[list[str]], end: str, size: int) -> None:
    found = counted(pieces(written(table, end), size), ",")
    assert (found.records, found.width, found.short, found.long) == (len(table) - 1, len(table[0]), 0, 0)
    assert not found.open_line


@given(text=st.text(alphabet='ab,"\n\r', max_size=40), size=st.integers(1, 9))
def test_counting_at_once_agrees_with_walking_through_whatever_it_does_not_refuse(text: str, size: int) -> None:
    data = text.encode()
    slow = by_walking(data)
    try:
        fast = counted(pieces(data, size), ",")
    except StrayQuoteError:
        return
    assert (fast.records, fast.width, fast.short, fast.long) == (slow.records, slow.width, slow.short, slow.long)
    assert (fast.short_lines, fast.long_lines) == (slow.short_lines, slow.long_lines)
    assert bool(fast.open_line) == bool(slow.open_line)


def test_ragged_rows_are_told_by_line_and_not_by_value(tmp_path: Path) -> None:
    path = tmp_path / "Lead.csv"
    path.write_bytes(lines(["Email,Company,Score", "a@x.y,A,1", "b@x.y,secret", 'c@x.y,"C\nC",3', "d@x.y,D,4,secret", "e@x.y,E,5"]))  # fmt: skip
    with opened(path) as records:
        assert codes(records) == ["FILES003", "FILES004"]
        assert message(records, "FILES003").endswith("1 of 5 rows of Lead.csv have more values than columns and are left out: line 6")  # fmt: skip
        assert message(records, "FILES004").endswith("fewer values than columns: line 3")
        assert not any("secret" in problem.message for problem in records.problems())
        assert (count(records), count(records, "filled", "Company"), count(records, "filled", "Score")) == (4, 4, 3)


def test_a_quote_that_never_closes_makes_the_file_unmeasured(tmp_path: Path) -> None:
    path = tmp_path / "Lead.csv"
    path.write_bytes(lines(["Email,Company", "a@x.y,A", 'b@x.y,"B', "c@x.y,C", "d@x.y,D"]))
    with opened(path) as records:
        assert reason(records) == "Lead.csv: its rows do not add up"
        assert message(records, "FILES005").endswith("a quote on line 3 never closes")


def test_quotes_within_values_are_no_quoting(tmp_path: Path) -> None:
    path = tmp_path / "Lead.csv"
    path.write_bytes(lines(["Email,Company", 'a@x.y,5" pipes', 'b@x.y,say "B", or', 'c@x.y,"C" Inc']))
    with opened(path) as records:
        assert codes(records) == ["FILES003"]
        assert (count(records), count(records, "distinct", "Company")) == (2, 2)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_within_quotes_and_empty_lines_are_no_rows(tmp_path: Path, end: str) -> None:
    path = tmp_path / "Lead.csv"
    rows = ["", "Email,Company", f'a@x.y,"A{end}{end}B"', "", '"",""', "c@x.y,C", ""]
    path.write_bytes(end.join(rows).encode())
    with opened(path) as records:
        assert codes(records) == []
        assert (count(records), count(records, "filled", "Email"), count(records, "filled", "Company")) == (3, 2, 2)


def test_a_header_alone_is_no_records_and_an_empty_file_is_unmeasured(tmp_path: Path) -> None:
    (tmp_path / "Lead.csv").write_bytes(b"Email,Company")
    with opened(tmp_path) as records:
        assert (codes(records), count(records)) == ([], 0)
    (tmp_path / "Lead.csv").write_bytes(b"")
    with opened(tmp_path) as records:
        assert (codes(records), reason(records)) == (["FILES002"], "Lead.csv: it is empty")


def test_rows_that_the_reader_and_the_count_disagree_about_are_unmeasured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Lead.csv"
    path.write_bytes(lines(["Email,Company", "a@x.y,A", "b@x.y,B"]))
    monkeypatch.setattr("crmgov.audit.records.delimited.counted", lambda chunks, delimiter: Rows(records=3, width=2))
    with opened(path) as records:
        assert reason(records) == "Lead.csv: its rows do not add up"
        assert message(records, "FILES005").endswith("3 records were counted, 2 were read, 0 repaired and 0 rejected")


def test_a_row_longer_than_any_record_is_refused_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmgov.audit.records.rows.LONGEST", 1 << 16)
    monkeypatch.setattr("crmgov.audit.records.delimited.LONGEST", 1 << 16)
    path = tmp_path / "Lead.csv"
    for value in (b"x" * (1 << 17), b'x"' + b"x" * (1 << 17), b'"' + b"x,\n" * (1 << 17) + b'"'):
        path.write_bytes(b"Email,Company\na@x.y," + value + b"\nb@x.y,B\n")
        with opened(path) as records:
            assert "longer than" in reason(records)
            assert codes(records) == ["FILES002"]


def test_a_long_row_that_spans_blocks_is_read(tmp_path: Path) -> None:
    path = tmp_path / "Lead.csv"
    path.write_bytes(b"Email,Company\na@x.y," + b"x" * 5_000_000 + b"\nb@x.y,B\n")
    with opened(path) as records:
        assert (codes(records), count(records, "longest", "Company")) == ([], 5_000_000)


def test_ten_thousand_columns_are_read_for_the_two_that_are_fields(tmp_path: Path) -> None:
    path = tmp_path / "Lead.csv"
    names = ["Email", *(f"x{number}" for number in range(9_998)), "Company"]
    path.write_bytes(lines([",".join(names), *(",".join(["v"] * 10_000) for _ in range(5))]))
    with opened(path) as records:
        assert (count(records, "filled", "Email"), count(records, "filled", "Company")) == (5, 5)
        assert message(records, "FILES009").startswith("Lead: 9,998 columns")
