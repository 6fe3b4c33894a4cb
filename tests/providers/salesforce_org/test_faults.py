"""Bad luck, as it is ordered."""

from __future__ import annotations

import http.client

import pytest

from . import serving
from .conversation import Asked, Caller
from .world import acme

COUNT = "SELECT COUNT() FROM Lead"


def test_a_page_of_html_instead_of_an_answer(asked: Asked) -> None:
    org, _, caller = asked
    org.fail("query?", status=503, times=2, retry_after=3)
    for _ in range(2):
        heard = caller.query(COUNT)
        assert (heard.status, heard.headers["retry-after"]) == (503, "3")
        assert heard.body.startswith(b"<!DOCTYPE html>")
    assert caller.query(COUNT).json["totalSize"] == 4
    assert len(org.calls) == 1


def test_an_error_of_the_vendor(asked: Asked) -> None:
    org, _, caller = asked
    org.fail(
        "FROM Lead", status=400, code="QUERY_TIMEOUT", message="Your query request was running for too long.", skip=1
    )
    assert caller.query(COUNT).status == 200
    assert caller.query("SELECT COUNT() FROM Account").status == 200
    heard = caller.query(COUNT)
    assert heard.json == [{"message": "Your query request was running for too long.", "errorCode": "QUERY_TIMEOUT"}]


@pytest.mark.parametrize("how", [{"drop": True}, {"truncate": True}])
def test_a_connection_that_breaks(asked: Asked, how: dict[str, bool]) -> None:
    org, _, caller = asked
    org.fail("describe", **how)
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        caller.get("sobjects/Lead/describe")
    assert caller.get("sobjects/Lead/describe").status == 200


def test_a_token_that_is_over(asked: Asked) -> None:
    org, _, caller = asked
    org.fail(expire=True)
    assert caller.query(COUNT).code == "INVALID_SESSION_ID"
    assert caller.query(COUNT).code == "INVALID_SESSION_ID"


def test_a_mistake_of_the_org_itself_is_not_hidden() -> None:
    org, user = acme()
    org.now = lambda: None  # type: ignore[assignment,return-value]
    with pytest.raises(ExceptionGroup, match="the counterpart broke"), serving(org) as url:
        assert Caller(url, org.token(user)).query("SELECT COUNT() FROM Lead WHERE Due__c = TODAY").status == 500


def job(caller: Caller) -> str:
    return str(
        caller.send("POST", "jobs/query", {"operation": "query", "query": "SELECT LastName FROM Lead"}).json["id"]
    )


def test_a_job_that_fails(asked: Asked) -> None:
    org, _, caller = asked
    org.fail("GET /services/data/v66.0/jobs", job_error="the server gave up")
    name = job(caller)
    for _ in range(2):
        heard = caller.get(f"jobs/query/{name}").json
        assert (heard["state"], heard["errorMessage"]) == ("Failed", "the server gave up")


def test_a_job_that_never_ends(asked: Asked) -> None:
    org, _, caller = asked
    org.fail("GET /services/data/v66.0/jobs", times=10, job_hangs=True)
    name = job(caller)
    assert {caller.get(f"jobs/query/{name}").json["state"] for _ in range(10)} == {"InProgress"}
    assert caller.get(f"jobs/query/{name}").json["state"] == "JobComplete"


def test_a_page_of_results_that_ends_too_soon(asked: Asked) -> None:
    org, _, caller = asked
    org.fail("results", cut_page=True)
    name = job(caller)
    for _ in range(2):
        caller.get(f"jobs/query/{name}")
    heard = caller.get(f"jobs/query/{name}/results")
    assert heard.headers["sforce-numberofrecords"] == "4"
    assert heard.body.count(b"\n") < 5
    assert caller.get(f"jobs/query/{name}/results").body.count(b"\n") == 5
