"""The vendor's limits and name rules, offline, each with its source."""

from pathlib import Path
from typing import Any

import pytest

from crmgov.model.provider import Scope
from crmgov.model.snapshot import Snapshot
from crmgov.providers.salesforce.provider import SalesforceFiles
from tests.providers.salesforce.world import PROJECT

PROVIDER = SalesforceFiles(None, Path("nowhere"))
LONG = "x" * 300


def found(resources: dict[str, dict[str, Any]]) -> list[tuple[str, str, str]]:
    problems = PROVIDER.limits(Snapshot.of("config", resources))
    assert all(problem.evidence and problem.evidence[0].startswith("Salesforce ") for problem in problems)
    return [(problem.code, problem.severity, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("address", "body", "code", "words"),
    [
        ("Field/Lead.X__c", {"type": "text", "length": 256}, "SFLIMIT001", "between 1 and 255"),
        ("Field/Lead.X__c", {"type": "textarea", "length": 200_000}, "SFLIMIT001", "131,072"),
        ("Field/Lead.X__c", {"type": "decimal", "precision": 19, "scale": 2}, "SFLIMIT001", "over 18"),
        ("Field/Lead.X__c", {"type": "decimal", "precision": 3, "scale": 4}, "SFLIMIT001", "over the precision"),
        ("Field/Lead.X__c", {"type": "formula", "formula": "1" * 3901, "returns": "text"}, "SFLIMIT001", "3,900"),
        ("Field/Lead.X__c", {"type": "autonumber", "format": "B-0000"}, "SFLIMIT003", "holds no number"),
        ("Field/Lead.X__c", {"type": "date", "external_id": True}, "SFLIMIT001", "external id"),
        ("Field/Lead.X__c", {"type": "picklist", "values": [{"name": LONG}]}, "SFLIMIT001", "over 255"),
        ("Field/Lead.Bad___c", {"type": "date"}, "SFLIMIT002", "single underscores"),
        ("Validation/Lead.Rule__c", {}, "SFLIMIT002", "no __c"),
        ("Validation/Lead.R", {"message": LONG}, "SFLIMIT001", "255"),
        (f"Validation/Lead.{'R' * 41}", {}, "SFLIMIT002", "limit is 40"),
        ("RecordType/Account.R", {"pipeline": "P"}, "SFLIMIT001", "have no pipeline"),
        ("RecordType/Lead.R", {"pipeline": None}, "SFLIMIT003", "needs a pipeline"),
        ("RecordType/Lead.R", {"description": LONG}, "SFLIMIT001", "255"),
        ("StageSet/LeadStatus", {"stages": []}, "SFLIMIT003", "at least one"),
        ("StageSet/LeadStatus", {"stages": [{"name": f"S{n}"} for n in range(101)]}, "SFLIMIT001", "limit is 100"),
        ("Picklist/P", {"values": [{"name": f"V{n}"} for n in range(1001)]}, "SFLIMIT001", "1,000"),
        ("PermissionSet/P", {"objects": {"Lead": {"create": True, "read": False}}}, "SFLIMIT004", "needs read"),
        ("PermissionSet/P", {"label": "x" * 81}, "SFLIMIT001", "over 80"),
        ('Role/"a b"', {}, "SFLIMIT002", "letters, digits"),
    ],
)  # fmt: skip
def test_a_limit_is_told(address: str, body: dict[str, Any], code: str, words: str) -> None:
    told = [problem for problem in found({address: body}) if problem[1] == "error"]
    assert [(problem[0], words in problem[2]) for problem in told] == [(code, True)]


def test_history_and_sharing_depend_on_the_object() -> None:
    tree = {
        "Object/Berth__c": {"track_history": False, "sharing": "private"},
        "Field/Berth__c.A__c": {"type": "date", "track_history": True},
        "Field/Berth__c.B__c": {"type": "master_detail", "references": ["Account"], "relationship": "Bs"},
    }
    assert [code for code, severity, _ in found(tree) if severity == "error"] == ["SFLIMIT003", "SFLIMIT003"]


def test_things_are_counted_by_object() -> None:
    tree: dict[str, dict[str, Any]] = {f"Field/Lead.F{n}__c": {"type": "date"} for n in range(901)}
    tree |= {f"Field/Case.L{n}__c": {"type": "lookup", "references": ["Lead"], "relationship": "R"} for n in range(41)}
    tree |= {f"Validation/Lead.V{n}": {"active": n > 100} for n in range(301)}
    told = found(tree)
    assert [(severity, message.split(";")[0]) for _, severity, message in told] == [
        ("error", "Case has 41 relationship fields"),
        ("warning", "Lead has 200 active validation rules"),
        ("error", "Lead has 901 custom fields"),
    ]


def test_standard_fields_and_a_real_tree_break_nothing() -> None:
    assert found({"Field/Account.BillingStreet": {"type": "textarea", "length": 255}, "Field/Account.Type": {}}) == []
    snapshot = SalesforceFiles(None, PROJECT).read(Scope())
    assert [problem.message for problem in PROVIDER.limits(snapshot) if problem.severity == "error"] == []
