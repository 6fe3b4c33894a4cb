"""``validate --known``: a repository with many findings takes its rules up at once, because only new ones fail."""

import json
from pathlib import Path
from subprocess import CompletedProcess

import jsonschema
import pytest

from tests.running import ROOT, crmgov

POLICY = """\
kind: Policy
name: Owned
select: {kind: [Field]}
require: [{attribute: owner, present: true}]
severity: warning
"""
OBJECT = "kind: Object\nname: Lead\nlabel: Lead\n"
META = '<?xml version="1.0" encoding="UTF-8"?>\n<{0} xmlns="http://soap.sforce.com/2006/04/metadata">{1}</{0}>\n'


def field(root: Path, name: str, more: str = "") -> Path:
    path = root / f"config/fields/{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"kind: Field\nobject: Lead\nname: {name}\ntype: text\nlength: 80\nlabel: {name}\n{more}")
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository in which two fields break a policy, and the other rules that fields break are off."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "lead.yaml").write_text(OBJECT)
    (config / "policy.yaml").write_text(POLICY)
    only = "".join(f"  - {{code: {prefix}, severity: off}}\n" for prefix in prefixes())
    (config / "governance.yaml").write_text(f"kind: Governance\nname: Acme\nseverities:\n{only}")
    field(tmp_path, "Region")
    field(tmp_path, "Score")
    return tmp_path


def prefixes() -> list[str]:
    """The beginnings of all codes of governance rules, so that these tests are of what becomes of findings alone."""
    from crmgov.check.governance.run import AREAS

    return sorted({code.rstrip("0123456789") for area in AREAS for code in area.COVERS})


def validate(root: Path, *words: str) -> CompletedProcess[str]:
    return crmgov("-C", str(root), "validate", "--known", str(root / "known.json"), "--fail-on", "new", *words)


def told(done: CompletedProcess[str]) -> str:
    """The line of totals."""
    return done.stdout.splitlines()[-2]


def known(root: Path) -> list[str]:
    """The addresses in the file, whose form is that of the published schema."""
    data = json.loads((root / "known.json").read_text())
    jsonschema.validate(data, json.loads((ROOT / "schemas/known.json").read_text()))
    return [row["address"] for row in data["findings"] if row is not None]


def test_the_life_of_known_findings(root: Path) -> None:
    first = validate(root)
    assert (first.returncode, first.stderr) == (0, f"2 findings known from now on, in {root}/known.json\n")
    assert known(root) == ["Field/Lead.Region", "Field/Lead.Score"]

    region = field(root, "Region", "owner: Ana\n")
    mended = validate(root)
    assert (mended.returncode, mended.stderr) == (0, f"1 known finding gone from {root}/known.json: commit it\n")
    assert told(mended).startswith("no new findings; 1 known, none worse")
    assert known(root) == ["Field/Lead.Score"]

    region.write_text(region.read_text().replace("owner: Ana\n", ""))
    back = validate(root)
    assert back.returncode == 1
    assert "warning POLICY101  Lead.Region: owner is missing (Owned)" in back.stdout
    assert told(back).startswith("1 new warning (POLICY101 1); 1 known, none worse")
    assert known(root) == ["Field/Lead.Score"]

    taken = validate(root, "--accept-new")
    assert taken.returncode == 0
    assert known(root) == ["Field/Lead.Region", "Field/Lead.Score"]
    before = (root / "known.json").read_bytes()
    assert validate(root).stderr == ""
    assert (root / "known.json").read_bytes() == before


def test_nothing_is_taken_for_gone_while_something_cannot_be_read(root: Path) -> None:
    validate(root)
    (root / "config/fields/Score.yaml").write_text("kind: Field\nobject: [\n")
    done = validate(root)
    assert done.returncode == 1
    assert "known.json stays as it is: what could not be read may still hold 1 known finding" in done.stderr
    assert known(root) == ["Field/Lead.Region", "Field/Lead.Score"]


def test_a_file_of_another_source_or_none_is_refused_and_left_alone(root: Path) -> None:
    path = root / "known.json"
    for text, why in (
        ('{"format": "crmgov-known/1", "source": "force-app", "findings": [null]}', "holds what is known of force-app, and this is config"),
        ('{"format": "crmgov-known/9", "source": "config"}', "its format is crmgov-known/9"),
        ('{"format": "crmgov-known/1",\n<<<<<<< ours\n"source": "config"}', "a merge left its marks in it"),
        ("{}", "it holds no known findings"),
        ("[" * 5000, "it is damaged"),
        ("", "it is damaged"),
    ):  # fmt: skip
        path.write_text(text)
        done = validate(root)
        assert done.returncode == 2
        assert why in done.stderr or "nests deeper" in done.stderr
        assert path.read_text() == text


def test_the_file_of_known_findings_must_be_named(root: Path) -> None:
    for words in (["--fail-on", "new"], ["--accept-new"]):
        done = crmgov("-C", str(root), "validate", *words)
        assert done.returncode == 2
        assert "name the file of known findings with --known FILE" in done.stderr


