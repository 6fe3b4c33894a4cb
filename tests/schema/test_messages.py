"""What a user is told about a body that is wrong."""

from typing import Any

import pytest

from crmgov.model.diagnostics import CATALOGUE, Diagnostic, Where
from crmgov.model.kinds import KINDS
from crmgov.schema.codes import PREFIX
from crmgov.schema.validate import is_valid, problems

TIER = "Field/Lead.Tier__c"


def told(kind: str, body: object, address: str = "") -> list[Diagnostic]:
    found = problems(kind, body, Where("config/a.yaml"), address)
    assert is_valid(kind, body) == (not found)
    return found


def one(kind: str, body: object, address: str = "") -> Diagnostic:
    found = told(kind, body, address)
    assert len(found) == 1, [item.message for item in found]
    return found[0]


def test_a_misspelt_key_has_a_safe_fix() -> None:
    found = one("Field", {"type": "text", "lable": "Tier"}, TIER)
    assert (found.code, found.message) == ("FIELD004", 'Unknown key "lable" in Lead.Tier__c')
    assert found.hint == 'did you mean "label"?'
    assert found.at == Where("config/a.yaml", 0, ("lable",), on_key=True)
    assert found.fix is not None
    assert found.fix.safe
    assert [(edit.action, edit.value, edit.at) for edit in found.fix.edits] == [("rename_key", "label", found.at)]


def test_no_fix_is_offered_where_the_right_key_is_there_already_or_two_are_near() -> None:
    assert one("Field", {"lable": "a", "label": "b"}).fix is None
    point = {"object": "Lead"}
    between = one("Lifecycle", {"handoffs": [{"name": "a", "from": point, "to": point, "ro": 1}]})
    assert between.fix is None
    assert between.message == 'Unknown key "ro" in handoffs[a] of this Lifecycle'


@pytest.mark.parametrize(
    ("kind", "body", "vendor", "word"),
    [
        ("Field", {"type": "Checkbox"}, "Salesforce", "boolean"),
        ("Field", {"type": "MasterDetail"}, "Salesforce", "master_detail"),
        ("Field", {"type": "enumeration"}, "HubSpot", "picklist"),
        ("Field", {"type": "userlookup"}, "Zoho", "user"),
        ("Object", {"sharing": "ReadWriteTransfer"}, "Salesforce", "read_write_transfer"),
        ("PermissionSet", {"tabs": {"Account": "DefaultOn"}}, "Salesforce", "visible"),
        ("StageSet", {"stages": [{"name": "Won", "forecast": "MostLikely"}]}, "Salesforce", "most_likely"),
        ("Validation", {"reject_when": {"all": [{"field": "a", "op": "NOT_HAS_PROPERTY"}]}}, "HubSpot", "blank"),
    ],
)
def test_a_vendors_word_is_put_right_safely(kind: str, body: dict[str, Any], vendor: str, word: str) -> None:
    found = one(kind, body)
    assert found.code == f"{PREFIX[kind]}007"
    assert f"is {vendor}'s word" in found.message
    assert found.fix is not None
    assert found.fix.safe
    assert found.fix.edits[0].value == word


def test_a_vendors_key_is_put_right() -> None:
    found = one("Field", {"inlineHelpText": "Why"}, TIER)
    assert (found.code, found.hint) == ("FIELD004", 'did you mean "help"?')


def test_all_problems_are_told_at_once_and_in_plain_words() -> None:
    body = {
        "type": "picklst", "required": "yes", "length": 0, "label": 12, "references": "Lead",
        "values": [{"label": "x"}, "A", {"name": "A"}, 7], "lifecycle": {"status": "gone", "since": "May"},
    }  # fmt: skip
    messages = {item.message for item in told("Field", body, TIER)}
    assert messages == {
        next(m for m in messages if m.startswith('"type" in Lead.Tier__c cannot be "picklst"; it is one of')),
        '"required" in Lead.Tier__c must be true or false, not "yes"',
        '"length" in Lead.Tier__c must be at least 1, not 0',
        '"label" in Lead.Tier__c must be a text, not 12',
        '"references" in Lead.Tier__c must be a list, not "Lead"',
        '"name" is missing in values[0] of Lead.Tier__c',
        '"A" stands twice in "values" in Lead.Tier__c',
        "Entry 4 of values of Lead.Tier__c must be a text or a map of keys, not 7",
        '"status" in lifecycle of Lead.Tier__c cannot be "gone"; it is one of active, deprecated, hidden, released, retired',
        '"since" in lifecycle of Lead.Tier__c is "May", which is not in the form asked for',
    }
    jargon = ("schema", "property", "properties", "valid under", "enum", "object,", "array", "string", "pattern")
    assert not [message for message in messages for word in jargon if word in message]


def test_a_key_that_means_nothing_for_the_type_is_told() -> None:
    found = one("Field", {"type": "boolean", "length": 5}, TIER)
    assert found.code == "FIELD008"
    assert found.message == '"length" has no meaning for a boolean field: Lead.Tier__c'
    assert told("Field", {"length": 5}) == []


def test_values_that_are_secret_are_never_repeated() -> None:
    found = told(
        "Environment", {"provider": "sql", "connection": {"url": ["postgresql://u:hunter2@h/db"]}, "ledger": 77}
    )
    assert len(found) == 2
    assert not [item for item in found if "hunter2" in repr(item.message) or "77" in item.message]


def test_a_union_is_told_by_its_own_words() -> None:
    assert one("RecordType", {"picklists": {"Status": "al"}}).message == (
        '"Status" in picklists of this RecordType cannot be "al"; it is the word "all"'
    )
    assert one("RecordType", {"picklists": {"Status": 3}}).message == (
        '"Status" in picklists of this RecordType must be a text, a list or a map of keys, not 3'
    )


def test_the_place_is_below_that_of_the_body() -> None:
    where = Where("config/lead.yaml", 2, ("fields", "Tier__c"))
    found = problems("Field", {"values": [{"name": "A", "lable": "x"}]}, where, TIER)
    assert found[0].at == Where("config/lead.yaml", 2, ("fields", "Tier__c", "values", "A", "lable"), on_key=True)


@pytest.mark.parametrize(
    "body", ["text", 3, None, [], True, {1: 2}, {"native": {"salesforce": {None: 1}}}, {"native": {"": {}}}]
)
def test_bodies_that_are_no_bodies_are_told(body: object) -> None:
    assert told("Field", body)


def test_a_very_deep_or_large_body_is_told_or_taken_but_never_breaks() -> None:
    deep: dict[str, Any] = {}
    inner = deep
    for _ in range(200):
        inner["a"] = {}
        inner = inner["a"]
    assert told("Field", {"native": {"salesforce": deep}}) == []
    assert len(told("Field", {f"key{number}": number for number in range(3000)})) == 3000
    assert told("Field", {"length": 10**30}) == []


def test_every_code_is_in_the_catalogue() -> None:
    for kind in KINDS:
        for number in range(1, 11):
            assert CATALOGUE[f"{PREFIX[kind]}{number:03}"].mend
