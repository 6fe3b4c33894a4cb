"""What ``validate --fix`` does to stage sets."""

from pathlib import Path

from crmgov.check.governance.run import govern
from crmgov.load.tree import load_tree
from crmgov.model.diagnostics import Fix
from crmgov.write.fixes import apply_fixes
from tests.check.governance.case import TODAY

TEXT = """\
# how deals end
kind: StageSet
name: DealStages
field: Deal.Stage
stages:
  - {name: Won, outcome: won, probability: 95}  # nearly
  - name: Lost
    outcome: lost
    probability: 5   # hope
  - {name: Open, outcome: open, probability: 50}
"""


def fixes(root: Path, **more: bool) -> list[Fix]:
    found = govern(load_tree(root, cache=False).snapshot, today=TODAY, **more)
    return [one.fix for one in found if one.code == "STAGE009" and one.fix is not None and one.fix.safe]


def test_probabilities_are_written_right_once_and_comments_stay(tmp_path: Path) -> None:
    file = tmp_path / "config" / "stages.yaml"
    file.parent.mkdir()
    file.write_text(TEXT)
    assert fixes(tmp_path, files=True) == []  # a vendor's file is never edited
    mended = apply_fixes({"config/stages.yaml": TEXT}, fixes(tmp_path))["config/stages.yaml"]
    assert mended == TEXT.replace("95", "100").replace(": 5 ", ": 0 ")
    file.write_text(mended)
    assert fixes(tmp_path) == []
