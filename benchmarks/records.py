"""The audit of many records: our figures through the real reader of files, beside the same asked of DuckDB by hand."""

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.jobs import Row
from benchmarks.timing import paired, timed


def auditing(folder: Path) -> Iterator[Row]:
    """All figures of 2 million records of 120 fields, in processes of their own."""
    path = folder / "Lead.parquet"
    timed(_leads("write", path), runs=1, warm=False)
    ours, peer = paired(_leads("ours", path), _leads("hand", path), runs=3)
    if ours.output != peer.output:
        raise RuntimeError("the figures are not those that DuckDB gives when asked by hand")
    yield Row("audit 2M x 120 Parquet, full metrics", ours, peer, 1.2)


def _leads(doing: str, path: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.leads", doing, str(path)]
