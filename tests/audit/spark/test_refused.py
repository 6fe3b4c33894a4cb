"""What Spark cannot do is told in one sentence: no traceback, and not a word of Java's."""

import os
import socket
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crmgov.audit.records.engines import open_engine
from crmgov.audit.records.refusals import RefusedError, TooSlowError, UnreachableError
from crmgov.audit.records.warehouse import WarehouseRecords
from crmgov.model.figures import Figure, Records
from tests.audit.records.tables import NOW
from tests.audit.spark.conftest import spark_url
from tests.running import ROOT, crmgov, run

pytestmark = pytest.mark.usefixtures("spark")
FIELDS = {"Lead": {"Name": "text", "Tags": "multipicklist"}, "Account": {"Name": "text"}}
COUNT, FILLED, TAGS = (
    Figure(metric="records"),
    Figure(metric="filled", field="Name"),
    Figure(metric="values", field="Tags"),
)


def _write(path: Path, **columns: Any) -> None:
    pq.write_table(pa.table(columns), path)


def _opened(folder: Path) -> WarehouseRecords:
    return WarehouseRecords(spark_url(folder), FIELDS, folder, NOW)


def _counted(records: Records, figure: Figure, name: str = "Lead") -> int | None:
    answer = records.answer({name: [figure]})[name, figure]
    assert answer.known, answer.evidence.reason
    return answer.evidence.count


def _reason(url: str, folder: Path) -> str:
    with pytest.raises(UnreachableError) as raised:
        WarehouseRecords(url, FIELDS, folder, NOW)
    return str(raised.value)


def test_a_master_that_is_not_there(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    (tmp_path / "Lead.parquet").mkdir()
    assert _reason(f"spark://127.0.0.1:{port}/{tmp_path}", tmp_path).startswith(
        f"no master of Spark answers at 127.0.0.1:{port}: "
    )
    for wrong in ("nonsense", "127.0.0.1", "local[0x]", "yarn", "", "local[2"):
        assert _reason(f"spark://{wrong}/{tmp_path}", tmp_path) == "a master of Spark is local, local[2] or host:7077"


def test_one_master_at_a_time(tmp_path: Path) -> None:
    _write(tmp_path / "Lead.parquet", Name=["a"])
    assert "local[2] already" in _reason(f"spark://local[3]/{tmp_path}", tmp_path)
    one, two = _opened(tmp_path), _opened(tmp_path)
    one.close()
    assert _counted(two, FILLED) == 1
    two.close()


def test_a_folder_that_is_not_there_or_holds_no_tables(tmp_path: Path) -> None:
    assert _reason(spark_url(tmp_path / "none"), tmp_path) == "there is no folder none"
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "Lead.csv").write_text("Name\na\n")
    assert _reason(spark_url(tmp_path / "empty"), tmp_path) == "no file in empty ends with .parquet"


def test_a_file_that_cannot_be_read_costs_its_object_alone(tmp_path: Path) -> None:
    _write(tmp_path / "Lead.parquet", Name=["a", "b"])
    (tmp_path / "Account.parquet").write_bytes(b"PAR1 was never finished")
    records = _opened(tmp_path)
    assert [(one.code, one.message) for one in records.problems() if one.severity == "error"] == [
        ("FILES002", "Account cannot be read: failed read file")
    ]
    assert (_counted(records, FILLED), list(records.holdings())) == (2, ["Lead"])
    records.close()


def test_a_file_that_breaks_off_later_leaves_its_figures_unmeasured(tmp_path: Path) -> None:
    path = tmp_path / "Lead.parquet"
    _write(path, Name=[f"secret {number}" for number in range(5000)])
    content = bytearray(path.read_bytes())
    content[200:4000] = bytes(3800)
    path.write_bytes(content)
    records = _opened(tmp_path)
    answer = records.answer({"Lead": [FILLED]})["Lead", FILLED]
    assert answer.evidence.reason == "pyspark refused it: failed read file"
    records.close()


@pytest.mark.parametrize("name", ["a b", "100%", "[ab]*?{x}", "back\\slash", "it's `quoted`.v1", "Ünï", "a:b", "#?&="])
def test_folders_of_any_name(name: str, tmp_path: Path) -> None:
    from urllib.parse import quote

    folder = tmp_path / name
    folder.mkdir()
    _write(folder / "Lead.parquet", Name=["a", None])
    (folder / "Account.parquet").mkdir()
    _write(folder / "Account.parquet" / "part-1.parquet", Name=["a", None])
    url = spark_url(tmp_path)
    records = WarehouseRecords(url.replace(str(tmp_path), quote(str(folder))), FIELDS, tmp_path, NOW)
    assert (_counted(records, FILLED), _counted(records, COUNT, "Account")) == (1, 2)
    records.close()


