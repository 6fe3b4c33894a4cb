"""The configuration of the fictitious company is whole, believable, and free of findings."""

import re
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import msgspec
import pytest

from crmgov.check.governance.run import govern
from crmgov.check.judgement.owners import Owners
from crmgov.check.judgement.severities import weighed
from crmgov.check.run import check
from crmgov.load.overlays import apply_overlays
from crmgov.model.canonical import digest
from crmgov.model.kinds import KINDS
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Governance
from tests.config.company import ROOT, bodies, body, fields_of, loaded, named


def test_it_loads_without_a_finding() -> None:
    assert loaded().diagnostics == []


def test_it_keeps_every_governance_rule() -> None:
    assert [(one.code, one.message) for one in govern(loaded().snapshot, today=date(2026, 11, 10))] == []


@pytest.mark.parametrize("year", [2027, 2029])
def test_it_stays_free_of_findings_while_its_calendar_stands_still(year: int) -> None:
    found = govern(loaded().snapshot, today=date(year, 6, 1))
    assert found
    governance = loaded().snapshot.spec("Governance/Tidewell")
    assert isinstance(governance, Governance)
    kept, off = weighed(found, given(governance.severities, []), Owners(loaded().snapshot, {}))
    assert kept == []
    assert off == len(found)


def test_every_reference_resolves() -> None:
    assert check(loaded().snapshot) == []


@pytest.mark.parametrize("environment", ["sandbox", "production", "staging"])
def test_it_holds_in_every_environment(environment: str) -> None:
    snapshot, problems = apply_overlays(loaded().snapshot, environment)
    assert problems == []
    assert check(snapshot) == []


@pytest.mark.parametrize(
    ("kind", "least"),
    [("Object", 8), ("Field", 120), ("Picklist", 12), ("Pipeline", 3), ("Lifecycle", 1), ("Role", 8),
     ("Automation", 15), ("Integration", 4), ("Policy", 8), ("Team", 5), ("Layout", 8), ("Governance", 1)],
)  # fmt: skip
def test_it_is_large_enough(kind: str, least: int) -> None:
    assert len(bodies(kind)) >= least


def test_fields_stand_in_files_of_their_own_or_in_their_object() -> None:
    assert (ROOT / "config/objects/Lead/fields/Region.yaml").is_file()
    assert not (ROOT / "config/objects/QuoteLine/fields").exists()
    assert "Field/QuoteLine.Quantity" in loaded().snapshot


def test_every_field_says_what_it_is() -> None:
    for address, field in bodies("Field").items():
        assert {"label", "description", "owner", "sensitivity"} <= set(field), address


def test_addresses_and_numbers_of_people_are_personal_data() -> None:
    for address, field in bodies("Field").items():
        if field["type"] in ("email", "phone"):
            assert field.get("personal_data"), address


def test_every_shared_picklist_but_short_ones_has_aliases() -> None:
    with_aliases = [
        name for name, body in bodies("Picklist").items() if any("aliases" in value for value in body["values"])
    ]
    assert len(with_aliases) >= 12


def test_every_field_in_use_stands_on_a_layout() -> None:
    shown = {
        (address.partition("/")[2].partition(".")[0], field["name"])
        for address, layout in bodies("Layout").items()
        for section in layout["sections"]
        for field in section["fields"]
    }
    fields = bodies("Field")
    here = {
        tuple(address.partition("/")[2].split(".")) for address, field in fields.items() if "lifecycle" not in field
    }
    assert here - shown == set()


def test_lead_qualification_has_seven_steps_that_are_defined() -> None:
    stages = body("Pipeline/Lead.LeadQualification")["stages"]
    assert len(stages) == 7
    open_ones = stages[:5]
    for stage in stages:
        assert stage["definition"], stage["name"]
        assert stage["entry"]["required"], stage["name"]
    for stage, following in zip(open_ones, stages[1:], strict=False):
        assert following["name"] in stage["next"]
        assert {"max_age", "owner_role"} <= set(stage)


def test_lead_conversion_carries_the_source() -> None:
    conversion = named(body("Lifecycle/Customer")["handoffs"], "Lead conversion")
    assert conversion["conversion"] is True
    assert conversion["carry"]["Lead.LeadSource"]["to"] == "Opportunity.LeadSource"


def granted(role: str, permission: str) -> set[str]:
    """Objects on which a role has a permission, through all its permission sets."""
    found: set[str] = set()
    wanted = list(body(f"Role/{role}")["grants"])
    while wanted:
        held = body(f"PermissionSet/{wanted.pop()}")
        wanted += held.get("includes", [])
        found |= {name for name, rights in held.get("objects", {}).items() if rights.get(permission)}
    return found


def test_an_intern_takes_nothing_out() -> None:
    assert granted("MarketingIntern", "read") >= {"Lead", "Campaign"}
    assert granted("MarketingIntern", "export") == set()
    lead = body("PermissionSet/MarketingInsight")["fields"]["Lead"]
    assert lead["fields"]["Email"] == lead["fields"]["Phone"] == "none"


