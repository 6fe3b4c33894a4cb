"""A plan for files of a CRM says what it means for records, counted in the export that the environment names."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running import ROOT, crmgov, run

PROJECT = ROOT / "tests" / "providers" / "salesforce" / "project"
FIELDS = "config/objects/Account/fields"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def org(tmp_path: Path) -> Path:
    """A project taken over, with an export of 1,000 accounts of the ninth of March."""
    shutil.copytree(PROJECT, tmp_path / "project")
    (tmp_path / "environments").mkdir()
    document = "kind: Environment\nname: org\nprovider: salesforce\nconnection: {project: project}\nrecords: export\n"
    (tmp_path / "environments" / "org.yaml").write_text(document)
    lines = ["Id,Name,Region__c,Tax_Number__c,Harbour__c"]
    lines += [f"{n},A{n},{'North' if n % 4 else ''},canary{'9' * (n % 10)},H{n % 2}" for n in range(1000)]
    (tmp_path / "export").mkdir()
    export = tmp_path / "export" / "Account.csv"
    export.write_text("\n".join(lines) + "\n")
    os.utime(export, (1_773_057_600, 1_773_057_600))
    for words in (["init", "-q"], ["add", "-A"]):
        run(["git", "-C", str(tmp_path), *words])
    assert crmgov("pull", "org", cwd=tmp_path).returncode == 0
    return tmp_path


def edit(org: Path, name: str, old: str, new: str) -> None:
    path = org / FIELDS / f"{name}.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def planned(org: Path) -> str:
    done = crmgov("plan", "org", cwd=org)
    assert done.returncode == 0, done.stderr
    assert "canary" not in done.stdout + done.stderr
    return done.stdout


def test_what_a_narrower_and_a_required_field_would_hit_is_counted_in_the_export(org: Path) -> None:
    edit(org, "Tax_Number__c", "length: 20", "length: 12")
    edit(org, "Region__c", "required: false", "required: true")
    told = planned(org)
    assert (
        "300 of 1,000 Account records hold a value longer than 12 (exact in a copy of the records of 2026-03-09)"
        in told
    )
    assert "250 of 1,000 Account records are blank: their next save fails (exact in a copy" in told


def test_nothing_in_a_copy_is_no_proof(org: Path) -> None:
    edit(org, "Tax_Number__c", "length: 20", "length: 15")
    told = planned(org)
    assert (
        "0 of 1,000 Account records hold a value longer than 15 (exact in a copy of the records of 2026-03-09)" in told
    )
    assert "MUST BE ACCEPTED: data-loss 1" in told


def test_a_new_validation_says_how_many_records_it_stops(org: Path) -> None:
    (org / "config/objects/Account/validations").mkdir(exist_ok=True)
    (org / "config/objects/Account/validations/Told.yaml").write_text(
        "kind: Validation\nobject: Account\nname: Told\nactive: true\nmessage: No\n"
        "reject_when: {field: Region__c, op: blank}\n"
    )
    assert "250 of 1,000 Account records meet it" in planned(org)


@pytest.mark.parametrize(
    ("break_", "why"),
    [
        (lambda org: shutil.rmtree(org / "export"), "is no file or folder of records"),
        (
            lambda org: (org / "export" / "Account.csv").rename(org / "export" / "x.csv"),
            "the records hold nothing of Account",
        ),
        (lambda org: (org / "export" / "Account.csv").write_bytes(b"PK\x03\x04 no zip"), ""),
    ],
    ids=["gone", "of nothing", "broken"],
)
def test_a_plan_is_made_without_the_records(org: Path, break_: Callable[[Path], object], why: str) -> None:
    edit(org, "Tax_Number__c", "length: 20", "length: 12")
    break_(org)
    told = planned(org)
    assert "how many Account records hold a value longer than 12 is unmeasured: " in told
    assert why in told


def test_a_policy_takes_a_copy_for_evidence_only_where_it_says_how_old_that_may_be(org: Path) -> None:
    edit(org, "Region__c", "required: false", "required: true")
    policy = org / "config" / "policy.yaml"
    text = (
        "kind: Policy\nname: Filled\nlabel: Filled\nhelp: Fill it first.\nseverity: error\n"
        "forbid: {kind: [Field], action: [modify], where: {required: true}}\nunless: {filled_at_least: 70%s}\n"
    )
    for age, why in (
        ("", "its figure was counted in a copy of the records of 2026-03-09, and no max_age_days allows for that"),
        (", max_age_days: 1", "its figure is of 2026-03-09, older than 1 days"),
    ):
        policy.write_text(text % age)
        done = crmgov("plan", "org", cwd=org)
        assert why in done.stdout + done.stderr
    policy.write_text(text % ", max_age_days: 100000")
    assert "Fill it first" not in planned(org)
