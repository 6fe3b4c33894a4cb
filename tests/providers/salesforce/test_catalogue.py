"""What every organisation has, and what it has not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crmgov.model.address import parse
from crmgov.providers.salesforce.catalogue import CATALOGUE
from tests.providers.salesforce.world import read


def test_standard_things_are_known() -> None:
    assert CATALOGUE.has("Object", "opportunity") is True
    assert CATALOGUE.has("Field", "StageName", "Opportunity") is True
    assert CATALOGUE.has("Field", "CreatedDate", "Berth__c") is True
    assert CATALOGUE.has("Picklist", "standard__LeadSource") is True
    assert CATALOGUE.has("StageSet", "CaseStatus") is True
    assert CATALOGUE.field("Opportunity", "Amount") == {"type": "currency", "precision": 18, "scale": 2}
    assert CATALOGUE.field("Lead", "LeadSource") == {"type": "picklist", "picklist": "standard__LeadSource"}
    assert CATALOGUE.field("Case", "AccountId") == {"type": "lookup", "references": ["Account"]}


def test_what_is_surely_not_there_is_told_from_what_is_unknown() -> None:
    assert CATALOGUE.has("Field", "Regoin", "Lead") is False
    assert CATALOGUE.has("Field", "Region__c", "Lead") is False
    assert CATALOGUE.has("Object", "Berth__c") is False
    assert CATALOGUE.has("Object", "SomethingNew") is None
    assert CATALOGUE.has("Field", "Anything", "SomethingNew") is None
    assert CATALOGUE.has("Role", "CEO") is None
    assert CATALOGUE.field("Lead", "Regoin") is None


def test_names_are_offered_for_near_matches() -> None:
    assert "StageName" in CATALOGUE.names("Field", "Opportunity")
    assert "Account" in CATALOGUE.names("Object")
    assert CATALOGUE.names("Role") == ()


def test_every_entry_is_a_body() -> None:
    for name in CATALOGUE.names("Object"):
        for field in CATALOGUE.names("Field", name):
            body = CATALOGUE.field(name, field)
            assert body is not None
            assert body["type"]


@pytest.mark.parametrize("name", ["northstar", "ust-easy", "nav-arbeidsgiver", "ebikes"])
def test_no_standard_field_of_a_real_project_is_denied(name: str, corpus: Callable[[str], Path]) -> None:
    snapshot = read(corpus(name), include_ignored=True)
    denied = []
    for address, where in snapshot.of_kind("Field"):
        if snapshot.origin(address) == "standard" and CATALOGUE.has("Field", where.name, where.parent) is False:
            denied.append(address)
    assert denied == []
    assert parse("Object/Lead").name == "Lead"
