"""``crmgov audit`` where the source is not what it was taken for: nothing hangs, nothing is green by mistake."""

import json
import os
from pathlib import Path

import pytest

from crmgov.cli.masked import masked
from tests.running import crmgov

pytest.importorskip("ibis", reason="ibis is not installed (extra: records)")

SECRET = "hunter2"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two objects of a field each."""
    config = tmp_path / "config"
    config.mkdir()
    for name in ("Lead", "Deal"):
        golden = "golden_record: {required: [Email, Company]}\n"
        fields = "fields: {Email: {type: email, label: E-mail}, Company: {type: text, label: Company}}\n"
        (config / f"{name}.yaml").write_text(f"kind: Object\nname: {name}\nlabel: {name}\n{golden}{fields}")
    return tmp_path


def found(root: Path, records: Path) -> dict[str, str]:
    done = crmgov("-C", str(root), "audit", "--records", str(records), "--format", "json")
    return {one["code"]: one["message"] for one in json.loads(done.stdout)["findings"]} | {"": str(done.returncode)}


def test_an_audit_of_nothing_is_not_green(root: Path) -> None:
    empty = root / "empty"
    empty.mkdir()
    told = found(root, empty)
    assert (told[""], told["RECORDS013"]) == ("1", "The source holds no records of any of 2 objects: Deal, Lead")


def test_objects_without_records_are_named_and_must_haves_without_a_column_are_not_taken_for_there(root: Path) -> None:
    (root / "Lead.csv").write_text("Email\n" + "a@x.com\n" * 100 + '""\n' * 200)
    told = found(root, root / "Lead.csv")
    assert (told[""], told["RECORDS012"]) == ("0", "The source holds no records of 1 of 2 objects: Deal")
    assert told["GOLDEN001"].startswith("at most 100 of 300 Lead records (33%) have all must-haves")
    assert told["GOLDEN001"].endswith("not in the source: Company")
    narrowed = crmgov("-C", str(root), "audit", "--records", str(root / "Lead.csv"), "--only", "Lead")
    assert "RECORDS012" not in narrowed.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_at_once(root: Path) -> None:
    os.mkfifo(root / "Lead.csv")
    done = crmgov("-C", str(root), "audit", "--records", str(root / "Lead.csv"))
    assert (done.returncode, "pipe" in done.stderr, "plan or snapshot" in done.stderr) == (2, True, False)
    done = crmgov("-C", str(root), "audit", "--decisions", str(root / "Lead.csv"))
    assert (done.returncode, "DECISION001" in done.stderr, "is a device or pipe" in done.stderr) == (2, True, True)


@pytest.mark.parametrize("url", [
    "postgresql:/u:hunter2@127.0.0.1/x", "postgresql//u:hunter2@127.0.0.1/x", "u:hunter2@127.0.0.1",
    "postgresql://u:a@hunter2@127.0.0.1:1/x", "postgresql://u:a/hunter2@127.0.0.1:1/x",
    "postgresql://127.0.0.1:1/x?password=hunter2&sslmode=hunter2", "mysql:u:hunter2@h", "nosuch://u:hunter2@h/x",
])  # fmt: skip
def test_a_password_is_never_told_however_its_url_is_mistyped(root: Path, url: str) -> None:
    done = crmgov("-C", str(root), "audit", "--records", url)
    assert (done.returncode, SECRET in done.stdout + done.stderr) == (2, False)


@pytest.mark.parametrize(("url", "told"), [
    ("postgresql://u:hunter2@h/x", "postgresql://u:***@h/x"), ("postgresql://u@h/x", "postgresql://u@h/x"),
    ("u:a:b@c@h", "u:***@h"), ("data/a@b.csv", "data/a@b.csv"), ("x://h/?user=u&password=p&a=b", "x://h/?user=u&password=***&a=b"),
])  # fmt: skip
def test_a_url_is_told_without_its_password(url: str, told: str) -> None:
    assert masked(url) == told


def test_values_are_not_shown_where_what_makes_them_personal_cannot_be_read(root: Path) -> None:
    (root / "Lead.csv").write_text("Email,Company\n" + f"a@x.com,{SECRET}\n" * 300)
    text = "kind: Field\nobject: Lead\nname: Tier\ntype: picklist\nlabel: Tier\nvalues: [A]\npersonal_data: true\n"
    (root / "config" / "tier.yaml").write_text(text)
    (root / "Lead.csv").write_text("Email,Tier\n" + f"a@x.com,{SECRET}\n" * 300)
    words = ("-C", str(root), "audit", "--records", str(root / "Lead.csv"), "--format", "json")
    shown = crmgov(*words, "--show-values")
    assert (shown.returncode, shown.stdout, "has 1 error" in shown.stderr) == (2, "", True)
    assert "The configuration has 1 error; what is wrong is left out" in crmgov(*words).stderr
    (root / "config" / "tier.yaml").write_text(text.replace("true", "[GDPR]"))
    shown = crmgov(*words, "--show-values")
    assert (shown.returncode, SECRET in shown.stdout, "it is personal data" in shown.stdout) == (0, False, True)


def test_a_program_named_by_bytes_that_are_no_text_is_told(root: Path) -> None:
    (root / "Lead.csv").write_text("Email\n" + "a@x.com\n" * 300)
    (root / "code").mkdir()
    (root / "code" / os.fsdecode(b"a\xff.cls")).write_text("Database.query(text); // Lead.Email")
    words = ("--code", str(root / "code"), "--format", "json")
    done = crmgov("-C", str(root), "audit", "--records", str(root / "Lead.csv"), *words)
    assert (done.returncode, "1 files: a?.cls" in done.stdout) == (0, True)
