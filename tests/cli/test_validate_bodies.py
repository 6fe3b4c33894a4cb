"""``validate`` knows what the vendor's own files beside the YAML say."""

from pathlib import Path

from tests.providers.salesforce.world import metadata, mini
from tests.scenarios.world import run

ENVIRONMENT = "kind: Environment\nname: production\nprovider: salesforce\nconnection: {project: project}\n"
FIELD = "<fullName>Region__c</fullName><label>Region</label><type>Text</type><length>40</length>"
FLOW = (
    "<label>F</label><processType>AutoLaunchedFlow</processType><start><object>Lead</object>"
    "<triggerType>RecordBeforeSave</triggerType><recordTriggerType>Create</recordTriggerType>"
    "<filters><field>Region__c</field><operator>EqualTo</operator><value><stringValue>a</stringValue></value></filters>"
    "</start><status>Active</status>"
)


def pulled(folder: Path) -> Path:
    """A repository with a pulled project and a flow in it."""
    mini(
        folder / "project",
        {
            "app/objects/Lead/fields/Region__c.field-meta.xml": metadata("CustomField", FIELD),
            "app/flows/F.flow-meta.xml": metadata("Flow", FLOW),
        },
    )
    (folder / "environments").mkdir()
    (folder / "environments/production.yaml").write_text(ENVIRONMENT)
    assert run(["pull", "production"], folder).status == 0
    return folder


def test_a_flow_that_names_no_field_is_told_at_its_document(tmp_path: Path) -> None:
    root = pulled(tmp_path)
    (body,) = (root / "config").rglob("*.flow-meta.xml")
    assert "REF002" not in run(["validate", "--format", "concise"], root).out
    body.write_text(body.read_text().replace("Region__c", "Regoin__c"))
    checked = run(["validate", "--fix", "--format", "concise"], root)
    line = next(one for one in checked.out.splitlines() if "Regoin__c" in one)
    assert line.startswith("config/automations/F.yaml:1:1: warning REF002")


def test_a_body_that_cannot_be_read_or_is_gone_is_no_reason_to_stop(tmp_path: Path) -> None:
    root = pulled(tmp_path)
    (body,) = (root / "config").rglob("*.flow-meta.xml")
    body.write_text("<Flow")
    assert run(["validate", "--fix", "--format", "concise"], root).status == 0
    body.unlink()
    assert "BODY002" in run(["validate", "--format", "concise"], root).out


def test_an_environment_that_leads_out_is_told_and_hides_no_other_finding(tmp_path: Path) -> None:
    root = pulled(tmp_path)
    (root / "environments/production.yaml").write_text(ENVIRONMENT.replace("project: project", "project: ../away"))
    (root / "config/extra.yaml").write_text("kind: Validation\nname: V\nobject: Lead\nformula: Regoin__c = 1\n")
    checked = run(["validate", "--format", "concise"], root)
    assert checked.status == 1
    assert "../away" in checked.out
    assert "Regoin__c" in checked.out


def test_things_in_one_file_have_each_their_own_line(tmp_path: Path) -> None:
    rule = "<validationRules><fullName>V{0}</fullName><active>true</active><errorConditionFormula>Gone{0}__c = 1"
    rule += "</errorConditionFormula><errorMessage>No</errorMessage></validationRules>"
    nodes = "\n".join([f"<fields>{FIELD}</fields>", *(rule.format(number) for number in (1, 2, 3))])
    (tmp_path / "old/objects").mkdir(parents=True)
    (tmp_path / "old/package.xml").write_text(metadata("Package"))
    (tmp_path / "old/objects/Lead.object").write_text(metadata("CustomObject", nodes))
    checked = run(["validate", "--source", str(tmp_path / "old"), "--format", "concise"], tmp_path)
    told = {line.partition("Lead.object:")[2].partition(":")[0] for line in checked.out.splitlines() if "Gone" in line}
    assert told == {"4", "5", "6"}
