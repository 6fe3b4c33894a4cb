"""What the vendor refuses, and what the counterpart does not know."""

from __future__ import annotations

import pytest

from . import Field
from .errors import NotKnown, Refused
from .soql.answer import ask
from .world import acme


def refused(text: str) -> Refused:
    org, user = acme()
    with pytest.raises(Refused) as caught:
        ask(org, user, text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("SELECT Id FRM Lead", "MALFORMED_QUERY", "unexpected token: 'Lead'"),
        ("SELECT Id FROM Lead WHERE", "MALFORMED_QUERY", "unexpected token: '<EOF>'"),
        ("SELECT FROM Lead", "MALFORMED_QUERY", "unexpected token: 'FROM'"),
        ("SELECT Id FROM Lead WHERE Email = 'a' AND Id = null OR Company = 'b'", "MALFORMED_QUERY", "unexpected token: 'OR'"),
        ("SELECT Id FROM Lead WHERE Email IS NULL", "MALFORMED_QUERY", "unexpected token: 'IS'"),
        ("SELECT Id FROM Lead WHERE Email = 'a", "MALFORMED_QUERY", "no viable alternative"),
        ("SELECT Id FROM Lead WHERE Email = 'a\\q'", "MALFORMED_QUERY", "Illegal character sequence"),
        ("SELECT Id FROM Lead LIMIT -1", "MALFORMED_QUERY", "unexpected token: '-1'"),
        ("SELECT Id FROM Lead ORDER BY Id LIMIT 1 LIMIT 2", "MALFORMED_QUERY", "unexpected token: 'LIMIT'"),
        ("SELECT Id FROM Lead WHERE Due__c = 2026-02-30", "MALFORMED_QUERY", "Invalid date"),
        ("SELECT Id FROM Leads", "INVALID_TYPE", "sObject type 'Leads' is not supported"),
        ("SELECT Nmae FROM Lead", "INVALID_FIELD", "No such column 'Nmae' on entity 'Lead'"),
        ("SELECT Acount.Name FROM Lead", "INVALID_FIELD", "Didn't understand relationship 'Acount' in field path"),
        ("SELECT Id, Id FROM Lead", "INVALID_FIELD", "duplicate field selected: Id"),
        ("SELECT Account.Parent.Parent.Parent.Parent.Parent.Name FROM Lead", "MALFORMED_QUERY", "5 levels"),
        ("SELECT Id FROM Lead WHERE Description != null", "INVALID_FIELD", "field 'Description' can not be filtered in a query call"),
        ("SELECT Id FROM Lead WHERE Address != null", "INVALID_FIELD", "Address fields can only be filtered using Distance expressions"),
        ("SELECT Id FROM Lead WHERE Hidden__c != null", "INVALID_FIELD", "field 'Hidden__c' can not be filtered in a query call"),
        ("SELECT Id FROM Lead ORDER BY Description", "MALFORMED_QUERY", "field 'Description' can not be sorted in a query call"),
        ("SELECT COUNT(Converted__c) FROM Lead", "MALFORMED_QUERY", "field Converted__c does not support aggregate operator COUNT"),
        ("SELECT COUNT(Topics__c) FROM Lead", "MALFORMED_QUERY", "does not support aggregate operator COUNT"),
        ("SELECT COUNT(Description) FROM Lead", "MALFORMED_QUERY", "does not support aggregate operator COUNT"),
        ("SELECT COUNT(At__c) FROM Lead", "MALFORMED_QUERY", "does not support aggregate operator COUNT"),
        ("SELECT SUM(Email) FROM Lead", "MALFORMED_QUERY", "field Email does not support aggregate operator SUM"),
        ("SELECT AVG(Due__c) FROM Lead", "MALFORMED_QUERY", "field Due__c does not support aggregate operator AVG"),
        ("SELECT Score__c, COUNT(Id) FROM Lead GROUP BY Score__c", "MALFORMED_QUERY", "field 'Score__c' can not be grouped in a query call"),
        ("SELECT COUNT(Id) FROM Lead GROUP BY Seen__c", "MALFORMED_QUERY", "can not be grouped"),
        ("SELECT COUNT(Id) FROM Lead GROUP BY Number__c", "MALFORMED_QUERY", "can not be grouped"),
        ("SELECT COUNT(Id) FROM Lead GROUP BY Shown__c", "MALFORMED_QUERY", "can not be grouped"),
        ("SELECT COUNT(Id) FROM Lead GROUP BY Topics__c", "MALFORMED_QUERY", "can not be grouped"),
        ("SELECT Id, COUNT(Email) FROM Lead", "MALFORMED_QUERY", "Field must be grouped or aggregated: Id"),
        ("SELECT Email FROM Lead GROUP BY Region__c", "MALFORMED_QUERY", "Field must be grouped or aggregated: Email"),
        ("SELECT COUNT(Region__c) FROM Lead GROUP BY Region__c", "MALFORMED_QUERY", "Grouped field should not be aggregated: Region__c"),
        ("SELECT COUNT(), Id FROM Lead", "MALFORMED_QUERY", "only element"),
        ("SELECT COUNT() FROM Lead ORDER BY Id", "MALFORMED_QUERY", "ORDER BY"),
        ("SELECT COUNT(Id) FROM Lead LIMIT 5", "MALFORMED_QUERY", "cannot also use LIMIT"),
        ("SELECT COUNT(Id) FROM Lead ORDER BY COUNT(Id)", "MALFORMED_QUERY", "cannot also use ORDER BY"),
        ("SELECT COUNT(Id) n, COUNT(Email) N FROM Lead", "MALFORMED_QUERY", "duplicate alias: N"),
        ("SELECT COUNT(Id) like FROM Lead", "MALFORMED_QUERY", "unexpected token: 'like'"),
        ("SELECT Email e FROM Lead", "MALFORMED_QUERY", "only aggregate expressions use field aliasing"),
        ("SELECT Id FROM Lead WHERE COUNT(Id) > 1", "MALFORMED_QUERY", "HAVING"),
        ("SELECT Id FROM Lead WHERE Score__c = '5'", "INVALID_FIELD", "must be of type double and should not be enclosed in quotes"),
        ("SELECT Id FROM Lead WHERE Due__c = '2026-01-01'", "INVALID_FIELD", "must be of type date and should not be enclosed in quotes"),
        ("SELECT Id FROM Lead WHERE Due__c = 2026-01-01T00:00:00Z", "INVALID_FIELD", "must be of type date "),
        ("SELECT Id FROM Lead WHERE Seen__c > 2026-01-01", "INVALID_FIELD", "must be of type dateTime "),
        ("SELECT Id FROM Lead WHERE Converted__c = 'true'", "INVALID_FIELD", "must be of type boolean and should not be enclosed in quotes"),
        ("SELECT Id FROM Lead WHERE Email = 5", "INVALID_FIELD", "must be of type string and should be enclosed in quotes"),
        ("SELECT Id FROM Lead WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: x"),
        ("SELECT Id FROM Lead WHERE Score__c LIKE '5%'", "INVALID_FIELD", "should not be enclosed in quotes"),
        ("SELECT Id FROM Lead WHERE Id LIKE '00Q000000000001'", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator on id field"),
        ("SELECT Id FROM Lead WHERE Email INCLUDES ('a')", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator on email field"),
        ("SELECT Id FROM Lead WHERE Converted__c > false", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator on boolean field"),
        ("SELECT Id FROM Lead OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE", "2000"),
        ("SELECT Id FROM Lead WHERE Email = 'a' OR AccountId IN (SELECT Id FROM Account)", "MALFORMED_QUERY", "'OR' operator"),
        ("SELECT Id FROM Lead WHERE NOT AccountId IN (SELECT Id FROM Account)", "MALFORMED_QUERY", "top level WHERE"),
        ("SELECT Id FROM Lead WHERE Email IN (SELECT Id FROM Account)", "INVALID_FIELD", "must be of type ID or reference"),
        ("SELECT Id FROM Lead WHERE Account.ParentId IN (SELECT Id FROM Account)", "MALFORMED_QUERY", "semi join"),
        ("SELECT Id FROM Lead WHERE AccountId IN (SELECT Name FROM Account)", "MALFORMED_QUERY", "id and reference"),
        ("SELECT Id FROM Lead WHERE AccountId IN (SELECT Id FROM Account LIMIT 1)", "MALFORMED_QUERY", "LIMIT"),
        ("SELECT Id FROM Lead WHERE AccountId IN (SELECT Id FROM Account WHERE ParentId IN (SELECT Id FROM Account))", "MALFORMED_QUERY", "Nesting"),
        ("SELECT Id FROM EntityDefinition WHERE QualifiedApiName != 'Lead'", "INVALID_OPERATION", "Only equals comparisons permitted"),
        ("SELECT COUNT() FROM EntityDefinition", "INVALID_OPERATION", "not yet supported by this SObject storage type"),
        ("SELECT Id FROM EntityDefinition WHERE KeyPrefix = '00Q' OR KeyPrefix = '001'", "INVALID_OPERATION", "Disjunctions not supported"),
    ],
)  # fmt: skip
def test_refused(text: str, code: str, said: str) -> None:
    refusal = refused(text)
    assert refusal.status == 400
    assert refusal.code == code
    assert said in refusal.message


def test_a_refusal_points_at_the_place() -> None:
    refusal = refused("SELECT Id, Nmae FROM Lead")
    assert refusal.message.startswith(
        "\nSELECT Id, Nmae FROM Lead\n           ^\nERROR at Row:1:Column:12\nNo such column 'Nmae'"
    )
    refusal = refused("SELECT Id, LastName, Email, Company FROM Lead WHERE Email = 'a' AND Nmae = 'b'")
    shown, caret, place, _ = refusal.message[1:].split("\n")
    assert shown[caret.index("^") :].startswith("Nmae")
    assert (shown[0], place) == ("F", "ERROR at Row:1:Column:69")
    assert "ERROR at Row:2:Column:6\n" in refused("SELECT Id\nFROM Leads").message


def test_a_text_beyond_100_000_characters_is_refused() -> None:
    assert refused("SELECT Id FROM Lead WHERE Email != null" + " " * 100_000).code == "MALFORMED_QUERY"
    assert refused("SELECT Id FROM Lead WHERE Email = '" + "a" * 4_001 + "'").code == "MALFORMED_QUERY"


def test_more_than_2_000_groups_are_refused_and_a_limit_helps() -> None:
    org, user = acme()
    org.object("Big__c", [Field("Key__c", "string")], [{"Key__c": str(number)} for number in range(2_001)])
    with pytest.raises(Refused) as caught:
        ask(org, user, "SELECT Key__c, COUNT(Id) FROM Big__c GROUP BY Key__c")
    assert caught.value.code == "EXCEEDED_ID_LIMIT"
    assert "does not support queryMore(), use LIMIT" in caught.value.message
    assert len(ask(org, user, "SELECT Key__c, COUNT(Id) FROM Big__c GROUP BY Key__c LIMIT 2000").rows) == 2_000


@pytest.mark.parametrize(
    "text",
    [
        "SELECT Id, (SELECT Id FROM Contacts) FROM Account",
        "SELECT FIELDS(ALL) FROM Lead",
        "SELECT Id FROM Lead l",
        "SELECT Id FROM Lead WHERE FISCAL_YEAR(CreatedDate) = 2026",
        "SELECT Id FROM Lead WHERE CALENDAR_YEAR(convertTimezone(CreatedDate)) = 2026",
        "SELECT Id FROM Lead WHERE CALENDAR_YEAR(Email) = 2026",
        "SELECT Id FROM Lead WHERE DAY_ONLY(Due__c) = 2026-01-01",
        "SELECT CALENDAR_YEAR(CreatedDate) FROM Lead",
        "SELECT COUNT(Id) FROM Lead GROUP BY ROLLUP(Region__c)",
        "SELECT Id FROM Lead WITH SECURITY_ENFORCED",
        "SELECT Id FROM Lead FOR UPDATE",
        "SELECT Id FROM Lead WHERE Due__c = LAST_N_WEEKS:2",
        "SELECT Id FROM Lead WHERE Place__c != null",
        "SELECT Id FROM Lead WHERE At__c > 10:00:00Z",
        "SELECT Id FROM Lead WHERE Region__c > 'a'",
        "SELECT Id FROM Lead WHERE Topics__c EXCLUDES ('Trial')",
        "SELECT Id FROM Lead WHERE AccountId NOT IN (SELECT Id FROM Account)",
        "SELECT Id FROM Lead WHERE Score__c > null",
        "SELECT COUNT() FROM FieldPermissions",
        "SELECT COUNT() FROM LeadHistory",
    ],
)
def test_not_known(text: str) -> None:
    org, user = acme()
    with pytest.raises(NotKnown):
        ask(org, user, text)


def test_texts_that_differ_only_in_case_are_one_group_whose_name_nobody_knows() -> None:
    org, user = acme()
    org.object("Note__c", [Field("Word__c", "string")], [{"Word__c": word} for word in ("Yes", "yes", "no")])
    assert len(ask(org, user, "SELECT COUNT(Id) FROM Note__c GROUP BY Word__c").rows) == 2
    assert ask(org, user, "SELECT COUNT_DISTINCT(Word__c) n FROM Note__c").rows == [{"n": 2}]
    with pytest.raises(NotKnown, match="spelling"):
        ask(org, user, "SELECT Word__c, COUNT(Id) FROM Note__c GROUP BY Word__c")
