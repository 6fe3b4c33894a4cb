"""What the vendor's own tools need to deploy a plan is written beside it."""

import shutil
from pathlib import Path

from tests.running import ROOT, crmgov, run

PROJECT = ROOT / "tests" / "providers" / "salesforce" / "project"
ENVIRONMENT = "kind: Environment\nname: org\nprovider: salesforce\nconnection: {project: project}\n"


def test_additions_and_removals_are_listed_by_type(tmp_path: Path) -> None:
    shutil.copytree(PROJECT, tmp_path / "project")
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments" / "org.yaml").write_text(ENVIRONMENT)
    run(["git", "init", "-q", str(tmp_path)])
    assert crmgov("pull", "org", cwd=tmp_path).returncode == 0
    field = "kind: Field\nobject: Lead\nname: Added__c\nlabel: Added\ntype: text\nlength: 20\n"
    (tmp_path / "config" / "added.yaml").write_text(field)
    done = crmgov("plan", "org", "--manifests", "deploy", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    package = (tmp_path / "deploy" / "package.xml").read_text()
    assert "<members>Lead.Added__c</members>" in package
    assert "<name>CustomField</name>" in package


def test_a_database_has_none(tmp_path: Path) -> None:
    assert crmgov("init", cwd=tmp_path).returncode == 0
    assert crmgov("env", "init", "sandbox", "--kind", "sandbox", cwd=tmp_path).returncode == 0
    done = crmgov("plan", "sandbox", "--manifests", "deploy", cwd=tmp_path)
    assert done.returncode == 2
    assert not (tmp_path / "deploy").exists()
