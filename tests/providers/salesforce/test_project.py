"""Our own project, which holds every metadata type of the model, and what may stand around metadata in a project."""

import zipfile
from pathlib import Path

import pytest

from crmgov.model.provider import ProviderError, Scope
from crmgov.providers.salesforce.mapping import TYPES
from crmgov.providers.salesforce.provider import SalesforceFiles
from tests.providers.salesforce.world import MDAPI, PROJECT, copied, metadata, mini, read

FIELD = metadata("CustomField", "<fullName>Region__c</fullName><label>Region</label><type>Date</type>")
ROLE = metadata("Role", "<name>Clerk</name>")


def zipped(folder: Path, into: Path, prefix: str = "") -> Path:
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, prefix + file.relative_to(folder).as_posix())
    return into


def test_both_forms_and_a_zip_read_to_one_snapshot(tmp_path: Path) -> None:
    source, mdapi = read(PROJECT), read(MDAPI)
    packed = read(zipped(MDAPI, tmp_path / "retrieved.zip", "unpackaged/"))
    assert len(source) == 73
    for other in (mdapi, packed):
        assert dict(other.digests) == dict(source.digests)
        assert (other.files, other.left) == (source.files, source.left)
        assert other.derived == source.derived
        assert other.blobs == source.blobs


def test_our_project_holds_every_type_of_the_model() -> None:
    files = read(PROJECT).files
    assert set(TYPES) - {"AssignmentRule"} <= set(files)
    assert files["CustomField"] == len(list(PROJECT.rglob("*.field-meta.xml"))) == 30
    assert files["CustomObject"] == len(list(PROJECT.rglob("*.object-meta.xml"))) == 4


def test_what_the_model_does_not_hold_is_counted() -> None:
    left = read(PROJECT).left
    assert left["ListView"] == left["CompactLayout"] == left["WebLink"] == left["CustomTab"] == 1
    assert left["CustomField.lookupFilter"] == 1
    assert left["Layout.relatedLists"] == 1
    assert left["Layout.layoutSections.layoutItems.emptySpace"] == 1
    assert left["Settings.passwordPolicies"] == 1
    assert left["Profile.loginIpRanges"] == 1


def test_children_alone_make_no_object() -> None:
    for form in (PROJECT, MDAPI):
        snapshot = read(form)
        assert "Field/QuoteLineItem.Delivery_Note__c" in snapshot
        assert "Object/QuoteLineItem" not in snapshot
        assert "Object/Lead" not in snapshot


def test_names_are_decoded_and_collisions_are_kept_apart() -> None:
    provider = SalesforceFiles(None, PROJECT)
    snapshot = provider.read(Scope())
    assert snapshot.body('PermissionSet/"Custom: Harbour Sales"')["profile"] is True
    assert 'Layout/Berth__c."Berth Layout (new)"' in snapshot
    assert snapshot.body("RecordType/Opportunity.New_Berth")["picklists"]["Type"] == {
        "values": ["New / Existing", "Walk-in (no booking)"],
        "default": "Walk-in (no booking)",
    }
    assert snapshot.body("Picklist/Industry")["label"] == "Industry of harbours"
    assert [row["name"] for row in snapshot.body("Picklist/standard__Industry")["values"]] == ["Shipping"]
    assert snapshot.body("Team/Quay")["type"] == "queue"
    assert snapshot.body('Team/"Quay (group)"')["type"] == "group"
    assert [problem.code for problem in provider.problems] == ["SFFILE008"]


def test_ignored_files_are_hidden_counted_and_read_on_request() -> None:
    shown, everything = read(PROJECT), read(PROJECT, include_ignored=True)
    assert (shown.hidden, everything.hidden) == (2, 0)
    assert set(everything) - set(shown) == {"PermissionSet/Admin", "Setting/Draft"}
    assert everything.origin("PermissionSet/Admin") == "standard"


