"""A file several times larger than the memory allowed is counted within it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import crmgov

_COUNTING = """
import sys, datetime
from pathlib import Path
from crmgov.audit.records.files import FileRecords
from crmgov.model.figures import Figure

METRICS = ("filled", "distinct", "longest")
fields = {"Lead": {"Email": "email", "Company": "text", "Note": "text"}}
records = FileRecords(Path(sys.argv[1]), fields, datetime.datetime.now(datetime.UTC), memory=int(sys.argv[2]))
figures = [Figure(metric=metric, field=field) for field in fields["Lead"] for metric in METRICS]
figures += [Figure(metric="repeated", field="Email"), Figure(metric="values", field="Company", most=3)]
answers = records.answer({"Lead": figures})
assert all(answers["Lead", figure].known for figure in figures), [answers["Lead", one].evidence for one in figures]
records.close()
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
print(*(answers["Lead", figure].evidence.count for figure in figures), status["VmHWM"].split()[0])
"""
ROWS, MEMORY = 250_000, 440_000_000


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not say what a process takes")
def test_a_file_larger_than_the_memory_allowed_is_counted_within_it(tmp_path: Path) -> None:
    path = tmp_path / "Lead.csv"
    with path.open("w") as file:
        file.write("Id,Email,Company,Note,Body\n")
        filler = "x" * 200
        body = "y" * 3300
        for start in range(0, ROWS, 1000):
            rows = range(start, start + 1000)
            file.write("".join(f'{n},p{n}@example.com,"C, {n % 7}",{n}{filler},{body}\n' for n in rows))
    assert path.stat().st_size > 2 * MEMORY
    environment = {**os.environ, "PYTHONPATH": str(Path(crmgov.__file__).parents[1]), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", _COUNTING, str(path), str(MEMORY)],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    *counts, peak = map(int, done.stdout.split())
    assert counts == [ROWS, ROWS, len("p@example.com249999"), ROWS, 7, len("C, 1"), ROWS, ROWS, 206, 0, 107_144]
    assert peak * 1024 <= MEMORY
    assert [one.name for one in tmp_path.iterdir()] == ["Lead.csv"]
