"""The same figures and findings from Spark as from DuckDB and PostgreSQL, on the same records (``make spark``)."""

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crmgov.audit.records.warehouse import WarehouseRecords
from crmgov.model.figures import Figure
from tests.audit.records.tables import FIELDS, NOW, OBJECT, Row, in_parquet, in_postgres
from tests.audit.records.test_figures import ROWS, agree, figures
from tests.running import crmgov

pytest.importorskip("pyspark", reason="pyspark is not installed: make spark runs this")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which is not installed"),
    pytest.mark.filterwarnings("ignore"),
]


@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(rows=ROWS.filter(len), asked=st.lists(figures(), min_size=12, max_size=16, unique=True))
def test_every_figure_is_what_python_says(rows: list[Row], asked: list[Figure], tmp_path: Path) -> None:
    in_parquet(tmp_path, rows).close()
    agree(WarehouseRecords(f"spark://local[1]/{tmp_path}", {OBJECT: FIELDS}, tmp_path, NOW), rows, asked)


def _rows() -> list[Row]:
    dice = random.Random(4)
    rows = []
    for number in range(400):
        row: dict[str, Any] = dict.fromkeys(FIELDS)
        row |= {
            "Name": f"name {number}",
            "select": dice.choice(["New", " Won", "won", "N/A", ""]),
            "Ünï": number % 3 == 0,
        }
        row["50% of_x"] = "rare" if number == 7 else dice.choice([None, " ", "tbd"])
        row["order by"] = number if number % 20 == 0 else None
        rows.append(row)
    return rows


def _configuration(root: Path) -> None:
    lines = ["kind: Object", "name: Lead", "label: Lead", "fields:"]
    for name, type_ in FIELDS.items():
        lines += [f"  {json.dumps(name, ensure_ascii=False)}:", f"    label: {json.dumps(name)}", f"    type: {type_}"]
        if "picklist" in type_:
            lines.append("    values: {New: {label: New}, Won: {label: Won}}")
    (root / "config").mkdir()
    (root / "config" / "lead.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_audit_finds_the_same_on_each_engine(tmp_path: Path, postgres_url: str) -> None:
    rows = _rows()
    data = tmp_path / "data"
    data.mkdir()
    _configuration(tmp_path)
    in_parquet(data, rows).close()
    in_postgres(postgres_url, rows).close()
    told = [_audit(tmp_path, records) for records in (str(data), postgres_url, f"spark://local[1]/{data}")]
    assert told[0]["findings"]
    assert told[0]["verdicts"]
    assert told[1] == told[0]
    assert told[2] == told[0]


def _audit(root: Path, records: str) -> Any:
    done = crmgov("-C", str(root), "audit", "--records", records, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    return _without_source(json.loads(done.stdout))


def _without_source(found: Any) -> Any:
    """Everything but whence and when."""
    if isinstance(found, dict):
        return {name: _without_source(one) for name, one in found.items() if name not in ("source", "time")}
    return [_without_source(one) for one in found] if isinstance(found, list) else found
