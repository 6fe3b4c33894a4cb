"""``crmgov audit``: what takes part, what is known and waived, and how it ends."""

import csv
import io
import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.running import crmgov

pytest.importorskip("ibis", reason="ibis is not installed (extra: records)")

WAIVER = """\
kind: Governance
name: Acme
waivers:
  - {code: UNUSED002, address: Field/Lead.Fax, owner: Ana, reason: The auditors ask for it, expires: 2999-01-01}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two fields that nobody fills, a third that everybody does, and 300 leads; an object without records."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "lead.yaml").write_text("kind: Object\nname: Lead\nlabel: Lead\n")
    (config / "deal.yaml").write_text("kind: Object\nname: Deal\nlabel: Deal\n")
    for name in ("Fax", "Score", "Region"):
        field(tmp_path, name)
    records(tmp_path, full="Region")
    return tmp_path


def field(root: Path, name: str) -> None:
    (root / f"config/{name}.yaml").write_text(
        f"kind: Field\nobject: Lead\nname: {name}\ntype: text\nlength: 80\nlabel: The {name}\n"
    )


def records(root: Path, full: str) -> None:
    names = sorted(path.stem for path in (root / "config").glob("[A-Z]*.yaml"))
    rows = [",".join(f"secret{n}" if name in full.split() else "" for name in names) for n in range(300)]
    folder = root / "export"
    folder.mkdir(exist_ok=True)
    (folder / "Lead.csv").write_text("\n".join([",".join(names), *rows]) + "\n")


def audit(root: Path, *words: str, **variables: str) -> CompletedProcess[str]:
    done = crmgov("-C", str(root), "audit", "--records", str(root / "export"), *words, **variables)
    assert "secret" not in done.stdout + done.stderr
    return done


@pytest.mark.parametrize("words", [
    ("--only", "Lead", "--except", "Lead"), ("--only", "Lead.Fax", "--except", "lead.fax"),
    ("--only", "Lead.Fax", "--except", "Lead"), ("--except", "Lead", "--except", "Deal"),
])  # fmt: skip
def test_an_audit_of_nothing_is_none(root: Path, words: tuple[str, ...]) -> None:
    done = audit(root, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Nothing is left to judge: --except leaves nothing" in done.stderr


def test_only_narrows_to_objects_and_fields_and_an_unknown_name_is_told(root: Path) -> None:
    one = audit(root, "--only", "lead.FAX", "--format", "json")
    assert [found["address"] for found in json.loads(one.stdout)["verdicts"]] == ["Field/Lead.Fax"]
    assert {found["address"] for found in json.loads(one.stdout)["findings"]} == {"Field/Lead.Fax"}
    rest = audit(root, "--only", "Lead", "--except", "Lead.Fax", "--format", "csv")
    assert [row["field"] for row in csv.DictReader(io.StringIO(rest.stdout))] == ["Score", "Region"]
    wrong = audit(root, "--only", "Lead.Faks")
    assert wrong.returncode == 2
    assert "Nothing is called Lead.Faks; closest: " in wrong.stderr
    assert "Field/Lead.Fax" in wrong.stderr
    empty = audit(root, "--only", "Deal")
    assert empty.returncode == 2
    assert "holds no records of Deal" in empty.stderr


def test_a_legacy_environment_takes_the_audit_up_at_once(root: Path) -> None:
    file = str(root / "known.json")
    new = ("--known", file, "--fail-on", "new")
    first = audit(root, *new)
    assert first.returncode == 0
    assert "2 findings known from now on" in first.stderr
    assert "no findings; 2 known" in first.stdout
    assert "Fax" not in first.stdout
    field(root, "Twitter")
    records(root, full="Region")
    second = audit(root, *new)
    assert second.returncode == 1
    assert "Twitter" in second.stdout
    assert "1 warning; 2 known" in second.stdout
    records(root, full="Region Twitter Score")
    third = audit(root, *new)
    assert third.returncode == 0
    assert "1 known finding gone" in third.stderr
    told = json.loads((root / "known.json").read_text())
    assert [one["address"] for one in told["findings"] if one] == ["Field/Lead.Fax"]


def test_what_compares_whole_audits_takes_no_part_of_one(root: Path) -> None:
    done = audit(root, "--known", str(root / "known.json"), "--only", "Lead")
    assert done.returncode == 2
    assert "leave out --only" in done.stderr
    assert not (root / "known.json").exists()
    assert audit(root, "--fail-on", "new").returncode == 2


def test_a_waiver_of_the_audit_is_kept_by_the_audit_alone(root: Path) -> None:
    (root / "config/governance.yaml").write_text(WAIVER)
    told = json.loads(audit(root, "--format", "json").stdout)
    standing = {one["address"]: (one["standing"], one["reason"]) for one in told["findings"]}
    assert standing == {
        "Field/Lead.Fax": ("waived", "until 2999-01-01, by Ana: The auditors ask for it"),
        "Field/Lead.Score": ("new", ""),
    }
    assert "WAIVER" not in crmgov("-C", str(root), "validate").stdout
    records(root, full="Region Fax")
    assert "WAIVER002" in audit(root).stdout
    assert "WAIVER" not in audit(root, "--only", "Lead.Score").stdout


def test_a_waiver_of_something_else_is_no_concern_of_the_audit(root: Path) -> None:
    (root / "config/governance.yaml").write_text(WAIVER.replace("UNUSED002", "OWNER001").replace("2999", "2001"))
    assert "WAIVER" not in audit(root).stdout


def test_severities_are_the_repositorys_own(root: Path) -> None:
    (root / "config/governance.yaml").write_text(
        "kind: Governance\nname: Acme\nseverities:\n  - {code: UNUSED, severity: error}\n"
        "  - {code: UNUSED, address: Field/Lead.Fax, severity: off}\n"
    )
    done = audit(root)
    assert done.returncode == 1
    assert "1 error; 1 switched off" in done.stdout


def test_a_page_is_written_to_a_file_and_a_terminal_is_as_wide_as_it_says(root: Path) -> None:
    done = audit(root, "--format", "html", "--output", str(root / "audit.html"))
    assert (done.returncode, done.stdout) == (0, "")
    page = (root / "audit.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "secret" not in page
    lines = audit(root, "--full", COLUMNS="64").stdout.splitlines()
    rows = [
        line
        for line in lines
        if line.startswith(("Fax ", "Score ", "Region ")) and line.endswith(("deprecate", "keep"))
    ]
    assert len(rows) == 3
    assert max(map(len, rows)) <= 64
