"""What objects say of themselves."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from . import Field, Org
from .describe import described
from .fields import CAN
from .world import acme

FLAGS = ("filterable", "groupable", "sortable", "aggregatable")


def wsdl() -> str:
    """The vendor's description of its API; skips the test where it is not there."""
    named = os.environ.get("CRMGOV_SHARED")
    root = Path(__file__).resolve().parents[3]
    for folder in [Path(named)] if named else [root.parent / "shared", root.parent.parent / "shared"]:
        file = folder / "api-specs" / "salesforce" / "partner.wsdl"
        if file.is_file():
            return file.read_text()
    pytest.skip("the vendor's WSDL is neither in CRMGOV_SHARED nor in ../shared")


def elements(text: str, name: str) -> set[str]:
    """The elements of one of the WSDL's types."""
    body = text.split(f'complexType name="{name}"', 1)[1].split("</complexType>", 1)[0]
    return set(re.findall(r'element name="(\w+)"', body))


def of_lead() -> dict[str, dict[str, object]]:
    org, user = acme()
    source = org.find("Lead")
    assert source is not None
    fields = described(org, user, source, "66.0")["fields"]
    return {str(field["name"]): field for field in fields}  # type: ignore[attr-defined,index]


def test_attributes_are_those_of_the_vendor() -> None:
    text = wsdl()
    # These are left out where they say nothing.
    optional = {"dataTranslationEnabled"}
    for field in of_lead().values():
        assert set(field) == elements(text, "Field") - optional
    org, user = acme()
    source = org.find("Lead")
    assert source is not None
    whole = described(org, user, source, "66.0")
    assert set(whole) - {"urls"} <= elements(text, "DescribeSObjectResult")
    kinds = set(
        re.findall(
            r'enumeration value="(\w+)"', text.split('simpleType name="fieldType"', 1)[1].split("</simpleType>", 1)[0]
        )
    )
    assert set(CAN) - {"long textarea"} <= kinds


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("Id", "fgsa"),
        ("Name", "fgsa"),
        ("Email", "fgsa"),
        ("Description", ""),
        ("Note__c", "fgsa"),
        ("Region__c", "fgsa"),
        ("Topics__c", "f"),
        ("Converted__c", "fgs"),
        ("Score__c", "fsa"),
        ("Employees", "fgsa"),
        ("Budget__c", "fsa"),
        ("Due__c", "fgsa"),
        ("Seen__c", "fsa"),
        ("Hidden__c", ""),
        ("Photo__c", ""),
        ("Number__c", "fsa"),
        ("Shown__c", "fsa"),
        ("AccountId", "fgsa"),
        ("CreatedDate", "fsa"),
        ("IsDeleted", "fgs"),
        ("City", "fgsa"),
        ("Latitude", "fsa"),
    ],
)
def test_what_may_be_done_with_a_field(name: str, flags: str) -> None:
    field = of_lead()[name]
    assert "".join(flag[0] for flag in FLAGS if field[flag]) == flags


def test_the_fields_a_compound_is_made_of_say_so() -> None:
    fields = of_lead()
    assert {name for name, field in fields.items() if field["compoundFieldName"] == "Address"} == {
        "Street", "City", "State", "PostalCode", "Country", "Latitude", "Longitude",
    }  # fmt: skip
    assert {name for name, field in fields.items() if field["compoundFieldName"] == "Place__c"} == {
        "Place__Latitude__s",
        "Place__Longitude__s",
    }


def test_a_picklist_lists_its_values_in_and_out_of_use() -> None:
    org = Org()
    user = org.user()
    source = org.object(
        "Thing__c", [Field("Kind__c", "picklist", values=("A", "B"), inactive=("Old",), restricted=True)]
    )
    (field,) = (one for one in described(org, user, source, "66.0")["fields"] if one["name"] == "Kind__c")  # type: ignore[attr-defined]
    assert field["restrictedPicklist"] is True
    assert [(value["value"], value["active"]) for value in field["picklistValues"]] == [
        ("A", True),
        ("B", True),
        ("Old", False),
    ]


def test_record_types_are_those_given_and_the_one_everybody_has() -> None:
    org, user = acme()
    fields = [Field("DeveloperName", "string"), Field("SobjectType", "picklist"), Field("IsActive", "boolean")]
    org.object(
        "RecordType", fields, [{"Name": "Partner", "DeveloperName": "Partner", "SobjectType": "Lead", "IsActive": True}]
    )
    source = org.find("Lead")
    assert source is not None
    infos = described(org, user, source, "66.0")["recordTypeInfos"]
    assert [(info["developerName"], info["master"]) for info in infos] == [("Partner", False), ("Master", True)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("field", "record"),
    [
        (Field("A__c", "string"), {"B__c": "x"}),
        (Field("A__c", "string", length=2), {"A__c": "xyz"}),
        (Field("A__c", "string"), {"A__c": 5}),
        (Field("A__c", "double"), {"A__c": "5"}),
        (Field("A__c", "date"), {"A__c": "2026-01-01"}),
        (Field("A__c", "boolean"), {"A__c": 1}),
        (Field("A__c", "location"), {"A__c": {"latitude": 1}}),
    ],
)
def test_a_record_the_vendor_could_not_hold_is_a_mistake_of_the_test(field: Field, record: dict[str, object]) -> None:
    org = Org()
    with pytest.raises(ValueError, match=r"A__c|B__c"):
        org.object("Thing__c", [field], [record])
