"""The rules on real projects: what they find is there, and nothing else is an error once it is listed as External."""

from pathlib import Path

import pytest

from crmgov.check.dangling import dangling
from crmgov.check.run import check
from crmgov.check.uses import uses
from crmgov.model.provider import Scope
from crmgov.model.snapshot import Snapshot
from crmgov.providers.salesforce.provider import SalesforceFiles
from tests.providers.salesforce_write.corpora import unpack


@pytest.fixture(scope="module", params=["northstar", "ust-easy", "nav-arbeidsgiver", "ebikes"])
def project(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, SalesforceFiles, Snapshot]:
    folder: Path = unpack(request.param, tmp_path_factory.mktemp("real"))
    provider = SalesforceFiles(None, folder, include_ignored=True)
    return request.param, provider, provider.read(Scope())


EXPECTED = {
    "northstar": [
        ('Field/QuoteLineItem.Requires_Provisioning__c', 'No value "Core Platform" in standard__Product2Family, named in the formula'),
    ],
    "ust-easy": [
        ("Field/Admissions_Region__c.Associated_Countries__c", 'No picklist "Country"'),
        ("Field/Application_Review__c.First_Generation__c", 'No value "Yes, I Am" in Application__c.First_Generation__c, named in the formula'),
        ("PermissionSet/Application_Admin", 'No field "Primary_Department__c" in Contact'),
    ],
    "nav-arbeidsgiver": [
        ("Field/CustomOpportunity__c.TAG_IsOverdue__c", 'No value "Ny Henvendelse" in CustomOpportunity__c.InclusionStage__c, named in the formula'),
        ("Layout/Account.\"TAG Virksomhet\"", 'No field "CRM_AccountType__c" in Account'),
        ("Field/NavTask__c.Overdue__c", 'No object "NavTask__c"'),
    ],
    "ebikes": [],
}  # fmt: skip
"""Faults of the projects themselves: values nobody can choose any more, and things of packages that are not there."""


def test_faults_of_real_projects_are_found_and_nothing_else_is_an_error(
    project: tuple[str, SalesforceFiles, Snapshot],
) -> None:
    name, provider, live = project
    catalogues = [provider.catalogue()]
    found = {(item.address, item.message) for item in check(live, catalogues, case="accept")}
    assert [fault for fault in EXPECTED[name] if fault not in found] == []
    externals = dangling(live, catalogues)
    bodies = {address: live.body(address) for address in live} | externals
    whole = Snapshot.of("with externals", bodies, origins=live.origins, derived=live.derived, coverage=live.coverage)
    assert [item.message for item in check(whole, catalogues, case="accept") if item.severity == "error"] == []


def test_uses_lead_to_things_that_are_there(project: tuple[str, SalesforceFiles, Snapshot]) -> None:
    name, provider, live = project
    known = uses(live, [provider.catalogue()], case="accept")
    assert {address.partition("#")[0] for address in known} <= set(live)
    assert {user for places in known.values() for user, _ in places} <= set(live)
    if name == "northstar":
        process = "Pipeline/Opportunity.Northstar_Sales_Process"
        stage = 'StageSet/OpportunityStage#stages["Proposal/Price Quote"]'
        assert process in {user for user, _ in known[stage]}
        users = {user for user, _ in known["Field/Lead.Region__c"]}
        assert {'Automation/Lead."Assignment rule Standard"', 'Layout/Lead."Lead Layout"'} <= users