def test_only_the_two_roles_that_deal_with_customers_export_contacts() -> None:
    roles = [address.partition("/")[2] for address in bodies("Role")]
    assert {role for role in roles if "Contact" in granted(role, "export")} == {"CustomerSuccessManager"}


def test_every_active_region_is_covered_by_one_queue() -> None:
    regions = [value["name"] for value in body("Picklist/Region")["values"] if value.get("active", True)]
    teams = [team["covers"]["Lead"] for team in bodies("Team").values() if "Lead" in team.get("covers", {})]
    for region in regions:
        assert sum(_mentions(team, region) for team in teams) == 1, region


def _mentions(criterion: Any, value: str) -> bool:
    if isinstance(criterion, dict):
        return any(_mentions(inner, value) for inner in criterion.values())
    return any(_mentions(inner, value) for inner in criterion) if isinstance(criterion, list) else criterion == value


def test_a_new_lead_gets_an_owner_and_a_task_within_a_day() -> None:
    automation = body("Automation/Lead.RouteNewLead")
    route = named(automation["actions"], "Give an owner")
    assert automation["trigger"]["on"] == "created"
    assert len(route["cases"]) >= 5
    assert route["otherwise"] == {"team": "InboundPool", "round_robin": True}
    assert named(automation["actions"], "Follow up")["due_hours"] == 24
    assert {action["type"] for action in automation["otherwise"]} == {"route", "create_task"}


def test_a_proposal_is_followed_up_and_told_to_the_manager() -> None:
    automation = body("Automation/Opportunity.ProposalSent")
    assert automation["when"]["value"] == "Proposal Sent"
    assert named(automation["actions"], "Follow up")["due_days"] == 3
    assert named(automation["actions"], "Tell the manager")["to"] == {"field": "SalesManager"}


def test_a_won_deal_starts_onboarding() -> None:
    automation = body("Automation/Opportunity.ClosedWonOnboarding")
    assert automation["when"]["value"] == "Closed Won"
    assert named(automation["actions"], "Onboard")["type"] == "create_task"


@pytest.mark.parametrize(
    ("name", "trigger"),
    [
        ("Opportunity.InactiveDealReminder", {"on": "scheduled", "date_field": "LastActivityDate", "days": 14}),
        ("Contract.RenewalTask", {"on": "scheduled", "date_field": "EndDate", "days": -90}),
        ("Case.EscalateUnresolved", {"on": "scheduled", "date_field": "OpenedAt", "hours": 5}),
    ],
)
def test_time_starts_reminders(name: str, trigger: dict[str, object]) -> None:
    assert body(f"Automation/{name}")["trigger"] == trigger


def test_an_opaque_body_is_the_file_beside_it() -> None:
    automation = body("Automation/Case.SlaClock")
    path = ROOT / "config/automations/Case" / automation["body_file"]["path"]
    assert automation["body"] == "opaque"
    assert automation["body_file"]["digest"] == digest(path.read_bytes())


@pytest.mark.parametrize("system", ["Mailchimp", "Zendesk", "billing", "Zapier"])
def test_every_shared_field_has_a_direction_and_a_truth(system: str) -> None:
    (found,) = (body for body in bodies("Integration").values() if body["system"] == system)
    assert len(found["mappings"]) >= 5
    for mapping in found["mappings"]:
        assert {"direction", "truth", "on_conflict"} <= set(mapping), mapping["name"]
    assert found["runs_as"].removesuffix("Sync").removesuffix("Connector").lower() == system.lower()


def test_policies_carry_examples_that_are_documents() -> None:
    for address, policy in bodies("Policy").items():
        assert policy["passing"], address
        assert policy["failing"], address
        for example in [*policy["passing"], *policy["failing"]]:
            resource = {
                key: value for key, value in example.get("resource", {}).items() if key not in ("name", "object")
            }
            if resource:
                msgspec.convert(resource, KINDS[resource.pop("kind")].spec)


def test_names_keep_the_naming_conventions() -> None:
    for kind, rule in body("Governance/Tidewell")["naming"].items():
        for address, at in loaded().snapshot.of_kind(kind):
            assert re.search(rule.get("pattern", ""), at.name), address
            assert at.name.startswith(rule.get("prefix", "")), address


def test_production_is_reached_through_sandbox_and_has_limits() -> None:
    production = body("Environment/production")
    assert production["promotes_from"] == "sandbox"
    assert {"limits", "freezes"} <= set(production["protection"])
    assert "approvals" not in production["protection"]
    assert PurePosixPath(production["exports"]["store"]).parts[0] == ".crmgov"


def test_required_lookups_keep_what_they_point_at() -> None:
    for address, field in bodies("Field").items():
        if field["type"] == "lookup" and field.get("required"):
            assert field["on_delete"] == "restrict", address


def test_dependent_values_exist() -> None:
    lead = fields_of("Lead")["Region"]["controlled_by"]
    countries = {value["name"] for value in body("Picklist/Country")["values"]}
    assert set(lead["pairs"]) == countries
