"""What was pulled can be checked: names of things that are elsewhere are listed as Externals."""

from pathlib import Path

from tests.running import crmgov

LAYOUT = """<?xml version="1.0" encoding="UTF-8"?>
<Layout xmlns="http://soap.sforce.com/2006/04/metadata">
    <layoutSections>
        <customLabel>true</customLabel><detailHeading>true</detailHeading><editHeading>true</editHeading>
        <label>Details</label>
        <layoutColumns>
            <layoutItems><behavior>Edit</behavior><field>Name</field></layoutItems>
            <layoutItems><behavior>Edit</behavior><field>Elsewhere__c</field></layoutItems>
        </layoutColumns>
        <style>OneColumn</style>
    </layoutSections>
</Layout>
"""
OBJECT = """<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
    <deploymentStatus>Deployed</deploymentStatus>
    <label>Site</label>
    <nameField><label>Site name</label><type>Text</type></nameField>
    <pluralLabel>Sites</pluralLabel>
    <sharingModel>ReadWrite</sharingModel>
</CustomObject>
"""


def test_a_pulled_project_that_names_things_of_others_has_no_errors(tmp_path: Path) -> None:
    source = tmp_path / "sf" / "force-app" / "main" / "default"
    (source / "objects" / "Site__c").mkdir(parents=True)
    (source / "layouts").mkdir()
    (tmp_path / "sf" / "sfdx-project.json").write_text(
        '{"packageDirectories": [{"path": "force-app", "default": true}]}'
    )
    (source / "objects" / "Site__c" / "Site__c.object-meta.xml").write_text(OBJECT)
    (source / "layouts" / "Site__c-Site Layout.layout-meta.xml").write_text(LAYOUT)
    (tmp_path / "environments").mkdir()
    environment = "kind: Environment\nname: dev\nprovider: salesforce\nconnection: {project: sf}\n"
    (tmp_path / "environments" / "dev.yaml").write_text(environment)
    judged = crmgov("validate", "--source", "sf", "--format", "concise", cwd=tmp_path)
    assert 'error REF002 No field "Elsewhere__c" in Site__c' in judged.stdout
    assert judged.returncode == 1
    assert crmgov("pull", "dev", cwd=tmp_path).returncode == 0
    checked = crmgov("validate", "--format", "concise", cwd=tmp_path)
    assert "error" not in checked.stdout
    assert "note REF018 1 use of 1 name of packages and Externals, not looked up" in checked.stdout
    assert checked.returncode == 0
