"""Configuration pulled from a vendor, judged beside an export: what only a file of the vendor's names is in use."""

import shutil
from pathlib import Path

import pytest

from tests.providers.salesforce.world import PROJECT
from tests.scenarios.world import run

pytest.importorskip("ibis", reason="ibis is not installed (extra: records)")
ENVIRONMENT = """\
kind: Environment
name: production
provider: salesforce
connection: {project: project}
records: records
"""


def test_an_empty_field_that_only_flows_name_is_kept(tmp_path: Path) -> None:
    shutil.copytree(PROJECT, tmp_path / "project")
    for folder in ("environments", "records"):
        (tmp_path / folder).mkdir()
    (tmp_path / "environments/production.yaml").write_text(ENVIRONMENT)
    lines = ["Id,Short_Remark__c", *(f"{number}," for number in range(300))]
    (tmp_path / "records/Berth__c.csv").write_text("\n".join(lines))
    assert run(["pull", "production"], tmp_path).status == 0
    only = ["--only", "Berth__c.Short_Remark__c"]
    document = run(["audit", "production", *only, "--format", "json"], tmp_path).json
    (one,) = document["verdicts"]
    assert (one["verdict"], one["reasons"][-1]) == ("keep", "nearly empty, and yet automations depend on it")
    assert "Automation/Berth_Before_Save" in one["uses"]["Automation"]
    assert one["writers"] == ["automation"]
    assert any(place.startswith("parts that are not read (record pages") for place in document["not_looked_at"])
