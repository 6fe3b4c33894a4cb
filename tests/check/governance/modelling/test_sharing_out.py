"""What conversion and other systems need: a source that survives, and keys."""

from crmgov.check.governance.run import govern
from crmgov.cli.providers import catalogue
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Snapshot
from tests.check.governance.case import TODAY, Case, found

LEAD: dict[str, Body] = {"Object/Lead": {}, "Field/Lead.LeadSource": {"type": "picklist"}}


def _lifecycle(**carry: Body) -> Body:
    handoff = {
        "name": "Convert",
        "from": {"object": "Lead"},
        "to": {"object": "Deal"},
        "conversion": True,
        "carry": carry,
    }
    return {"handoffs": [handoff]}


def _integration(field: str = "Email", **more: object) -> Body:
    row = {"name": "Mail", "ours": f"Lead.{field}", "theirs": "mail", "direction": "both", "truth": "crm"}
    return {"system": "Mailer", "mappings": [row], **more}


KEEP: Body = {"to": "Deal.LeadSource"}
PERSON: dict[str, Body] = {"Object/Lead": {}, "Field/Lead.Email": {"type": "email"}}
CASES = [
    Case(
        code="MODEL008",
        address="Lifecycle/Way",
        failing={**LEAD, "Lifecycle/Way": _lifecycle()},
        passing={**LEAD, "Lifecycle/Way": _lifecycle(**{"Lead.LeadSource": KEEP})},
    ),
    Case(
        code="MODEL008",
        address="Lifecycle/Way",
        failing={"Object/Lead": {}, "Field/Lead.Name": {"type": "text"}, "Lifecycle/Way": _lifecycle()},
        passing={"Field/Lead.Name": {"type": "text"}, "Lifecycle/Way": _lifecycle()},  # the object is not in the tree
    ),
    Case(
        code="MODEL009",
        address="Integration/Mailer",
        failing={**PERSON, "Integration/Mailer": _integration()},
        passing={
            **PERSON,
            "Integration/Mailer": _integration(),
            "Field/Lead.MailerId": {"type": "text", "unique": True},
        },
    ),
]


def keyless(tree: dict[str, Body]) -> list[str]:
    return [one.message for one in found(tree) if one.code == "MODEL009"]


def test_a_matching_rule_over_what_is_sent_is_a_key() -> None:
    rule = {"active": True, "fields": {"Email": "email"}}
    assert keyless({**PERSON, "Object/Lead": {"matching": {"Mail": rule}}, "Integration/Mailer": _integration()}) == []
    unsaid = {"fields": rule["fields"]}
    assert (
        keyless({**PERSON, "Object/Lead": {"matching": {"Mail": unsaid}}, "Integration/Mailer": _integration()}) == []
    )
    off = {**rule, "active": False}
    assert keyless({**PERSON, "Object/Lead": {"matching": {"Mail": off}}, "Integration/Mailer": _integration()}) != []


def test_the_records_own_id_is_a_key_and_a_stopped_integration_needs_none() -> None:
    assert keyless({**PERSON, "Integration/Mailer": _integration("Id")}) == []
    assert keyless({**PERSON, "Integration/Mailer": _integration(active=False)}) == []


def test_a_source_the_vendor_ships_is_carried_by_the_vendor() -> None:
    tree: dict[str, Body] = {"Object/Lead": {}, "Field/Lead.Source__c": {"type": "text"}, "Lifecycle/Way": _lifecycle()}
    snapshot = Snapshot.of("tree", tree)
    assert "MODEL008" in [one.code for one in govern(snapshot, today=TODAY)]
    assert "MODEL008" not in [one.code for one in govern(snapshot, [catalogue("salesforce")], today=TODAY)]
