"""``validate --fix`` mends what governance rules find, keeps comments, and has nothing to do the second time."""

from pathlib import Path

from crmgov.cli.app import App
from crmgov.cli.checking import fix_all, judge
from crmgov.cli.workspace import Workspace
from tests.running import crmgov

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
    workspace = Workspace(App.of(str(root), quiet=True, verbose=False))
    done, left = fix_all(workspace, judge(workspace, None).findings)
    assert left == []
    return done


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


def test_a_file_that_changes_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    for name, text in (("object", OBJECT), ("discount", FIELD), ("rule", RULE)):
        (folder / f"{name}.yaml").write_text(text)
    workspace = Workspace(App.of(str(tmp_path), quiet=True, verbose=False))
    findings = judge(workspace, None).findings
    (folder / "discount.yaml").write_text(FIELD + "label: Discount\n")
    (folder / "object.yaml").unlink()
    done, left = fix_all(workspace, findings)
    assert done == 0
    assert sorted(one.message.rpartition(" in ")[2] for one in left) == ["config/discount.yaml", "config/object.yaml"]
    assert (folder / "discount.yaml").read_text() == FIELD + "label: Discount\n"
    assert not (folder / "object.yaml").exists()


def test_a_fix_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Without a space before it, YAML takes what follows a quoted text for no comment, once the quotes are gone."""
    (tmp_path / "config").mkdir()
    file = tmp_path / "config/discount.yaml"
    file.write_text(FIELD + 'precision: "5"# digits\n')
    done = crmgov("validate", "--fix", cwd=tmp_path)
    assert "Not done" in done.stderr
    assert "config/discount.yaml" in done.stderr
    assert file.read_text() == FIELD + 'precision: "5"# digits\n'
