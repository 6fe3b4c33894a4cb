"""``crmgov audit`` of a Salesforce environment whose records are live: what a person sees."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.providers.salesforce_live.world import organisation, project
from tests.providers.salesforce_org import Field, Org, serving
from tests.running import crmgov

EXPECTED = {"Region__c": 200, "Notes__c": 134, "Score__c": 400, "Hot__c": 40, "Unused__c": 0, "Secret__c": 400}


def _verdicts(org: Org, root: Path, *words: str, write: tuple[str, str] = ("", "")) -> tuple[dict[str, Any], str]:
    """Verdicts by field, and what was told on the way; ``write`` changes the environment's document."""
    token = org.token(org.users[0])
    with serving(org) as url:
        path = project(root, url) / "environments/prod.yaml"
        path.write_text(path.read_text().replace(*write))
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
    assert told.splitlines()[:2] == [
        "At most 1,000 calls to the organisation; up to 11 of them learn first what it shows",
        "Salesforce Acme (production): about 3 calls to copy 3 objects; 990 are left",
    ]


def test_without_copies_the_organisation_counts_what_it_can(tmp_path: Path) -> None:
    org = organisation()
    verdicts, told = _verdicts(org, tmp_path, write=("  project: .\n", "  project: .\n  copies: false\n"))
    counts = {name: one["evidence"]["filled"]["count"] for name, one in verdicts.items()}
    assert counts == {**EXPECTED, "Notes__c": None}
    assert "known only from a copy" in verdicts["Notes__c"]["evidence"]["filled"]["reason"]
    assert "calls to count; " in told
    assert not [call for call in org.calls if "jobs" in call.path]


def test_one_object_live_and_no_other(tmp_path: Path) -> None:
    org = organisation()
    verdicts, _ = _verdicts(org, tmp_path, "--calls", "40", write=("records: live\n", "records: {Lead: live}\n"))
    assert {name: one["evidence"]["filled"]["count"] for name, one in verdicts.items()} == EXPECTED
    assert len(org.calls) <= 40
    assert not [call for call in org.calls if call.path.endswith("/User/describe")]


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
    assert "At most 1,000 calls to the organisation" in done.stderr


def test_an_audit_of_one_object_asks_of_no_other(tmp_path: Path) -> None:
    org = organisation()
    org.object("Site__c", [Field("Open__c", "boolean")], records=[{}])
    token = org.token(org.users[0])
    with serving(org) as url:
        root = project(tmp_path, url)
        assert crmgov("-C", str(root), "pull", "prod").returncode == 0
        other = root / "config/objects/Site__c/object.yaml"
        other.parent.mkdir()
        other.write_text("kind: Object\nname: Site__c\nlabel: Site\nfields:\n  Open__c: {type: boolean, label: Open}\n")
        words = ("-C", str(root), "audit", "prod", "--no-store")
        done = crmgov(*words, "--only", "Lead", SF_TOKEN=token)
        assert "Lead: 400 records" in done.stdout, done.stderr
        assert not [call for call in org.calls if "Site__c" in call.path + call.query]
        made = len(org.calls)
        unknown = crmgov(*words, "--only", "Leed", SF_TOKEN=token)
        assert unknown.returncode == 2
        assert len(org.calls) == made
        crmgov(*words, "--except", "Lead", SF_TOKEN=token)
        assert [call for call in org.calls[made:] if "Site__c" in call.path]
        assert not [call for call in org.calls[made:] if "Lead" in call.path]


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
