"""Contacts without a company, and deals without either."""

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found

ACCOUNT: Body = {"type": "lookup", "references": ["Account"]}
CONTACT: Body = {"type": "lookup", "references": ["Contact"]}
PEOPLE: dict[str, Body] = {"Object/Account": {}, "Object/Contact": {}}
WON: Body = {"stages": [{"name": "Open", "outcome": "open"}, {"name": "Won", "outcome": "won"}]}


def deal(**fields: Body) -> dict[str, Body]:
    """A deal with these lookups."""
    return {
        **PEOPLE,
        "Object/Deal": {},
        "Field/Deal.Stage": {"type": "picklist"},
        "StageSet/Deal": {"field": "Deal.Stage", **WON},
        "Pipeline/Deal.Sales": {"stage_set": "Deal", "stages": [{"name": "Open"}, {"name": "Won"}]},
        **{f"Field/Deal.{name}": body for name, body in fields.items()},
    }


CASES = [
    Case(
        code="MODEL013",
        address="Field/Contact.Account",
        failing={**PEOPLE, "Field/Contact.Account": ACCOUNT},
        passing={**PEOPLE, "Field/Contact.Account": {**ACCOUNT, "required": True}},
    ),
    Case(
        code="MODEL013",
        address="Field/Deal.Account",
        failing=deal(Account=ACCOUNT, Buyer=CONTACT),
        passing=deal(Account=ACCOUNT, Buyer={**CONTACT, "required": True}),
    ),
]


def told(held: dict[str, Body], *, files: bool = False) -> list[str]:
    return [one.message for one in found(held, files=files) if one.code == "MODEL013"]


def test_all_the_ways_to_an_owner_are_named() -> None:
    assert told(deal(Account=ACCOUNT, Buyer=CONTACT)) == ["Deal may belong to nobody: Account and Buyer may be blank"]


def test_what_a_layout_or_a_golden_record_demands_is_not_blank() -> None:
    held = {**PEOPLE, "Field/Contact.Account": ACCOUNT}
    assert told({**held, "Object/Contact": {"golden_record": {"required": ["Account"]}}}) == []
    row = {"name": "Account", "behavior": "required"}
    assert told({**held, "Layout/Contact.Main": {"sections": [{"name": "Main", "fields": [row]}]}}) == []


def test_other_objects_and_other_lookups_are_not_asked() -> None:
    assert told({**PEOPLE, "Object/Note": {}, "Field/Note.Account": ACCOUNT}) == []
    assert told({**PEOPLE, "Field/Contact.Friend": CONTACT}) == []
    assert told(deal()) == []


def test_a_vendors_files_are_asked_only_where_governance_began() -> None:
    held = {**PEOPLE, "Field/Contact.Account": ACCOUNT}
    assert told(held, files=True) == []
    assert len(told({**held, "Governance/ours": {"owner": "Ops"}}, files=True)) == 1
