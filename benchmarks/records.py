"""The audit of many records: our figures through the real reader of files, beside the same asked of DuckDB by hand."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.jobs import Row
from benchmarks.timing import paired, python, timed

OURS = """
import sys, json, datetime as dt, pathlib
from benchmarks import leads
from crmgov.audit.records.files import FileRecords
held = FileRecords(pathlib.Path(sys.argv[1]), {'Lead': leads.FIELDS}, leads.NOW, memory=leads.MEMORY)
answers = held.answer({'Lead': leads.figures()})
print(json.dumps([leads.told(answers['Lead', figure]) for figure in leads.figures()]))
held.close()
"""
BY_HAND = """
import sys, json, duckdb
from benchmarks import leads
connection = duckdb.connect(config={'memory_limit': leads.MEMORY})
print(json.dumps(leads.by_hand(connection, sys.argv[1])))
"""


def auditing(folder: Path) -> Iterator[Row]:
    """All figures of 2 million records of 120 fields, in processes of their own."""
    path = folder / "Lead.parquet"
    code = "import sys, pathlib; from benchmarks import leads; leads.write(pathlib.Path(sys.argv[1]))"
    timed(python(code, str(path)), runs=1, warm=False)
    ours, peer = paired(python(OURS, str(path)), python(BY_HAND, str(path)), runs=3)
    if ours.output != peer.output:
        raise RuntimeError("the figures are not those that DuckDB gives when asked by hand")
    yield Row("audit 2M x 120 Parquet, full metrics", ours, peer, 1.2)
