"""``validate --fix`` mends what governance rules find, keeps comments, and has nothing to do the second time."""

from pathlib import Path

from crmgov.cli.app import App
from crmgov.cli.checking import fix_all, judge
from crmgov.cli.workspace import Workspace

OBJECT = """\
kind: Object
name: Deal
label: Deal
track_history: true
fields:
  Stage:
    type: picklist
    description: Where it stands.
    values: [Open, Won]
    restricted: true
    track_history: true  # since the audit
  # Whoever sells it.
  Owner: {type: user, description: Who sells it.}
"""
FIELD = """\
kind: Field
name: Discount
object: Deal
# In percent of the list price.
type: percent
description: What is taken off.
track_history: false  # nobody asked
"""
RULE = """\
kind: Validation
name: Limit
object: Deal
reject_when: {field: Discount, op: greater, value: 40}
message: Ask first.
"""


def _codes(root: Path) -> list[str]:
    workspace = Workspace(App.of(str(root), quiet=True, verbose=False))
    return [one.code for one in judge(workspace, None).findings if one.code == "MODEL007"]


def _fix(root: Path) -> int:
    return fix_all(root, judge(Workspace(App.of(str(root), quiet=True, verbose=False)), None).findings)


def test_history_is_switched_on_and_comments_stay(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    for name, text in (("object", OBJECT), ("discount", FIELD), ("rule", RULE)):
        (folder / f"{name}.yaml").write_text(text)
    assert len(_codes(tmp_path)) == 2
    assert _fix(tmp_path) == 2
    assert _codes(tmp_path) == []
    assert (folder / "discount.yaml").read_text() == FIELD.replace("track_history: false", "track_history: true")
    mended = (folder / "object.yaml").read_text()
    assert "# since the audit" in mended
    assert "# Whoever sells it." in mended
    assert "Owner: {type: user, track_history: true, description: Who sells it.}" in mended
    assert _fix(tmp_path) == 0
    assert (folder / "object.yaml").read_text() == mended
