"""An audit of several environments: a report for each, and none kept from being made by another."""

import json
from pathlib import Path

import pytest

from tests.running import crmgov

pytest.importorskip("ibis", reason="ibis is not installed (extra: records)")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two environments whose records lie in exports, and a third whose export is gone."""
    (tmp_path / "config").mkdir()
    (tmp_path / "environments").mkdir()
    (tmp_path / "config" / "lead.yaml").write_text(
        "kind: Object\nname: Lead\nlabel: Lead\nfields:\n  Fax: {label: Fax, type: text}\n"
    )
    for name, filled in (("north", True), ("south", False), ("gone", None)):
        (tmp_path / "environments" / f"{name}.yaml").write_text(
            f"kind: Environment\nname: {name}\nprovider: sql\nconnection: {{url: 'sqlite:///{name}.db'}}\nrecords: {name}\n"
        )
        if filled is not None:
            (tmp_path / name).mkdir()
            rows = [f"{n},{n if filled else ''}" for n in range(300)]
            (tmp_path / name / "Lead.csv").write_text("\n".join(["Id,Fax", *rows]) + "\n")
    return tmp_path


def test_each_has_a_file_of_its_own(root: Path) -> None:
    done = crmgov("audit", "north", "south", "north", "--format", "json", "--output", "made/here", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    made = {path.name: json.loads(path.read_text()) for path in (root / "made/here").iterdir()}
    verdicts = {name: [one["verdict"] for one in told["verdicts"]] for name, told in made.items()}
    assert verdicts == {"north.json": ["keep"], "south.json": ["deprecate"]}
    assert {told["environment"] for told in made.values()} == {"north", "south"}


def test_on_the_screen_they_follow_each_other(root: Path) -> None:
    done = crmgov("audit", "north", "south", "--fail-on", "warning", cwd=root)
    assert done.returncode == 1
    assert done.stdout.index("north: 300 records") < done.stdout.index("south: 300 records")


def test_one_that_cannot_be_made_keeps_no_other_from_being_made(root: Path) -> None:
    done = crmgov("audit", "gone", "nowhere", "south", cwd=root)
    assert done.returncode == 2
    assert "south: 300 records" in done.stdout
    assert "gone is no file or folder of records" in done.stderr
    assert "CLI002" in done.stderr


@pytest.mark.parametrize(
    "words",
    [("--fix",), ("--known", "k.json"), ("--source", "north"), ("--records", "north"), ("--decisions", "x.xlsx"),
     ("--format", "json"), ("--format", "xlsx")],
)  # fmt: skip
def test_what_is_of_one_environment_alone_is_refused(root: Path, words: tuple[str, ...]) -> None:
    done = crmgov("audit", "north", "south", *words, cwd=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert not (root / "k.json").exists()
