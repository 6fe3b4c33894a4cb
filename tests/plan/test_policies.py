"""Policies over plans: what they forbid and limit, and that an error goes into the saved plan."""

from typing import Any

import pytest

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.evidence import Evidence
from crmgov.model.plans import Context, Plan
from crmgov.plan.codes import REFUSALS
from crmgov.plan.make import complete
from tests.plan.world import TARGET, applied, drafted, tree

WAS: dict[str, Body] = {
    "Object/Lead": {"label": "Lead", "owner": "Sales"},
    "Object/Quote": {"label": "Quote"},
    "Field/Lead.Fax": {"type": "phone", "tags": ["old"], "owner": "Sales"},
    "Field/Lead.Region": {"type": "text", "length": 80, "sensitivity": "restricted"},
}
NOW: dict[str, Body] = {
    "Object/Lead": WAS["Object/Lead"],
    "Object/Quote": WAS["Object/Quote"],
    "Field/Lead.Region": {"type": "text", "length": 40, "sensitivity": "internal"},
    "Field/Lead.Tier": {"type": "text", "tags": ["new"]},
}


def plan(policy: dict[str, Any], now: dict[str, Body] = NOW, **more: Body) -> Plan:
    documents = {"Policy/P": policy, **more}
    result = drafted(now, WAS, applied(WAS, WAS))
    context = Context(tool="0", created="2026-01-01T00:00:00Z", commit="c2", author="ana")
    answers = [Evidence(exactness="value", count=7, of=10) for _ in result.questions]
    return complete(
        result, answers, TARGET, context, desired={}, blobs={}, recover={}, policies=tree({**now, **documents})
    )


def found(policy: dict[str, Any], **more: Body) -> list[Diagnostic]:
    return [one for one in plan(policy, **more).context.diagnostics if one.code.startswith("POLICY")]


@pytest.mark.parametrize(
    ("forbid", "changes"),
    [
        ({"action": ["remove"]}, {"Field/Lead.Fax"}),
        ({"action": ["add", "remove"]}, {"Field/Lead.Fax", "Field/Lead.Tier"}),
        ({"kind": ["Object"]}, set()),
        ({"object": ["Lead"], "action": ["modify"]}, {"Field/Lead.Region"}),
        ({"hazard": ["data-loss"]}, {"Field/Lead.Fax", "Field/Lead.Region"}),
        ({"hazard": ["data-loss"], "environment": ["sandbox"]}, set()),
        ({"hazard": ["data-loss"], "environment": ["production"], "name": "^F"}, {"Field/Lead.Fax"}),
        ({"tags": ["new"]}, {"Field/Lead.Tier"}),
        ({"where": {"sensitivity": "restricted"}}, {"Field/Lead.Region"}),
        ({"where": {"sensitivity": "internal"}}, {"Field/Lead.Region"}),
        ({"where": {"type": "phone"}}, {"Field/Lead.Fax"}),
        ({"owner": "Sales"}, {"Field/Lead.Fax", "Field/Lead.Region", "Field/Lead.Tier"}),
    ],
)  # fmt: skip
def test_what_is_forbidden(forbid: dict[str, Any], changes: set[str]) -> None:
    assert {one.address for one in found({"forbid": forbid}) if one.code == "POLICY102"} == changes


def test_a_forbidden_change_is_told_with_what_it_may_harm_and_the_policys_help() -> None:
    (one,) = found({"forbid": {"action": ["remove"]}, "help": "Hide it first.", "description": "Nothing goes."})
    assert one.message == "Field/Lead.Fax: no plan for production may remove it (P)"
    assert (one.severity, one.mend, one.detail) == ("error", "Hide it first.", "Nothing goes.")
    assert one.evidence == ("may harm: data-loss",)
    assert one.code in REFUSALS


def test_a_limit_counts_the_changes_it_selects() -> None:
    assert found({"limit": {"at_most": 3}}) == []
    (one,) = found({"limit": {"select": {"kind": ["Field"]}, "at_most": 2}, "severity": "warning"})
    assert (one.code, one.severity, one.message) == (
        "POLICY103",
        "warning",
        "3 such changes, and a plan may hold 2 (P)",
    )
    assert one.evidence == ("modify Field/Lead.Region", "add Field/Lead.Tier", "remove Field/Lead.Fax")


