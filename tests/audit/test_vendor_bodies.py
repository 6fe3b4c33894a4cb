"""Configuration pulled from a vendor, judged beside an export: what only a file of the vendor's names is in use."""

import shutil
from pathlib import Path

import pytest

from tests.providers.salesforce.world import PROJECT, metadata
from tests.scenarios.world import run

pytest.importorskip("ibis", reason="ibis is not installed (extra: records)")
ENVIRONMENT = """\
kind: Environment
name: production
provider: salesforce
connection: {project: project}
records: records
"""


ONLY = ["--only", "Berth__c.Short_Remark__c"]


@pytest.fixture
def pulled(tmp_path: Path) -> Path:
    """A repository with a project, an export in which nobody filled the field, and the YAML pulled."""
    shutil.copytree(PROJECT, tmp_path / "project")
    for folder in ("environments", "records"):
        (tmp_path / folder).mkdir()
    (tmp_path / "environments/production.yaml").write_text(ENVIRONMENT)
    lines = ["Id,Short_Remark__c", *(f"{number}," for number in range(300))]
    (tmp_path / "records/Berth__c.csv").write_text("\n".join(lines))
    assert run(["pull", "production"], tmp_path).status == 0
    return tmp_path


def test_an_empty_field_that_only_flows_name_is_kept(pulled: Path) -> None:
    document = run(["audit", "production", *ONLY, "--format", "json"], pulled).json
    (one,) = document["verdicts"]
    assert (one["verdict"], one["reasons"][-1]) == ("keep", "nearly empty, and yet automations depend on it")
    assert "Automation/Berth_Before_Save" in one["uses"]["Automation"]
    assert one["writers"] == ["automation"]
    assert "list views (private ones)" in document["not_looked_at"]


def test_what_is_live_and_in_no_yaml_depends_on_fields_too(pulled: Path) -> None:
    shutil.rmtree(pulled / "config/automations")
    document = run(["audit", "production", *ONLY, "--format", "json"], pulled).json
    (one,) = document["verdicts"]
    assert (one["verdict"], "Automation/Berth_Before_Save" in one["uses"]["Automation"]) == ("keep", True)
    shutil.rmtree(pulled / "project")
    document = run(["audit", "production", *ONLY, "--format", "json"], pulled).json
    assert document["verdicts"][0]["verdict"] == "deprecate"
    assert "what is not in the YAML (production cannot be read)" in document["not_looked_at"]


def test_a_list_view_beside_the_yaml_keeps_a_field_too(pulled: Path) -> None:
    shutil.rmtree(pulled / "config/automations")
    for pattern in ("*.flow-meta.xml", "*.workflow-meta.xml"):
        for one in list((pulled / "project").rglob(pattern)):
            one.unlink()
    before = run(["audit", "production", *ONLY, "--format", "json"], pulled).json["verdicts"][0]
    assert not {"Automation", "ListView"} & before["uses"].keys()
    folder = next((pulled / "project").rglob("objects/Berth__c")) / "listViews"
    folder.mkdir(exist_ok=True)
    nodes = "<fullName>Short</fullName><columns>Short_Remark__c</columns><label>Short ones</label>"
    (folder / "Short.listView-meta.xml").write_text(metadata("ListView", nodes))
    assert run(["pull", "production"], pulled).status == 0
    document = run(["audit", "production", *ONLY, "--format", "json"], pulled).json
    (one,) = document["verdicts"]
    assert (one["verdict"], one["uses"]["ListView"]) == ("keep", ['ListView/Berth__c."Short ones"'])
    assert "list views (private ones)" in document["not_looked_at"]
    assert "1 list view" in run(["audit", "production", *ONLY, "--full"], pulled).out
    (folder / "Short.listView-meta.xml").write_text("<ListView")
    document = run(["audit", "production", *ONLY, "--format", "json"], pulled).json
    assert "list views (1 not understood, and private ones)" in document["not_looked_at"]
