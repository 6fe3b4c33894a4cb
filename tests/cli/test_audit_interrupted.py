"""``crmgov audit`` interrupted while a statement runs: it ends at once, says so, and leaves nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ENVIRONMENT

pytest.importorskip("ibis", reason="ibis is not installed (extra: records)")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX has them")

# The statement is made endless, and says by a file that it runs.
_DUCKDB = """
import crmgov.audit.records.engines.duckdb as engine, crmgov.audit.records.files as files
real = engine.rows
def rows(backend, expression, patience):
    open({mark!r}, "w").close()
    backend.con.execute("SELECT 1")
    class Endless:
        con = backend.con
        def compile(self, _):
            return "SELECT count(*) FROM range(9000000) a, range(9000000) b WHERE a.range % 7 = b.range % 11"
    return real(Endless(), expression, patience)
files.rows = rows
"""
_SQLITE = """
import crmgov.audit.records.engines.sqlite as engine
real = engine.SqliteEngine.rows
def rows(self, expression):
    open({mark!r}, "w").close()
    class Endless:
        def compile(self, _):
            return "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r"
    self.backend = Endless()
    return real(self, expression)
engine.SqliteEngine.rows = rows
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("engine", ["duckdb", "sqlite"])
def test_a_signal_ends_it_during_a_statement(tmp_path: Path, engine: str, number: int) -> None:
    (tmp_path / "config").mkdir()
    lead = "kind: Object\nname: Lead\nlabel: Lead\nfields: {Email: {type: email, label: E-mail}}\n"
    (tmp_path / "config" / "lead.yaml").write_text(lead)
    (tmp_path / "temporary").mkdir()
    mark = tmp_path / "mark"
    os.mkfifo(mark)
    if engine == "duckdb":
        where = str(tmp_path / "Lead.csv")
        (tmp_path / "Lead.csv").write_text("Email\na@x.com\n")
    else:
        import sqlite3
        from contextlib import closing

        where = f"sqlite:///{tmp_path}/crm.db"
        with closing(sqlite3.connect(tmp_path / "crm.db")) as connection, connection:
            connection.execute("CREATE TABLE Lead (Email TEXT)")
    slow = (_DUCKDB if engine == "duckdb" else _SQLITE).format(mark=str(mark))
    program = f"{slow}\nimport sys\nfrom crmgov.cli import main\nsys.argv[0] = 'crmgov'\nmain()\n"
    words = [sys.executable, "-c", program, "-C", str(tmp_path), "audit", "--records", where]
    environment = {**ENVIRONMENT, "TMPDIR": str(tmp_path / "temporary")}
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        mark.read_text()  # until the statement is about to run
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    # DuckDB may add which of its own objects the interpreter's end found alive.
    assert (process.returncode, out, err.strip().splitlines()[0]) == (130, "", "Stopped.")
    assert "Traceback" not in err
    assert list((tmp_path / "temporary").iterdir()) == []