def test_origins() -> None:
    snapshot = read(PROJECT)
    assert snapshot.origin("Object/Account") == "standard"
    assert snapshot.origin("Object/Berth__c") == "custom"
    assert snapshot.origin("Field/Account.Industry") == "standard"
    assert snapshot.origin("StageSet/LeadStatus") == "standard"
    provider = SalesforceFiles(None, PROJECT)
    assert provider.origin("Field/Account.dock__Region__c") == "packaged"
    assert provider.same("Field/account.REGION__C") == provider.same("Field/Account.Region__c")
    assert provider.same("Picklist/Size__gvs") == provider.same("Picklist/size")


def test_stages_and_processes() -> None:
    snapshot = read(PROJECT)
    stages = {row["name"]: row["outcome"] for row in snapshot.body("StageSet/OpportunityStage")["stages"]}
    assert stages == {"Prospecting": "open", "Closed Won": "won", "Closed Lost": "lost"}
    assert snapshot.body("StageSet/CaseStatus")["stages"][0]["outcome"] == "closed"
    assert snapshot.body("StageSet/LeadStatus")["field"] == "Lead.Status"
    assert snapshot.body('Pipeline/Opportunity."Berth Sales"')["stage_set"] == "OpportunityStage"


def test_opaque_bodies_are_kept_whole_with_what_they_name() -> None:
    snapshot = read(PROJECT)
    body = snapshot.body("Automation/Berth_Before_Save")
    assert (body["active"], body["body"]) == (True, "opaque")
    file = PROJECT / "base/main/flows/Berth_Before_Save.flow-meta.xml"
    assert snapshot.blobs[body["body_file"]["digest"]] == file.read_bytes()
    facts = snapshot.derived["Automation/Berth_Before_Save"]
    assert facts.triggers == ("Berth__c:saved",)
    assert "Berth__c.Cancelled__c" in facts.reads
    assert facts.writes == ("Berth__c.Short_Remark__c",)
    assert ("Team", "Quay") in facts.names
    assert facts.hard_coded == ("office@example.com",)
    rules = snapshot.derived['Automation/Berth__c."Workflow rules"']
    assert rules.writes == ("Berth__c.Short_Remark__c",)
    assert ("External", "Harbour/Arrival") in rules.names
    assert snapshot.derived["Field/Berth__c.Fee_With_Tax__c"].reads == (
        "Account.Region__c",
        "Berth__c.Customer__c",
        "Berth__c.Fee__c",
    )


def test_assignment_rules_are_structured_where_that_is_exact() -> None:
    snapshot = read(PROJECT)
    route = snapshot.body('Automation/Lead."Assignment rule Standard"')["actions"][0]
    assert [case["name"] for case in route["cases"]] == ["Quay", "Quay 2"]
    assert route["cases"][0]["when"]["all"][0] == {"field": "Country", "op": "in", "value": ["NO", "DK"]}
    assert route["otherwise"] == {"user": "clerk@example.com"}
    assert snapshot.body('Automation/Case."Assignment rules"')["body"] == "opaque"


def test_a_package_directory_is_read_once_however_often_and_deep_it_is_listed(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"app/inner/roles/Clerk.role-meta.xml": ROLE}
    project = mini(tmp_path / "p", files, ("app", "./app/", "app/inner"))
    provider = SalesforceFiles(None, project)
    assert provider.read(Scope()).files == {"Role": 1}
    assert not provider.problems


def test_a_metadata_api_folder_beside_the_packages_is_read_too(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "app/roles/Clerk.role-meta.xml": ROLE,
        "guests/package.xml": metadata("Package"),
        "guests/profiles/Guest.profile": metadata("Profile", "<custom>true</custom>"),
        "guests/roles/Clerk.role": ROLE,
        "manifest/package.xml": metadata("Package"),
    }
    provider = SalesforceFiles(None, mini(tmp_path / "p", files))
    snapshot = provider.read(Scope())
    assert set(snapshot) == {"PermissionSet/Guest", "Role/Clerk"}
    assert [problem.code for problem in provider.problems] == ["SFFILE009"]
    assert snapshot.coverage.gaps == ()


