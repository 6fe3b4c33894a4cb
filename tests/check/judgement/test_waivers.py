"""A waived finding does not count until its day has passed; then the waiver itself is an error."""

from typing import Any

import msgspec
import pytest

from crmgov.check.judgement.run import judged
from crmgov.model.diagnostics import Where
from crmgov.model.kinds import KINDS
from crmgov.model.kinds.governance import Governance
from crmgov.schema.validate import is_valid
from tests.check.judgement.test_severities import AT, TODAY, TREE, finding, judge, told
from tests.check.trees import snapshot

WAIVER: dict[str, Any] = {
    "code": "OWN001", "address": "Field/Lead.*", "owner": "Ana", "reason": "moved in July", "expires": "2026-06-15",
}  # fmt: skip


def test_a_waived_finding_is_kept_apart_with_its_waiver() -> None:
    result = judge({"waivers": [WAIVER]}, finding(), finding(address="Field/Case.Topic"))
    assert [one.address for one in result.counted] == ["Field/Case.Topic"]
    assert [(one.finding.address, one.waiver.owner) for one in result.waived] == [("Field/Lead.Region", "Ana")]


def test_it_holds_on_its_last_day_and_is_an_error_the_day_after() -> None:
    assert told(judge({"waivers": [WAIVER]}, finding())) == []
    result = judge({"waivers": [{**WAIVER, "expires": "2026-06-14"}]}, finding())
    assert told(result) == [("OWN001", "warning"), ("WAIVER001", "error")]
    expired = result.counted[1]
    assert expired.at == Where(AT.file, 0, ("waivers", "0", "expires"))
    assert expired.message == "The waiver of OWN001 at Field/Lead.* expired on 2026-06-14, 1 day ago"
    assert expired.evidence == ("accepted by Ana: moved in July",)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "0000-01-01"])
def test_a_day_that_does_not_exist_covers_nothing(day: str) -> None:
    assert told(judge({"waivers": [{**WAIVER, "expires": day}]}, finding())) == [
        ("OWN001", "warning"), ("WAIVER003", "error"),
    ]  # fmt: skip


def test_an_unused_waiver_is_told_at_its_place() -> None:
    result = judge({"waivers": [WAIVER, {**WAIVER, "code": "OWN002"}]}, finding())
    assert told(result) == [("WAIVER002", "warning")]
    assert result.counted[0].at == Where(AT.file, 0, ("waivers", "1"))
    assert result.counted[0].message == "Nothing at Field/Lead.* has the finding OWN002 that Ana accepts"


def test_a_waiver_is_of_one_code_and_not_of_all_that_begin_so() -> None:
    assert told(judge({"waivers": [{**WAIVER, "code": "OWN"}]}, finding())) == [
        ("OWN001", "warning"), ("WAIVER002", "warning"),
    ]  # fmt: skip


def test_a_waiver_of_one_policy_hides_no_breach_of_another() -> None:
    documented, narrow = (finding("POLICY101", policy=f"Policy/{name}") for name in ("Documented", "Narrow"))
    result = judge({"waivers": [{**WAIVER, "code": "Policy/Documented"}]}, documented, narrow)
    assert result.counted == [narrow]


def test_what_is_off_is_not_waived_as_well() -> None:
    result = judge({"severities": [{"code": "OWN", "severity": "off"}], "waivers": [WAIVER]}, finding())
    assert told(result) == [("WAIVER002", "warning")]


def test_what_cannot_be_read_cannot_be_waived() -> None:
    unread = finding("YAML001")
    result = judge({"waivers": [{**WAIVER, "code": "YAML001"}]}, firm=[unread])
    assert told(result) == [("YAML001", "warning"), ("WAIVER002", "warning")]
    assert result.counted[1].hint == "what cannot be read cannot be waived"


@pytest.mark.parametrize("key", ["code", "address", "owner", "reason", "expires"])
def test_nobody_can_write_a_waiver_that_lacks(key: str) -> None:
    assert "Governance" in KINDS
    assert is_valid("Governance", {"waivers": [WAIVER]})
    assert not is_valid("Governance", {"waivers": [{k: v for k, v in WAIVER.items() if k != key}]})
    assert not is_valid("Governance", {"waivers": [{**WAIVER, key: " "}]})


@pytest.mark.parametrize("code", ["Policy/Plans", "POLICY102", "POLICY103"])
def test_a_waiver_of_what_only_plans_are_told_is_not_unused(code: str) -> None:
    tree = snapshot({**TREE, "Policy/Plans": {"forbid": {"action": ["remove"]}}, "Policy/Here": {"select": {}}})
    waivers = [{**WAIVER, "code": code}, {**WAIVER, "code": "Policy/Here"}]
    document = msgspec.convert({"waivers": waivers}, Governance)
    assert told(judged([], document, AT, tree, today=TODAY)) == [("WAIVER002", "warning")]
