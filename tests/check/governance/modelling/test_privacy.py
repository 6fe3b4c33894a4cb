"""Personal data: how long, how sensitive, how open."""

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found

MAIL: Body = {"type": "email", "sensitivity": "confidential", "personal_data": ["GDPR"]}
KEPT: Body = {"retention": {"months": 12, "action": "delete"}}
TREE: dict[str, Body] = {"Object/Lead": KEPT, "Field/Lead.Email": MAIL}


CASES = [
    Case(
        code="PRIVACY001",
        address="Object/Lead",
        failing={**TREE, "Object/Lead": {"retention": None}},
        passing=TREE,
    ),
    Case(
        code="PRIVACY002",
        address="Field/Lead.Email",
        failing={**TREE, "Field/Lead.Email": {"type": "email", "personal_data": ["GDPR"]}},
        passing=TREE,
    ),
    Case(
        code="PRIVACY003",
        address="Field/Lead.Mobile",
        failing={**TREE, "Field/Lead.Mobile": {"type": "phone"}},
        passing={**TREE, "Field/Lead.Mobile": {"type": "phone", "personal_data": []}},
    ),
    Case(
        code="PRIVACY003",
        address="Field/Contact.Email",
        failing={**TREE, "Field/Contact.Email": {"type": "email"}},
        passing={**TREE, "Field/Team.GroupEmail": {"type": "email"}},
    ),
    Case(
        code="PRIVACY004",
        address="Object/Lead",
        failing={**TREE, "Object/Lead": {**KEPT, "external_sharing": "read"}},
        passing={**TREE, "Object/Lead": {**KEPT, "external_sharing": "private"}},
    ),
]


def of(code: str, tree: dict[str, Body], *, files: bool = False) -> list[str]:
    return [one.message for one in found(tree, files=files) if one.code == code]


def test_a_pointer_at_a_person_is_not_the_persons_data() -> None:
    tree: dict[str, Body] = {"Object/Visit": {}, "Field/Visit.Who": {"type": "lookup", "personal_data": ["GDPR"]}}
    assert of("PRIVACY001", tree) == []


def test_one_mark_in_a_project_is_no_habit() -> None:
    def marked(*names: str) -> dict[str, Body]:
        native = {"salesforce": {"complianceGroup": "PII"}}
        return {f"Field/Lead.{name}": {"type": "text", "native": native} for name in names}

    mail: dict[str, Body] = {"Field/Lead.Mail__c": {"type": "email"}}
    assert of("PRIVACY003", {**mail, **marked("A__c")}, files=True) == []
    assert len(of("PRIVACY003", {**mail, **marked("A__c", "B__c", "C__c")}, files=True)) == 1


def test_who_reads_it_by_default_is_evidence() -> None:
    open_to: Body = {"fields": {"Lead": {"default": "read"}}}
    tree = {**TREE, "Field/Lead.Email": {"type": "email", "personal_data": ["GDPR"]}, "PermissionSet/Sales": open_to}
    [finding] = [one for one in found(tree) if one.code == "PRIVACY002"]
    assert "Sales gives access" in finding.evidence[0]
