"""What an overlay takes away and others still name is told with the environment it is missing in."""

from pathlib import Path

from tests.running import crmgov

TREE = """\
kind: Object
name: Lead
label: Lead
fields:
  Region: {type: text, label: Region}
---
kind: Layout
name: Main
object: Lead
sections:
  - name: Details
    fields: [Region]
"""
ENVIRONMENT = """\
kind: Environment
name: dev
provider: sql
connection: {url: "sqlite:///dev.db"}
overlays:
  - {address: Field/Lead.Region, exclude: true}
"""


def test_names_are_checked_as_each_environment_has_them(tmp_path: Path) -> None:
    for folder, text in (("config", TREE), ("environments", ENVIRONMENT)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "all.yaml").write_text(text)
    done = crmgov("validate", cwd=tmp_path)
    assert 'config/all.yaml:12:14  error REF002  No field "Region" in Lead, in dev' in done.stdout
    assert "Overlays of dev environments/all.yaml:5:1" in done.stdout
    assert done.returncode == 1
