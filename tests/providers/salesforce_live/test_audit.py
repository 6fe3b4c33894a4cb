"""``crmgov audit`` of a Salesforce environment whose records are live: what a person sees."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.providers.salesforce_live.world import organisation, project
from tests.providers.salesforce_org import Org, serving
from tests.running import crmgov

EXPECTED = {"Region__c": 200, "Notes__c": 134, "Score__c": 400, "Hot__c": 40, "Unused__c": 0, "Secret__c": 400}


def _verdicts(org: Org, root: Path, more: str = "", *words: str) -> tuple[dict[str, Any], str]:
    token = org.token(org.users[0])
    with serving(org) as url:
        project(root, url, more=more)
        assert crmgov("-C", str(root), "pull", "prod").returncode == 0
        done = crmgov("-C", str(root), "audit", "prod", "--format", "json", "--no-store", *words, SF_TOKEN=token)
    assert done.returncode in (0, 1), done.stderr
    return {one["name"]: one for one in json.loads(done.stdout)["verdicts"]}, done.stderr


def test_an_audit_counts_a_copy_of_the_organisations_records(tmp_path: Path) -> None:
    verdicts, told = _verdicts(organisation(), tmp_path)
    assert {name: one["evidence"]["filled"]["count"] for name, one in verdicts.items()} == EXPECTED
    for one in verdicts.values():
        assert one["evidence"]["filled"]["exactness"] == "value"
        assert one["evidence"]["filled"]["source"] == "Salesforce Acme (production)"
    assert verdicts["Unused__c"]["verdict"] == "deprecate"
    assert "Salesforce Acme (production): 3 objects copied with about 3 calls, 990 left" in told


def test_without_copies_the_organisation_counts_what_it_can(tmp_path: Path) -> None:
    org = organisation()
    token = org.token(org.users[0])
    with serving(org) as url:
        root = project(tmp_path, url)
        path = root / "environments/prod.yaml"
        path.write_text(path.read_text().replace("  project: .\n", "  project: .\n  copies: false\n"))
        assert crmgov("-C", str(root), "pull", "prod").returncode == 0
        done = crmgov("-C", str(root), "audit", "prod", "--format", "json", "--no-store", SF_TOKEN=token)
    assert done.returncode in (0, 1), done.stderr
    verdicts = {one["name"]: one for one in json.loads(done.stdout)["verdicts"]}
    counts = {name: one["evidence"]["filled"]["count"] for name, one in verdicts.items()}
    assert counts == {**EXPECTED, "Notes__c": None}
    assert "known only from a copy" in verdicts["Notes__c"]["evidence"]["filled"]["reason"]
    assert "calls, " in done.stderr
    assert not [call for call in org.calls if "jobs" in call.path]


def test_one_object_live_and_another_from_a_file(tmp_path: Path) -> None:
    org = organisation()
    token = org.token(org.users[0])
    with serving(org) as url:
        root = project(tmp_path, url)
        path = root / "environments/prod.yaml"
        path.write_text(path.read_text().replace("records: live\n", "records: {Lead: live}\n"))
        assert crmgov("-C", str(root), "pull", "prod").returncode == 0
        done = crmgov(
            "-C", str(root), "audit", "prod", "--format", "json", "--no-store", "--calls", "40", SF_TOKEN=token
        )
    assert done.returncode in (0, 1), done.stderr
    verdicts = {one["name"]: one for one in json.loads(done.stdout)["verdicts"]}
    assert {name: one["evidence"]["filled"]["count"] for name, one in verdicts.items()} == EXPECTED
    assert len(org.calls) <= 40


def test_a_plan_says_how_many_of_the_organisations_records_it_concerns(tmp_path: Path) -> None:
    org = organisation()
    token = org.token(org.users[0])
    with serving(org) as url:
        root = project(tmp_path, url)
        assert crmgov("-C", str(root), "pull", "prod").returncode == 0
        path = root / "config/objects/Lead/fields/Region__c.yaml"
        path.write_text(path.read_text().replace("length: 40", "length: 4") + "required: true\n")
        done = crmgov("-C", str(root), "plan", "prod", SF_TOKEN=token)
        unset = crmgov("-C", str(root), "plan", "prod")
    assert "200 of 400 Lead records are blank: their next save fails (exact" in done.stdout, done.stderr
    assert "200 of 400 Lead records hold a value longer than 4 (exact" in done.stdout
    assert "copy of the records" not in done.stdout
    assert "The environment variable SF_TOKEN is not set" in unset.stdout


def test_the_organisation_knows_how_old_its_fields_are(tmp_path: Path) -> None:
    org = organisation()
    org.made["Lead.Region__c"] = datetime.now(UTC)
    for record in org.find("Lead").records:  # type: ignore[union-attr]
        record["Region__c"] = None
    verdicts, _ = _verdicts(org, tmp_path)
    assert verdicts["Unused__c"]["verdict"] == "deprecate"
    assert not [one for one in verdicts["Unused__c"]["not_known"] if "old" in one]
    assert verdicts["Region__c"]["verdict"] == "unknown"
    assert verdicts["Region__c"]["reasons"] == ["0 days old, needs 90"]


def test_an_organisation_that_does_not_tell_ages_is_audited_all_the_same(tmp_path: Path) -> None:
    org = organisation()
    org.fail("tooling", 99, status=403, code="INSUFFICIENT_ACCESS")
    verdicts, _ = _verdicts(org, tmp_path)
    assert verdicts["Unused__c"]["verdict"] == "deprecate"
