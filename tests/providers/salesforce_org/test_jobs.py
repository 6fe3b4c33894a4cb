"""Query jobs of Bulk API 2.0."""

from __future__ import annotations

import csv

import pytest

from . import Field
from .conversation import Asked, Caller


def made(caller: Caller, text: str, operation: str = "query") -> str:
    """A new job's id."""
    heard = caller.send("POST", "jobs/query", {"operation": operation, "query": text})
    assert (heard.status, heard.json["state"]) == (200, "UploadComplete")
    return str(heard.json["id"])


def finished(caller: Caller, text: str, operation: str = "query") -> str:
    """A job that is done."""
    job = made(caller, text, operation)
    assert caller.get(f"jobs/query/{job}").json["state"] == "InProgress"
    heard = caller.get(f"jobs/query/{job}").json
    assert heard["state"] == "JobComplete"
    return job


def test_results_have_every_value_in_quotes(asked: Asked) -> None:
    caller = asked[2]
    text = "SELECT LastName, Company, Email, Converted__c, Score__c, Employees, Due__c, Seen__c, Account.Name, Description FROM Lead ORDER BY LastName"
    heard = caller.get(f"jobs/query/{finished(caller, text)}/results")
    lines = heard.body.decode().splitlines()
    assert (
        lines[0]
        == '"LastName","Company","Email","Converted__c","Score__c","Employees","Due__c","Seen__c","Account.Name","Description"'
    )
    assert lines[1] == '"Ash","","ada@one.example","true","7.5","10","2026-06-15","2026-06-14T23:59:00.000Z","Acme",""'
    assert lines[4] == '"Dogwood","O\'Neill","","false","","","","","",""'
    assert (heard.headers["sforce-locator"], heard.headers["sforce-numberofrecords"]) == ("null", "4")
    assert heard.headers["content-type"].startswith("text/csv")


def test_pages_of_results_each_begin_with_the_names(asked: Asked) -> None:
    org, _, caller = asked
    org.object("Row__c", [Field("N__c", "int")], [{"N__c": number} for number in range(25)])
    job = finished(caller, "SELECT N__c FROM Row__c")
    found: list[str] = []
    counts: list[int] = []
    more: dict[str, str] = {}
    while more.get("locator") != "null":
        heard = caller.get(f"jobs/query/{job}/results", maxRecords=10, **more)
        header, *rows = csv.reader(heard.body.decode().splitlines())
        assert header == ["N__c"]
        counts.append(int(heard.headers["sforce-numberofrecords"]))
        found += [row[0] for row in rows]
        more = {"locator": heard.headers["sforce-locator"]}
    assert counts == [10, 10, 5]
    assert found == [str(number) for number in range(25)]
    assert caller.get(f"jobs/query/{job}/results", locator="nonsense").status == 501


def test_query_all_finds_deleted_records(asked: Asked) -> None:
    caller = asked[2]
    heard = caller.get(f"jobs/query/{finished(caller, 'SELECT Id FROM Lead', 'queryAll')}/results")
    assert heard.headers["sforce-numberofrecords"] == "5"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SELECT COUNT(Id) FROM Lead", "API_ERROR"),
        ("SELECT COUNT() FROM Lead", "API_ERROR"),
        ("SELECT Region__c FROM Lead GROUP BY Region__c", "API_ERROR"),
        ("SELECT Id FROM Lead OFFSET 5", "API_ERROR"),
        ("SELECT Address FROM Lead", "API_ERROR"),
        ("SELECT Place__c FROM Lead", "API_ERROR"),
        ("SELECT Photo__c FROM Lead", "API_ERROR"),
        ("SELECT Id FROM EntityDefinition", "INVALIDENTITY"),
        ("SELECT Nothing FROM Lead", "INVALID_FIELD"),
        ("SELECT Id FRM Lead", "MALFORMED_QUERY"),
    ],
)
def test_what_is_no_query_for_a_job(asked: Asked, text: str, code: str) -> None:
    org, _, caller = asked
    heard = caller.send("POST", "jobs/query", {"operation": "query", "query": text})
    assert (heard.status, heard.code) == (400, code)
    assert org.jobs == {}


def test_a_job_is_stopped_and_deleted(asked: Asked) -> None:
    caller = asked[2]
    job = made(caller, "SELECT Id FROM Lead")
    assert caller.send("PATCH", f"jobs/query/{job}", {"state": "Aborted"}).json["state"] == "Aborted"
    assert caller.get(f"jobs/query/{job}").json["state"] == "Aborted"
    assert caller.get(f"jobs/query/{job}/results").status == 501
    assert caller.ask("DELETE", f"jobs/query/{job}").status == 204
    assert caller.get(f"jobs/query/{job}").status == 404


def test_a_job_is_its_makers_alone(asked: Asked) -> None:
    org, _, caller = asked
    job = finished(caller, "SELECT Id FROM Lead")
    other = Caller(caller.url, org.token(org.user("eve@acme.example")))
    assert other.get(f"jobs/query/{job}").status == 404


def test_a_job_sees_what_its_maker_sees(asked: Asked) -> None:
    org, _, caller = asked
    user = org.user("gus@acme.example", view_all_data=False, sees=lambda name, record: record["LastName"] == "Ash")
    other = Caller(caller.url, org.token(user))
    heard = other.get(f"jobs/query/{finished(other, 'SELECT LastName FROM Lead')}/results")
    assert heard.body.decode() == '"LastName"\n"Ash"\n'
