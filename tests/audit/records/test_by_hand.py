"""Everything an audit asks of two thousand records, and the same in SQL written by hand for DuckDB."""

from pathlib import Path

from benchmarks import leads


def test_the_figures_are_those_of_sql_written_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "Lead.parquet"
    leads.write(path, 2_000)
    asked, told, expected = leads.figures(), leads.ours(path), leads.by_hand(path)
    assert len(told) == len(asked)
    assert [pair for pair in zip(asked, told, expected, strict=True) if pair[1] != pair[2]] == []