def test_a_waiver_ends_what_is_known_and_is_listed_with_full(root: Path) -> None:
    validate(root)
    waiver = "{code: POLICY101, address: Field/Lead.Score, owner: Ana, reason: it goes soon, expires: 2999-01-01}"
    governance = root / "config/governance.yaml"
    governance.write_text(f"{governance.read_text()}waivers:\n  - {waiver}\n")
    done = validate(root, "--full")
    assert done.returncode == 0
    assert told(done).startswith("no new findings; 1 known, none worse, 1 waived")
    assert "Lead.Score: owner is missing (Owned) (until 2999-01-01, by Ana: it goes soon)" in done.stdout
    assert known(root) == ["Field/Lead.Region"]
    data = json.loads(validate(root, "--format", "json").stdout)
    assert (data["totals"], len(data["known"])) == ({"error": 0, "warning": 0, "note": 0}, 1)
    assert [one["waiver"]["reason"] for one in data["waived"]] == ["it goes soon"]

    governance.write_text(governance.read_text().replace("2999-01-01", "2020-01-01"))
    late = validate(root)
    assert late.returncode == 1
    assert "error WAIVER001  The waiver of POLICY101 at Field/Lead.Score expired on 2020-01-01" in late.stdout
    assert told(late).startswith("1 new error, 1 new warning (POLICY101 1)")
    assert validate(root, "--accept-new").returncode == 1


def project(root: Path) -> None:
    """A Salesforce project and nothing else."""
    folder = root / "force-app/main/default/objects/Region__c/fields"
    folder.mkdir(parents=True)
    (root / "sfdx-project.json").write_text('{"packageDirectories": [{"path": "force-app", "default": true}]}')
    label = "<label>Region</label><pluralLabel>Regions</pluralLabel><deploymentStatus>Deployed</deploymentStatus>"
    (folder.parent / "Region__c.object-meta.xml").write_text(META.format("CustomObject", label))
    for name in ("Order__c", "Select__c"):
        text = f"<fullName>{name}</fullName><label>{name}</label><type>Text</type><length>80</length>"
        (folder / f"{name}.field-meta.xml").write_text(META.format("CustomField", text))


def test_a_repository_that_holds_only_a_salesforce_project(tmp_path: Path) -> None:
    project(tmp_path)
    first = validate(tmp_path, "--source", str(tmp_path / "force-app"))
    assert first.returncode == 0
    assert "Field/Region__c.Order__c" in known(tmp_path)
    moved = tmp_path / "force-app/main/default/objects/Region__c/fields/Order__c.field-meta.xml"
    moved.write_text(moved.read_text().replace("\n", "\n\n\n"))
    again = validate(tmp_path, "--source", str(tmp_path))
    assert (again.returncode, again.stderr) == (0, "")
    fields = moved.parent / "Group__c.field-meta.xml"
    fields.write_text(moved.read_text().replace("Order__c", "Group__c"))
    new = json.loads(validate(tmp_path, "--source", str(tmp_path / "force-app"), "--format", "json").stdout)
    assert {one["address"] for one in new["findings"]} == {"Field/Region__c.Group__c"}
    assert {one["place"]["file"] for one in new["findings"]} == {fields.relative_to(tmp_path).as_posix()}


def test_governance_and_policies_beside_a_project_judge_it(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "config").mkdir()
    (tmp_path / "config/policy.yaml").write_text(
        POLICY.replace("[{attribute: owner, present: true}]", "[{attribute: length, at_least: 100}]")
    )
    rules = "severities:\n  - {code: POLICY101, severity: error, path: 'force-app/**/Order__c*'}\n"
    (tmp_path / "config/governance.yaml").write_text(f"kind: Governance\nname: Acme\n{rules}")
    done = crmgov("-C", str(tmp_path), "validate", "--source", str(tmp_path / "force-app"), "--format", "json")
    found = {one["address"]: one for one in json.loads(done.stdout)["findings"] if one["policy"]}
    assert {address: one["severity"] for address, one in found.items()} == {
        "Field/Region__c.Order__c": "error", "Field/Region__c.Select__c": "warning",
    }  # fmt: skip
    assert done.returncode == 1
    order = found["Field/Region__c.Order__c"]
    assert order["place"]["file"].endswith("fields/Order__c.field-meta.xml")
    assert order["place"]["line"] == 2
    assert order["related"][0]["place"]["file"] == "config/policy.yaml"


def test_a_folder_that_has_nothing_to_do_with_the_project_is_not_taken_for_it(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "docs").mkdir()
    done = crmgov("-C", str(tmp_path), "validate", "--source", str(tmp_path / "docs"))
    assert done.returncode == 2
    assert "SFPROJ001" in done.stderr
    assert crmgov("-C", str(tmp_path), "validate", "--source", str(tmp_path / "force-app/main")).returncode == 0