def test_parts_with_other_columns_and_lists(tmp_path: Path) -> None:
    folder = tmp_path / "Lead.parquet"
    folder.mkdir()
    _write(folder / "part-1.parquet", Id=[1, 2])
    _write(folder / "part-2.parquet", Id=[3, 4], Name=["a", " "], Tags=[["x", "y"], ["y", None]])
    _write(tmp_path / "Leads (2).parquet", Name=["twice"])
    records = _opened(tmp_path)
    assert (_counted(records, COUNT), _counted(records, FILLED)) == (4, 1)
    assert records.answer({"Lead": [TAGS]})["Lead", TAGS].counts == (("y", 2), ("x", 1))
    assert "RECORDS011" in [one.code for one in records.problems()]
    records.close()


def test_what_is_refused_is_told_without_the_statement(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _write(tmp_path / "Lead.parquet", Name=["secret"])
    records = _opened(tmp_path)
    bad = Figure(metric="fitting", field="Name", pattern="(")
    assert (
        records.answer({"Lead": [bad, FILLED]})["Lead", bad].evidence.reason
        == "pyspark refused it: pattern syntax exception"
    )
    assert _counted(records, FILLED) == 1
    with pytest.raises(RefusedError, match="unresolved column"):
        records._engine.rows(records._engine.backend.sql("SELECT nothing FROM Lead", schema={"nothing": "string"}))
    records.close()
    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_changed_meanwhile_is_told(tmp_path: Path) -> None:
    _write(tmp_path / "Lead.parquet", Name=["a"], Tags=["x"])
    records = _opened(tmp_path)
    assert _counted(records, FILLED) == 1
    _write(tmp_path / "Lead.parquet", Other=["a", "b"])
    for figure in (COUNT, TAGS):
        assert (
            records.answer({"Lead": [figure]})["Lead", figure].evidence.reason
            == "Lead.parquet was changed while it was read"
        )
    records.close()


def test_a_statement_ends_in_time(tmp_path: Path) -> None:
    _write(tmp_path / "Lead.parquet", Name=[str(number) for number in range(3000)])
    engine = open_engine(spark_url(tmp_path), tmp_path, patience=1)
    table = engine.table("Lead")
    many = table.cross_join(table.view().rename(a="Name")).cross_join(table.view().rename(b="Name"))
    with pytest.raises(TooSlowError, match="longer than 1 seconds"):
        engine.rows(many.aggregate(n=(many.Name.length() * many.b.length()).sum()))
    assert engine.rows(table.aggregate(n=table.count())) == [{"n": 3000}]
    engine.close()


_LOST = """
import os, signal, subprocess, sys
from pathlib import Path
from tests.audit.spark.test_refused import COUNT, FILLED, _counted, _opened
folder = Path(sys.argv[1])
records = _opened(folder)
assert _counted(records, COUNT) == 1
from pyspark import SparkContext
os.kill(SparkContext._gateway.proc.pid, 9)
SparkContext._gateway.proc.wait()
print(records.answer({"Lead": [FILLED]})["Lead", FILLED].evidence.reason)
records.close()
again = _opened(folder)
print(_counted(again, FILLED))
again.close()
"""


def test_a_java_program_that_dies_is_lost_and_can_be_begun_anew(tmp_path: Path) -> None:
    import sys

    _write(tmp_path / "Lead.parquet", Name=["a"])
    done = run([sys.executable, "-c", _LOST, str(tmp_path)], cwd=ROOT)
    assert (done.stdout.splitlines(), done.stderr) == (["the connection to Spark was lost", "1"], "")


def test_the_command_says_what_is_wrong_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "lead.yaml").write_text(
        "kind: Object\nname: Lead\nlabel: Lead\nfields: {Name: {label: Name, type: text}}\n"
    )
    _write(tmp_path / "Lead.parquet", Name=["a"])
    (tmp_path / "bin").mkdir()
    for program in ("bash", "sh", "env", "dirname", "basename", "uname", "sed", "tr"):
        found = next(Path(one) / program for one in os.get_exec_path() if (Path(one) / program).exists())
        (tmp_path / "bin" / program).symlink_to(found)
    words = ("-C", str(tmp_path), "audit", "--records", spark_url(tmp_path))
    plain = {"PATH": str(tmp_path / "bin"), "JAVA_HOME": ""}
    missing = crmgov(*words, **plain)
    assert "Spark needs Java, which is not installed" in missing.stderr
    (tmp_path / "bin" / "java").write_text("#!/bin/sh\necho UnsupportedClassVersionError >&2\nexit 1\n")
    (tmp_path / "bin" / "java").chmod(0o755)
    old = crmgov(*words, **plain)
    assert "Java does not start Spark, which needs Java 17 or newer" in old.stderr
    assert "UnsupportedClassVersionError" not in old.stderr
    assert {missing.returncode, old.returncode} == {missing.returncode} != {0}
    good = crmgov(*words, cwd=tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    assert sorted(one.name for one in tmp_path.iterdir() if one.name != ".crmgov") == ["Lead.parquet", "bin", "config"]
