"""Queries against the small org, their answers counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from .rendering import rows
from .soql.answer import ask
from .world import acme


def found(where: str) -> str:
    """The leads a condition finds, by their first letters."""
    org, user = acme()
    answer = ask(org, user, f"SELECT LastName FROM Lead WHERE {where} ORDER BY LastName")
    return "".join(str(record["LastName"])[0] for record in answer.records)


@pytest.mark.parametrize(
    ("where", "leads"),
    [
        ("Email = 'ADA@ONE.example'", "A"),
        ("Email = null", "CD"),
        ("Email = ''", "CD"),
        ("Email != null", "AB"),
        ("Email != 'ada@one.example'", "BCD"),
        ("Email <> 'ada@one.example'", "BCD"),
        ("NOT Email = 'ada@one.example'", "BCD"),
        ("NOT (Email = 'ada@one.example' OR Company = 'O\\'Neill')", "BC"),
        ("Email LIKE 'bob%'", "B"),
        ("Email LIKE '%@one.example'", "AB"),
        ("NOT Email LIKE 'bob%'", "ACD"),
        ("Note__c LIKE '50\\% off\\_now'", "C"),
        ("Note__c LIKE '50_ off_no_'", "C"),
        ("Note__c LIKE '5\\_%'", ""),
        ("LastName > 'birch'", "CD"),
        ("LastName <= 'BIRCH'", "AB"),
        ("Company < 'z'", "CD"),
        ("Region__c IN ('North', 'East')", "AC"),
        ("Region__c NOT IN ('North', 'East')", "BD"),
        ("Region__c IN ('South', null)", "BD"),
        ("Topics__c = 'Trial;Price'", "A"),
        ("Topics__c INCLUDES ('Trial', 'Support')", "AB"),
        ("Topics__c INCLUDES ('Trial;Support')", ""),
        ("Topics__c != null AND Topics__c EXCLUDES ('Trial')", "B"),
        ("Converted__c = true", "A"),
        ("Converted__c = false", "BCD"),
        ("Converted__c = null", "BCD"),
        ("Converted__c != null", "A"),
        ("Score__c > 0", "A"),
        ("Score__c <= 7.50", "AB"),
        ("Score__c >= -1.0 AND Score__c < 7.5", "B"),
        ("Score__c != 7.5", "BCD"),
        ("NOT Score__c > 0", "BCD"),
        ("Employees IN (10, 11)", "A"),
        ("At__c != null", "A"),
        ("At__c = null", "BCD"),
        ("Due__c = 2026-06-15", "A"),
        ("CALENDAR_MONTH(Due__c) = 5", "B"),
        ("CALENDAR_QUARTER(Seen__c) < 2 OR DAY_IN_MONTH(Seen__c) = 14", "AC"),
        ("DAY_ONLY(Seen__c) = 2026-06-14", "A"),
        ("Due__c = TODAY", "A"),
        ("Due__c < TODAY", "B"),
        ("Due__c = LAST_N_DAYS:45", "AB"),
        ("Due__c = LAST_N_DAYS:44", "A"),
        ("Due__c = LAST_MONTH", "B"),
        ("Due__c = LAST_N_MONTHS:1", "B"),
        ("Due__c = N_DAYS_AGO:45", "B"),
        ("Seen__c >= LAST_N_MONTHS:6", "AC"),
        ("Seen__c >= LAST_N_MONTHS:4", "A"),
        ("Seen__c = THIS_YEAR", "AC"),
        ("Due__c != THIS_MONTH", "BCD"),
        ("Seen__c = YESTERDAY", "A"),
        ("Seen__c < 2026-06-15T01:59:01+02:00", "AC"),
        ("Seen__c >= 2026-01-01T00:00:00Z", "AC"),
        ("Seen__c > 2026-01-01T00:00:00.000Z", "A"),
        ("Account.Name = 'acme'", "A"),
        ("Account.Name = null", "CD"),
        ("Account.Name != 'acme'", "BCD"),
        ("Account.Parent.Name = 'Acme'", "B"),
        ("Lead.LastName = 'ash'", "A"),
        ("City = 'oslo'", "A"),
        ("AccountId IN (SELECT Id FROM Account WHERE Industry = 'Media')", "A"),
        ("AccountId IN (SELECT ParentId FROM Account)", "A"),
        ("AccountId != null AND AccountId NOT IN (SELECT ParentId FROM Account)", "B"),
        ("Id IN ('00Q000000000001', '00Q000000000002EAA')", "AB"),
        ("Id > '00Q000000000002' AND Id < '00Q000000000004EAA'", "C"),
        ("Owner.IsActive = true AND Region__c = 'South'", "B"),
        ("(Region__c = 'North' OR Region__c = 'South') AND Converted__c = false", "BC"),
    ],
)  # fmt: skip
def test_conditions(where: str, leads: str) -> None:
    assert found(where) == leads


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("SELECT COUNT(Id), COUNT(Email), COUNT(Region__c) FROM Lead", {"expr0": 4, "expr1": 2, "expr2": 3}),
        ("SELECT COUNT_DISTINCT(Region__c) regions, MAX(Score__c) FROM Lead", {"regions": 2, "expr0": 7.5}),
        ("SELECT MIN(Region__c), MAX(Region__c) FROM Lead", {"expr0": "South", "expr1": "North"}),
        (
            "SELECT SUM(Employees), AVG(Employees), MIN(Due__c) FROM Lead",
            {"expr0": 30, "expr1": 15.0, "expr2": "2026-05-01"},
        ),
        ("SELECT MAX(Seen__c) FROM Lead", {"expr0": "2026-06-14T23:59:00.000+0000"}),
        ("SELECT SUM(Score__c), COUNT(Email) FROM Lead WHERE LastName = 'nobody'", {"expr0": None, "expr1": 0}),
        ("select count(account.name) from lead", {"expr0": 2}),
    ],
)
def test_aggregates_of_all_records(text: str, answer: dict[str, object]) -> None:
    org, user = acme()
    (row,) = rows(ask(org, user, text), "66.0")
    assert row == {"attributes": {"type": "AggregateResult"}, **answer}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("SELECT Region__c, COUNT(Id) n FROM Lead GROUP BY Region__c ORDER BY COUNT(Id) DESC, Region__c", [("North", 2), (None, 1), ("South", 1)]),
        ("SELECT Region__c r, COUNT(Id) FROM Lead GROUP BY Region__c ORDER BY Region__c DESC NULLS LAST", [("North", 2), ("South", 1), (None, 1)]),
        ("SELECT Region__c, COUNT(Id) FROM Lead GROUP BY Region__c HAVING COUNT(Id) > 1", [("North", 2)]),
        ("SELECT Account.Name, MAX(Score__c) FROM Lead WHERE AccountId != null GROUP BY Account.Name ORDER BY Account.Name", [("Acme", 7.5), ("Beta", -1)]),
        ("SELECT Converted__c, COUNT(Email) FROM Lead GROUP BY Converted__c ORDER BY Converted__c LIMIT 1", [(False, 1)]),
        ("SELECT CALENDAR_YEAR(Due__c) y, COUNT(Id) FROM Lead GROUP BY CALENDAR_YEAR(Due__c) ORDER BY CALENDAR_YEAR(Due__c)", [(None, 2), (2026, 2)]),
        ("SELECT DAY_ONLY(Seen__c), COUNT(Id) FROM Lead WHERE Seen__c != null GROUP BY DAY_ONLY(Seen__c) ORDER BY DAY_ONLY(Seen__c)", [(date(2026, 1, 1), 1), (date(2026, 6, 14), 1)]),
        ("SELECT Region__c FROM Lead GROUP BY Region__c ORDER BY Region__c OFFSET 1", [("South",), ("North",)]),
        ("SELECT Region__c, COUNT(Id) FROM Lead WHERE LastName = 'nobody' GROUP BY Region__c", []),
    ],
)  # fmt: skip
def test_groups(text: str, answer: list[tuple[object, ...]]) -> None:
    org, user = acme()
    assert [tuple(row.values()) for row in ask(org, user, text).rows] == answer


def test_a_picklist_sorts_in_the_order_of_its_list_and_missing_values_come_first() -> None:
    org, user = acme()
    answer = ask(org, user, "SELECT LastName FROM Lead ORDER BY Region__c, LastName DESC")
    assert [record["LastName"] for record in answer.records] == ["Dogwood", "Birch", "Cedar", "Ash"]
    answer = ask(org, user, "SELECT LastName FROM Lead ORDER BY LastName LIMIT 2 OFFSET 1")
    assert [record["LastName"] for record in answer.records] == ["Birch", "Cedar"]


def test_count_alone_is_a_number_without_rows() -> None:
    org, user = acme()
    assert ask(org, user, "SELECT COUNT() FROM Lead").counted == 4
    assert ask(org, user, "SELECT count() FROM lead WHERE email != null LIMIT 1").counted == 1
    assert ask(org, user, "SELECT COUNT() FROM Lead", deleted=True).counted == 5


def test_rows_of_records_hold_their_parents() -> None:
    org, user = acme()
    answer = ask(
        org,
        user,
        "SELECT lastname, Account.Name, Account.Parent.Name, Address, Converted__c, Seen__c, Budget__c, Hidden__c, Photo__c FROM Lead ORDER BY LastName LIMIT 3",
    )
    first, second, third = rows(answer, "66.0")
    assert first["attributes"] == {"type": "Lead", "url": "/services/data/v66.0/sobjects/Lead/00Q000000000001EAA"}
    assert first["LastName"] == "Ash"
    assert first["Account"] == {
        "attributes": {"type": "Account", "url": "/services/data/v66.0/sobjects/Account/001000000000001AAA"},
        "Name": "Acme",
        "Parent": None,
    }
    assert first["Address"]["city"] == "Oslo"  # type: ignore[index]
    assert first["Seen__c"] == "2026-06-14T23:59:00.000+0000"
    assert (first["Hidden__c"], first["Photo__c"]) == (
        "****",
        "/services/data/v66.0/sobjects/Lead/00Q000000000001EAA/Photo__c",
    )
    assert (second["Hidden__c"], second["Photo__c"]) == (None, None)
    assert second["Account"]["Parent"]["Name"] == "Acme"  # type: ignore[index]
    assert (second["Budget__c"], second["Address"]) == (100.5, None)
    assert (third["Account"], third["Converted__c"]) == (None, False)