def test_gitignore_rules_decide(tmp_path: Path) -> None:
    rules = "# comment\nroles/**\n!roles/Kept.role-meta.xml\n/app/main/\n!app/main/roles/Lost.role-meta.xml\n*.flow-meta.xml\n"
    names = ("app/roles/Kept", "app/roles/Gone", "app/main/roles/Lost", "app/other/roles/Here")
    files: dict[str, str | bytes] = {f"{name}.role-meta.xml": ROLE for name in names}
    files[".forceignore"] = rules.replace("roles/**", "app/roles/**").replace("!roles", "!app/roles")
    files["app/flows/F.flow-meta.xml"] = metadata("Flow")
    snapshot = read(mini(tmp_path / "p", files))
    assert set(snapshot) == {"Role/Kept", "Role/Here"}
    assert snapshot.hidden == 3


def test_a_thing_in_two_files_is_put_together_or_told(tmp_path: Path) -> None:
    def project(second: str) -> SalesforceFiles:
        one = metadata("CustomObject", "<sharingModel>Private</sharingModel>")
        files: dict[str, str | bytes] = {
            "app/a/objects/Lead/Lead.object-meta.xml": one,
            "app/b/objects/Lead.object-meta.xml": metadata("CustomObject", second),
        }
        return SalesforceFiles(None, mini(tmp_path / str(len(list(tmp_path.iterdir()))), files))

    agreeing = project("<enableHistory>true</enableHistory>")
    assert agreeing.read(Scope()).body("Object/Lead") == {"sharing": "private", "track_history": True}
    assert not agreeing.problems
    opposed = project("<sharingModel>Read</sharingModel>")
    assert opposed.read(Scope()).coverage.gap("Object")
    assert [problem.code for problem in opposed.problems] == ["SFFILE007"]


def test_identity_is_the_path_in_the_repository(tmp_path: Path) -> None:
    project = mini(tmp_path / "crm" / "sales", {})
    provider = SalesforceFiles(tmp_path, Path("crm/sales"), kind="production")
    assert (provider.identity().instance, provider.identity().kind) == ("crm/sales", "production")
    assert SalesforceFiles(None, project).identity().instance == project.as_posix()
    with pytest.raises(ProviderError, match="leads out of the repository"):
        SalesforceFiles(tmp_path / "crm", Path("../other"))


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ("{", "SFPROJ002"),
        ("[]", "SFPROJ002"),
        ('{"packageDirectories": []}', "SFPROJ002"),
        ("[" * 100_000, "SFPROJ002"),
        ("\ufeff{}", "SFPROJ002"),
    ],
)
def test_a_broken_project_file_is_told(config: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "sfdx-project.json").write_text(config, encoding="utf-8")
    with pytest.raises(ProviderError) as told:
        read(tmp_path)
    assert told.value.diagnostic.code == code


def test_packages_outside_the_project_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    project = mini(tmp_path / "p", {})
    (project / "sfdx-project.json").write_text(
        '{"packageDirectories": [{"path": "../secret"}, {"path": "/etc"}, {"path": "gone"}, 7, {"path": "app"}]}'
    )
    provider = SalesforceFiles(None, project)
    provider.read(Scope())
    assert [problem.code for problem in provider.problems] == ["SFPROJ003"] * 3 + ["SFPROJ002"]


def test_nothing_that_is_no_project_is_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone"):
        with pytest.raises(ProviderError) as told:
            read(path)
        assert told.value.diagnostic.code == "SFPROJ001"


def test_changes_are_seen_at_the_next_read(tmp_path: Path) -> None:
    provider = SalesforceFiles(None, copied(tmp_path))
    before = provider.read(Scope())
    (tmp_path / "project/base/main/roles/Quay_Clerk.role-meta.xml").unlink()
    assert set(before) - set(provider.read(Scope())) == {"Role/Quay_Clerk"}