def test_what_only_the_deleted_document_said_is_not_guessed() -> None:
    (one,) = found({"forbid": {"tags": ["old"]}})
    assert (one.code, one.severity) == ("POLICY109", "warning")
    assert one.message == "P: what it asks is not known of 1 change"
    assert one.evidence == ("remove Field/Lead.Fax",)
    assert [one.code for one in found({"limit": {"select": {"tags": ["old"]}, "at_most": 0}})] == ["POLICY109"]
    assert found({"limit": {"select": {"tags": ["old"]}, "at_most": 1}}) == []


def test_a_policy_that_cannot_be_asked_refuses_every_plan() -> None:
    (one,) = found({"forbid": {"name": "["}})
    assert (one.code, one.severity) == ("POLICY104", "error")
    assert one.code in REFUSALS


def test_policies_over_resources_and_those_that_are_off_do_not_speak_of_plans() -> None:
    assert found({"select": {"kind": ["Fields"]}, "require": [{"attribute": "owner", "present": True}]}) == []
    assert found({"forbid": {"action": ["remove"]}, "severity": "off"}) == []


def test_what_a_policy_says_changes_nothing_of_what_would_be_applied() -> None:
    kept, broken = plan({"forbid": {"kind": ["Object"]}}), plan({"forbid": {"action": ["remove"]}})
    assert kept.plan_digest == broken.plan_digest
    assert kept.file_digest != broken.file_digest
    assert broken.intact()


def test_an_area_answers_for_what_is_removed() -> None:
    governance = {"areas": {"sales": {"owner": "Ana", "objects": ["Lead"]}}}
    now = {**NOW, "Object/Lead": {"label": "Lead"}}
    told = plan(
        {"forbid": {"action": ["remove"], "owner": "Ana"}}, now, **{"Governance/G": governance}
    ).context.diagnostics
    assert [(one.code, one.address) for one in told] == [("POLICY102", "Field/Lead.Fax")]


NO_REMOVAL = {"forbid": {"action": ["remove"]}}
ACCEPTED = {"owner": "Ana", "reason": "Nobody sends faxes", "expires": "2026-01-01"}


def governed(**governance: Any) -> list[Diagnostic]:
    """What is found of the removal under a Governance document."""
    return found(NO_REMOVAL, **{"Governance/ours": governance})


@pytest.mark.parametrize("code", ["Policy/P", "POLICY102", "POLICY"])
def test_a_severity_of_the_repository_counts_in_a_plan(code: str) -> None:
    (one,) = governed(severities=[{"code": code, "severity": "warning"}])
    assert (one.severity, one.address) == ("warning", "Field/Lead.Fax")
    assert governed(severities=[{"code": code, "severity": "off", "owner": "Sales"}]) == []
    (one,) = governed(severities=[{"code": code, "severity": "off", "owner": "Finance"}])
    assert one.severity == "error"


def test_a_waived_change_is_a_note_that_names_who_accepted_it() -> None:
    (one,) = governed(waivers=[{"code": "Policy/P", "address": "Field/Lead.F*", **ACCEPTED}])
    assert one.severity == "note"
    assert one.evidence[-1] == "accepted by Ana until 2026-01-01: Nobody sends faxes"


@pytest.mark.parametrize(
    "other", [{"code": "Policy/Q"}, {"address": "Field/Lead.Region"}, {"expires": "2025-12-31"}, {"expires": "never"}]
)
def test_a_waiver_of_something_else_or_one_that_ended_covers_nothing(other: dict[str, str]) -> None:
    (one,) = governed(waivers=[{"code": "Policy/P", "address": "Field/Lead.Fax", **ACCEPTED, **other}])
    assert one.severity == "error"


def test_a_policy_at_fault_refuses_a_plan_whatever_the_repository_says() -> None:
    wrong = {"forbid": {"name": "(?=x)"}}
    ruled = {"Governance/ours": {"severities": [{"code": "POLICY", "severity": "off"}]}}
    assert [one.severity for one in found(wrong, **ruled)] == ["error"]
