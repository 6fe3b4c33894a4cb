"""Files and columns are matched by name without case, plural and decoration, and never by a guess."""

from pathlib import Path

import pytest

from crmgov.audit.records.beside import beside
from crmgov.audit.records.matching import columns_of, objects_of
from tests.audit.records.export import count, lines, message, opened

OBJECTS = [
    "Lead",
    "Opportunity",
    "OpportunityLineItem",
    "Case",
    "Action_Plan__c",
    "PricebookEntry",
    "Address",
    "Status",
]


@pytest.mark.parametrize(("stem", "name"), [
    ("lead", "Lead"), ("LEADS", "Lead"), ("sample-leads", "Lead"), ("Lead-2026-11-22", "Lead"), ("Lead (1)", "Lead"),
    ("Lead_20261122_101500", "Lead"), ("lead_export", "Lead"), ("Leads-part-3", "Lead"), ("001_Lead", "Lead"),
    ("opportunities", "Opportunity"), ("opportunity line items", "OpportunityLineItem"), ("Cases", "Case"),
    ("action-plans", "Action_Plan__c"), ("Action_Plan__c", "Action_Plan__c"), ("pricebook-entries", "PricebookEntry"),
    ("addresses", "Address"), ("status", "Status"), ("all_leads_full", "Lead"), ("Lead copy", "Lead"),
])  # fmt: skip
def test_names_of_files_match_objects(stem: str, name: str) -> None:
    assert objects_of(stem, OBJECTS) == [name]


@pytest.mark.parametrize(
    "stem", ["LeadHistory", "misleading", "", "2026-11-22", "export", "leadership", "opportunity-x"]
)
def test_other_names_match_nothing(stem: str) -> None:
    assert objects_of(stem, OBJECTS) == []


def test_an_objects_own_name_comes_before_its_labels() -> None:
    assert objects_of("Accounts", ["Account", "Company__c"], {"Company__c": ["Account", "Accounts"]}) == ["Account"]
    assert objects_of("Firmen", ["Account"], {"Account": ["Firma", "Firmen"]}) == ["Account"]
    assert objects_of("customers", ["A", "B"], {"A": ["Customer"], "B": ["customer"]}) == ["A", "B"]


def test_columns_match_by_name_then_by_label_and_never_where_several_fit() -> None:
    labels = {"Region__c": ["Region"], "Sales_Region__c": ["Sales Region"], "A__c": ["Phone"], "B__c": ["Phone"]}
    found = columns_of(["REGION__C", "Region", "sales region", "Phone", "Nothing"], labels, labels)
    assert dict(found.found) == {"Region__c": "REGION__C", "Sales_Region__c": "sales region"}
    assert found.ambiguous == [("Phone", ["A__c", "B__c"])]
    assert found.strange == ["Nothing", "Region"]


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (["Id", "CreatedDate", "LastModifiedById", "IsActive"], {"key", "created", "editor", "active"}),
        (["id", "create_date", "write_date", "create_uid"], {"key", "created", "modified", "author"}),
        (["Record ID", "Create Date", "Last Modified Date"], {"key", "created", "modified"}),
        (["Record Id", "Created Time", "Modified Time", "Modified By", "Layout"],
         {"key", "created", "modified", "editor", "record_type"}),
        (["Recreate Date", "Valid", "Owners Note"], set()),
    ],
    ids=["Salesforce", "Odoo", "HubSpot's export", "Zoho's export", "none"],
)  # fmt: skip
def test_what_stands_beside_the_fields_is_known_as_each_vendor_names_it(columns: list[str], found: set[str]) -> None:
    assert set(beside(columns)) == found


def test_a_column_that_stands_twice_is_told_and_not_counted(tmp_path: Path) -> None:
    (tmp_path / "Lead.csv").write_bytes(lines(["Email,Company,email", "a@x.y,A,"]))
    with opened(tmp_path) as records:
        assert message(records, "FILES008") == "Email in Lead.csv fits several: Email, email"
        assert set(records.holdings()["Lead"].kinds) == {"Company"}
    (tmp_path / "Lead.csv").write_bytes(lines(["Company,Email,Company", "A,a@x.y,"]))
    with opened(tmp_path) as records:
        assert message(records, "FILES008") == "Company stands in Lead.csv 2 times"
        assert (count(records), set(records.holdings()["Lead"].kinds)) == (1, {"Email"})


def test_what_has_no_column_is_told_once_and_columns_that_are_no_field_are_counted(tmp_path: Path) -> None:
    (tmp_path / "Lead_1.csv").write_bytes(lines(["Email,x,y,CreatedDate", "a@x.y,1,2,2026-01-01T00:00:00.000+0000"]))
    (tmp_path / "Lead_2.csv").write_bytes(lines(["Email,y,z", "b@x.y,1,2"]))
    with opened(tmp_path) as records:
        assert message(records, "FILES009") == "Lead: 3 columns of its records are no field that is configured: x, y, z"
        assert message(records, "FILES010").startswith(
            "7 of 8 fields of Lead have no column in its records: Company, Hot"
        )
        assert records.holdings()["Lead"].created == "CreatedDate"


@pytest.mark.parametrize("first", ["Ann Secret,active,Oslo", "Ann Secret,Owner,Oslo"])
def test_a_value_that_looks_like_a_column_makes_no_header(tmp_path: Path, first: str) -> None:
    (tmp_path / "Lead.csv").write_bytes(lines([first, "Bob Secret,new,Bergen"]))
    with opened(tmp_path) as records:
        assert "has it a header?" in message(records, "FILES002")
        assert "Secret" not in repr(records.problems())
    (tmp_path / "Lead.csv").write_bytes(lines(["Id,Elsewhere", "1,x"]))
    with opened(tmp_path) as records:
        assert count(records) == 1
