"""Whole trees: what is loaded, where it stands, and what a broken file leaves of the rest."""

from pathlib import Path

import pytest

from crmgov.load.tree import load_tree
from crmgov.model.canonical import digest
from crmgov.model.diagnostics import Where

FLOW = b"<Flow>\r\n</Flow>"


def write(root: Path, name: str, data: bytes | str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def test_location_and_form_never_affect_meaning(tmp_path: Path) -> None:
    inline = "kind: Object\nname: Lead\nfields:\n  Region: {type: text}\n  Tier: {type: picklist, values: [b, a]}\n"
    alone = "kind: Field\nname: Tier\nobject: Lead\ntype: picklist\nvalues:\n- name: b\n- {name: a}\n"
    write(tmp_path, "one/config/lead.yaml", inline)
    write(tmp_path, "two/config/deep/er/x.yml", alone + "---\nkind: Object\nname: Lead\n")
    write(
        tmp_path,
        "two/environments/y.yaml",
        "apiVersion: crmgov/v1\nobject: Lead\nname: Region\nkind: Field\ntype: text\n",
    )
    one, two = (load_tree(tmp_path / name, cache=False) for name in ("one", "two"))
    assert one.diagnostics == two.diagnostics == []
    assert dict(one.snapshot.digests) == dict(two.snapshot.digests)
    assert one.tree_digest != two.tree_digest
    assert one.snapshot.places["Field/Lead.Tier"] == Where("config/lead.yaml", 0, ("fields", "Tier"))
    assert two.snapshot.places["Field/Lead.Tier"] == Where("config/deep/er/x.yml", 0)
    assert two.snapshot.places["Object/Lead"] == Where("config/deep/er/x.yml", 1)


def test_equal_trees_have_equal_digests(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path, f"{name}/config/b.yaml", "kind: Role\nname: B\n")
        write(tmp_path, f"{name}/config/a.yaml", "kind: Role\nname: A\n")
    one, two = (load_tree(tmp_path / name, cache=False) for name in ("one", "two"))
    assert one.tree_digest == two.tree_digest
    write(tmp_path, "two/config/a.yaml", "kind: Role\nname: A \n")
    assert load_tree(tmp_path / "two", cache=False).tree_digest != one.tree_digest


def test_null_absent_and_empty_are_three_things(tmp_path: Path) -> None:
    write(tmp_path, "config/a.yaml", "kind: Role\nname: A\nlabel:\ntags: []\n")
    assert load_tree(tmp_path, cache=False).snapshot.body("Role/A") == {"label": None, "tags": []}


def test_only_yaml_below_the_two_folders_is_loaded(tmp_path: Path) -> None:
    write(tmp_path, "config/a.yaml", "kind: Role\nname: A\n")
    for name in ("other/b.yaml", "c.yaml", "config/d.json", "config/e.yaml.bak", "config/f.yaml~"):
        write(tmp_path, name, "kind: Role\nname: Other\n")
    loaded = load_tree(tmp_path, cache=False)
    assert list(loaded.snapshot) == ["Role/A"]
    assert loaded.diagnostics == []


def test_a_body_file_is_kept_by_its_digest(tmp_path: Path) -> None:
    right = digest(FLOW)
    text = f"kind: Automation\nname: a\nbody: opaque\nbody_file: {{path: flows/a.xml, digest: '{right}'}}\n"
    write(tmp_path, "config/a.yaml", text)
    write(tmp_path, "config/flows/a.xml", FLOW)
    loaded = load_tree(tmp_path)
    assert loaded.diagnostics == []
    assert dict(loaded.snapshot.blobs) == {right: FLOW}
    before = loaded.tree_digest
    write(tmp_path, "config/flows/a.xml", FLOW + b" ")
    changed = load_tree(tmp_path)
    assert [problem.code for problem in changed.diagnostics] == ["BODY003"]
    assert changed.diagnostics[0].fix is not None
    assert changed.diagnostics[0].fix.edits[0].value == digest(FLOW + b" ")
    assert changed.tree_digest != before
    (tmp_path / "config/flows/a.xml").unlink()
    assert [problem.code for problem in load_tree(tmp_path).diagnostics] == ["BODY002"]


@pytest.mark.parametrize(
    ("broken", "kind", "parent", "partial"),
    [
        ("kind: Field\nname: F\nobject: Lead\nlabel: [\n", "Field", "Lead", True),
        ("kind: Field\nname: F\nobject: Lead\nlabel: [\n", "Field", "Account", False),
        ("kind: Field\nname: F\nobject: Lead\nlabel: [\n", "Role", None, False),
        ("kind: Object\nname: Lead\nlabel: [\n", "Field", "Lead", True),
        ("kind: Object\nname: Lead\nlabel: [\n", "Object", None, True),
        ("kind: Object\nname: Lead\nlabel: [\n", "Role", None, False),
        ("[\n", "Role", None, True),
        ("kind: Role\nname: A\n---\nkind: Team\nname: 'x\n", "Team", None, True),
        ("kind: Role\nname: A\n---\nkind: Team\nname: 'x\n", "Role", None, False),
    ],
)
def test_a_broken_file_is_a_gap_of_what_it_seems_to_hold(
    tmp_path: Path, broken: str, kind: str, parent: str | None, partial: bool
) -> None:
    write(tmp_path, "config/a.yaml", broken)
    write(tmp_path, "config/b.yaml", "kind: Role\nname: B\n")
    loaded = load_tree(tmp_path, cache=False)
    assert loaded.broken
    assert "Role/B" in loaded.snapshot
    assert bool(loaded.snapshot.coverage.gap(kind, parent)) == partial


def test_what_is_at_fault_is_left_out_and_the_rest_stands(tmp_path: Path) -> None:
    text = "kind: Field\nname: F\nobject: Lead\ntype: picklist\nlable: x\nlength: long\nhelp: 1.10\n"
    text += "values: [A, {name: B, labl: b, active: true}, {label: c}, A]\n"
    write(tmp_path, "config/a.yaml", text)
    loaded = load_tree(tmp_path, cache=False)
    assert loaded.broken
    assert loaded.snapshot.body("Field/Lead.F") == {
        "type": "picklist",
        "help": "1.10",
        "values": [{"name": "A"}, {"name": "B", "active": True}],
    }


def test_a_file_that_vanishes_while_reading_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "config/a.yaml", "kind: Role\nname: A\n")
    write(tmp_path, "config/b.yaml", "kind: Role\nname: B\n")
    from crmgov.load import tree

    real = tree.find

    def find(root: Path) -> object:
        listing = real(root)
        (root / "config/a.yaml").unlink()
        return listing

    monkeypatch.setattr(tree, "find", find)
    loaded = load_tree(tmp_path)
    assert [problem.code for problem in loaded.diagnostics] == ["FILE001"]
    assert loaded.broken
    assert list(loaded.snapshot) == ["Role/B"]
    monkeypatch.undo()
    assert load_tree(tmp_path).diagnostics == []
