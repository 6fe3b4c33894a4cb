"""A repository says how much a finding counts, by code, path, kind, owner and address; the last entry that fits wins."""

from datetime import date
from typing import Any

import msgspec
import pytest

from crmgov.check.judgement.run import Judged, judged
from crmgov.model.diagnostics import Diagnostic, Place, Where
from crmgov.model.kinds.governance import Governance
from tests.check.trees import snapshot

TODAY = date(2026, 6, 15)
TREE = {
    "Object/Lead": {"label": "Lead", "owner": "Sales"},
    "Field/Lead.Region": {"type": "text"},
    "Field/Lead.Budget": {"type": "text", "owner": "Finance"},
    "Field/Case.Topic": {"type": "text"},
    'Layout/Lead."Lead Layout"': {},
}
AT = Where("config/governance/Acme.yaml")


def finding(
    code: str = "OWN001", address: str = "Field/Lead.Region", file: str = "config/a.yaml", **more: Any
) -> Diagnostic:
    return Diagnostic(
        code=code, message=f"{address} lacks", severity="warning", address=address, at=Place(file, 3), **more
    )


def judge(governance: dict[str, Any], *findings: Diagnostic, **more: Any) -> Judged:
    document = msgspec.convert(governance, Governance)
    return judged(findings, document, AT, snapshot(TREE), today=TODAY, **more)


def told(result: Judged) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in result.counted]


@pytest.mark.parametrize(
    ("entry", "fits"),
    [
        ({}, True),
        ({"code": "OWN"}, True),
        ({"code": "OWN002"}, False),
        ({"kind": "Field"}, True),
        ({"kind": "Object"}, False),
        ({"path": "config/**"}, True),
        ({"path": "*.yaml"}, True),
        ({"path": "config/b*"}, False),
        ({"address": "Field/Lead.*"}, True),
        ({"address": "Field/Lead.Region"}, True),
        ({"address": "Field/Lead"}, False),
        ({"address": "*Region"}, True),
        ({"owner": "Sales"}, True),
        ({"owner": "Finance"}, False),
        ({"kind": "Field", "owner": "Finance"}, False),
    ],
)
def test_an_entry_counts_where_all_it_says_is_true(entry: dict[str, str], fits: bool) -> None:
    result = judge({"severities": [{"code": "OWN001", "severity": "error", **entry}]}, finding())
    assert told(result) == [("OWN001", "error" if fits else "warning")]


def test_the_last_entry_that_fits_counts() -> None:
    entries = [
        {"code": "OWN", "severity": "error"},
        {"code": "OWN001", "severity": "off", "address": "Field/Lead.*"},
        {"code": "OWN001", "severity": "note", "address": "Field/Lead.Budget"},
    ]
    result = judge(
        {"severities": entries}, finding(), finding(address="Field/Lead.Budget"), finding(address="Field/Case.Topic")
    )
    assert told(result) == [("OWN001", "note"), ("OWN001", "error")]
    assert result.off == 1


def test_an_owner_is_the_things_own_then_its_objects_then_its_areas() -> None:
    areas = {
        "b": {"owner": "By kind", "kinds": ["Field"]},
        "c": {"owner": "By object", "objects": ["Case"]},
        "d": {"owner": "By path", "paths": ["config/legacy/**"]},
    }

    def owned(owner: str, **of: str) -> bool:
        entries = [{"code": "OWN001", "severity": "error", "owner": owner}]
        return told(judge({"areas": areas, "severities": entries}, finding(**of))) == [("OWN001", "error")]

    assert owned("Finance", address="Field/Lead.Budget")
    assert owned("Sales", address="Field/Lead.Region")
    assert owned("By object", address="Field/Case.Topic")
    assert owned("By path", address="Field/Case.Topic", file="config/legacy/x.yaml")
    assert owned("By kind", address="Field/Task.Due")
    assert owned("Sales", address="Field/Lead.Region#values[New]")
    assert not owned("Sales", address="")


def test_a_name_with_brackets_and_quotes_is_no_pattern() -> None:
    address = 'Layout/Lead."Lead Layout"#sections[Details]'
    entries = [{"code": "OWN001", "severity": "error", "address": address}]
    assert told(judge({"severities": entries}, finding(address=address))) == [("OWN001", "error")]
    whole = [{"code": "OWN001", "severity": "error", "address": 'Layout/Lead."Lead Layout"'}]
    assert told(judge({"severities": whole}, finding(address=address))) == [("OWN001", "error")]


def test_what_cannot_be_read_stays_an_error() -> None:
    unread = Diagnostic(code="YAML001", message="no YAML", at=Place("config/a.yaml", 1))
    result = judge({"severities": [{"code": "", "severity": "off"}]}, finding(), firm=[unread])
    assert told(result) == [("YAML001", "error")]
    assert result.off == 1


def test_an_entry_for_no_code_is_told_at_its_place() -> None:
    entries = [{"code": "OWN", "severity": "note"}, {"code": "ONW001", "severity": "off"}]
    result = judge({"severities": entries}, finding(), known={"OWN001"})
    assert told(result) == [("OWN001", "note"), ("SEVERITY001", "warning")]
    assert result.counted[1].at == Where(AT.file, 0, ("severities", "1", "code"))
    assert result.counted[1].message == 'No code begins with "ONW001"'


@pytest.mark.parametrize("path", ["!config/**", "#config", "a/**/b/**/c/**/d/**", "x" * 2000])
def test_what_fits_nothing_is_told(path: str) -> None:
    entries = [{"code": "OWN", "severity": "off", "path": path}, {"code": "OWN", "severity": "off", "kind": "Fields"}]
    result = judge({"severities": entries}, finding(), known={"OWN001"})
    assert told(result) == [("OWN001", "warning"), ("SEVERITY002", "error"), ("SEVERITY001", "warning")]
    assert result.counted[2].message == "There is no kind Fields"


def test_a_policy_is_named_by_its_address() -> None:
    of_policy = finding("POLICY101", policy="Policy/Documented")
    other = finding("POLICY101", policy="Policy/Narrow")
    entries = [{"code": "Policy/Documented", "severity": "note"}]
    result = judge({"severities": entries}, of_policy, other, known={"Policy/Documented"})
    assert told(result) == [("POLICY101", "note"), ("POLICY101", "warning")]


def test_many_stars_take_no_time_to_speak_of() -> None:
    entries = [{"code": "OWN", "severity": "off", "address": "*a" * 500 + "b"}]
    result = judge({"severities": entries}, *(finding(address="Field/Lead." + "a" * 20_000) for _ in range(20)))
    assert result.off == 0


def test_without_a_word_of_governance_nothing_changes() -> None:
    assert judge({}, finding()).counted == [finding()]
