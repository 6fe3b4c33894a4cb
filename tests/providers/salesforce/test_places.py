"""Findings stand at the line of the vendor's own file, in both forms."""

from pathlib import Path

import pytest

from crmgov.model.diagnostics import Place, Route
from crmgov.model.provider import Scope
from crmgov.providers.salesforce.provider import SalesforceFiles
from tests.providers.salesforce.test_project import zipped
from tests.providers.salesforce.world import MDAPI, PROJECT, copied

PLACES: list[tuple[str, Route, str, str]] = [
    ("Field/Account.Harbour__c", ("values", "Gdańsk", "description"), "<description>The old", "Harbour__c"),
    ("Field/Account.Harbour__c", ("controlled_by", "field"), "<controllingField>", "Harbour__c"),
    ("Field/Account.Region__c", ("required",), "<required>false", "Region__c"),
    ("Field/Account.Tax_Number__c", ("type",), "<type>Text", "Tax_Number__c"),
    ("Field/Account.Berths_Booked__c", ("rollup", "when"), "<summaryFilterItems>", "Berths"),
    (
        'Layout/Berth__c."Berth Layout (new)"',
        ("sections", "Information 2", "fields", "Remarks__c"),
        "<layoutItems>",
        "",
    ),
    (
        'PermissionSet/"Custom: Harbour Sales"',
        ("fields", "Berth__c", "fields", "Gate_Code__c"),
        "<fieldPermissions>",
        "",
    ),
    ('PermissionSet/"Custom: Harbour Sales"', ("objects", "Berth__c", "delete"), "<allowDelete>", ""),
    ('Automation/Lead."Assignment rule Standard"', ("actions", "route", "cases", "Quay 2", "formula"), "<formula>", ""),
    ("Object/Berth__c", ("record_name", "format"), "<displayFormat>", ""),
    ("RecordType/Opportunity.New_Berth", ("picklists", "Type", "default"), "<default>true", ""),
    ("Setting/Security", ("values", "canUsersGrantLoginAccess"), "<canUsersGrantLoginAccess>", ""),
    ("Team/Quay", ("members", "roles", "Quay_Clerk"), "<roles>", ""),
    ("StageSet/OpportunityStage", ("stages", "Closed Won", "outcome"), "<closed>true", ""),
    ("Automation/Berth_Before_Save", ("active",), "<status>Active", ""),
    ("Validation/Berth__c.Leaves_After_Arrival", ("message",), "<errorMessage>The ship", ""),
    ("Role/Quay_Clerk", (), "<Role ", ""),
    ("Field/Account.Region__c", ("nothing", "such"), "<", ""),
]


def text_at(place: Place) -> str:
    lines = Path(place.file).read_text(encoding="utf-8-sig").splitlines()
    return lines[place.line - 1][place.column - 1 :]


@pytest.mark.parametrize("form", [PROJECT, MDAPI], ids=["source", "mdapi"])
@pytest.mark.parametrize(("address", "route", "text", "file"), PLACES)
def test_an_attribute_stands_where_its_element_is(address: str, route: Route, text: str, file: str, form: Path) -> None:
    provider = SalesforceFiles(None, form)
    place = provider.locate(address, route)
    assert place is not None
    shown = text_at(place)
    assert shown.startswith(text) or (not route and shown.startswith("<"))
    assert form is MDAPI or file in place.file


def test_columns_count_characters() -> None:
    place = SalesforceFiles(None, PROJECT).locate("Field/Account.Harbour__c", ("values", "Gdańsk", "label"))
    assert place is not None
    assert text_at(place).startswith("<label>Gdańsk")
    assert (place.end_line, place.end_column) == (place.line, place.column + len("<label>Gdańsk (Poland)</label>"))


def test_places_in_a_zip(tmp_path: Path) -> None:
    place = SalesforceFiles(None, zipped(MDAPI, tmp_path / "a.zip")).locate("Role/Quay_Clerk", ("parent",))
    assert place is not None
    assert place.file.endswith("a.zip/roles/Quay_Clerk.role")
    assert place.line == 5


def test_what_is_gone_has_no_place(tmp_path: Path) -> None:
    project = copied(tmp_path)
    provider = SalesforceFiles(tmp_path, Path("project"))
    provider.read(Scope())
    (project / "base/main/roles/Quay_Clerk.role-meta.xml").unlink()
    assert provider.locate("Role/Quay_Clerk", ("parent",)) is None
    assert provider.locate("Role/Nobody", ()) is None
    broken = project / "base/main/roles/Harbour_Master.role-meta.xml"
    broken.write_text("<Role")
    place = provider.locate("Role/Harbour_Master", ("label",))
    assert place == Place("project/base/main/roles/Harbour_Master.role-meta.xml", 1, 1)
