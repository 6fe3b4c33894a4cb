"""The org over HTTP: who may ask, what is counted, pages, errors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from . import Field
from .conversation import Asked, Caller


def test_versions_are_listed_without_a_token_and_cost_nothing(asked: Asked) -> None:
    org, _, caller = asked
    heard = Caller(caller.url, "").get("/services/data/")
    assert heard.json[0] == {"label": "Spring '26", "url": "/services/data/v66.0", "version": "66.0"}
    assert [one["label"] for one in heard.json] == ["Spring '26", "Summer '26"]
    assert org.calls == []


def test_every_other_request_is_counted_and_says_so(asked: Asked) -> None:
    org, _, caller = asked
    assert caller.get("").headers["sforce-limit-info"] == "api-usage=1/15000"
    assert (
        caller.query("SELECT COUNT() FROM Lead WHERE Email = 'a b'").headers["sforce-limit-info"] == "api-usage=2/15000"
    )
    assert caller.query("SELECT Nothing FROM Lead").headers["sforce-limit-info"] == "api-usage=3/15000"
    assert org.calls[1] == (
        "GET",
        "/services/data/v66.0/query",
        "q=SELECT COUNT() FROM Lead WHERE Email = 'a b'",
    )
    assert caller.get("limits").json["DailyApiRequests"] == {"Max": 15_000, "Remaining": 14_996}


def test_the_last_call_of_the_day(asked: Asked) -> None:
    org, _, caller = asked
    org.daily_calls = 1
    assert caller.query("SELECT COUNT() FROM Lead").status == 200
    heard = caller.query("SELECT COUNT() FROM Lead")
    assert (heard.status, heard.code) == (403, "REQUEST_LIMIT_EXCEEDED")
    assert len(org.calls) == 1


@pytest.mark.parametrize("token", ["", "nonsense"])
def test_without_a_token_nothing_is_said(asked: Asked, token: str) -> None:
    org, _, caller = asked
    heard = Caller(caller.url, token).query("SELECT COUNT() FROM Lead")
    assert (heard.status, heard.code) == (401, "INVALID_SESSION_ID")
    assert heard.json == [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
    assert org.calls == []


def test_the_resources_say_whose_token_it_is(asked: Asked) -> None:
    org, user, caller = asked
    assert caller.get("/services/data/v66.0").json["identity"] == f"https://test.salesforce.com/id/{org.id}/{user.id}"
    heard = caller.get("/services/oauth2/userinfo").json
    assert (heard["organization_id"], heard["user_id"], heard["preferred_username"]) == (org.id, user.id, user.username)
    heard = Caller(caller.url, "nonsense").get("/services/oauth2/userinfo")
    assert (heard.status, heard.body) == (403, b"Bad_OAuth_Token")


@pytest.mark.parametrize(
    "path", ["/services/data/v12.0/query?q=SELECT+Id+FROM+Lead", "/services/data/v66.0/sobjects/Leads/describe"]
)
def test_what_is_not_there_is_not_found(asked: Asked, path: str) -> None:
    heard = asked[2].get(path)
    assert (heard.status, heard.code) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    "path",
    ["composite", "sobjects/Lead", "tooling/sobjects", "/services/Soap/u/66.0", "/services/data/v66.0/query/a/b"],
)
def test_what_was_not_taught_is_said_in_plain_words(asked: Asked, path: str) -> None:
    heard = asked[2].get(path)
    assert heard.status == 501
    assert heard.body.startswith(b"The counterpart does not know ")


def test_errors_are_a_list_in_json(asked: Asked) -> None:
    heard = asked[2].query("SELECT Nothing FROM Lead")
    assert (heard.status, heard.code) == (400, "INVALID_FIELD")
    assert set(heard.json[0]) == {"message", "errorCode"}


def test_pages_of_2_000(asked: Asked) -> None:
    org, _, caller = asked
    org.object("Row__c", [Field("N__c", "int")], [{"N__c": number} for number in range(4_001)])
    first = caller.query("SELECT N__c FROM Row__c").json
    assert (first["totalSize"], first["done"], len(first["records"])) == (4_001, False, 2_000)
    second = caller.get(first["nextRecordsUrl"]).json
    last = caller.get(second["nextRecordsUrl"]).json
    assert (last["done"], "nextRecordsUrl" in last) == (True, False)
    numbers = [row["N__c"] for page in (first, second, last) for row in page["records"]]
    assert numbers == list(range(4_001))
    assert caller.get(second["nextRecordsUrl"]).json == last
    smaller = caller.get(
        "query", q="SELECT N__c FROM Row__c LIMIT 450", headers={"Sforce-Query-Options": "batchSize=200"}
    ).json
    assert (smaller["totalSize"], len(smaller["records"])) == (450, 200)
    assert (
        caller.get("query", q="SELECT N__c FROM Row__c", headers={"Sforce-Query-Options": "batchSize=100"}).status
        == 501
    )


def test_a_page_of_nobody_or_of_somebody_else_is_refused(asked: Asked) -> None:
    org, _, caller = asked
    org.object("Row__c", [], [{"Name": str(number)} for number in range(2_001)])
    following = caller.query("SELECT Id FROM Row__c").json["nextRecordsUrl"]
    other = Caller(caller.url, org.token(org.user("eve@acme.example")))
    for heard in (other.get(following), caller.get(following.replace("-2000", "-9000")), caller.get("query/0r8000-1")):
        assert (heard.status, heard.code) == (400, "INVALID_QUERY_LOCATOR")


def test_deleted_records_are_found_by_query_all_only(asked: Asked) -> None:
    caller = asked[2]
    assert caller.get("query", q="SELECT COUNT() FROM Lead").json["totalSize"] == 4
    assert caller.get("queryAll", q="SELECT COUNT() FROM Lead").json["totalSize"] == 5


def test_cached_counts_lag_and_know_no_sharing(asked: Asked) -> None:
    org, _, caller = asked
    org.objects["account"].counted = 7
    heard = caller.get("limits/recordCount", sObjects="Account,Lead,Nothing").json
    assert heard == {"sObjects": [{"count": 7, "name": "Account"}, {"count": 4, "name": "Lead"}]}


def test_answers_are_packed_for_those_who_unpack(asked: Asked) -> None:
    heard = asked[2].get("sobjects", headers={"Accept-Encoding": "gzip"})
    assert heard.headers["content-encoding"] == "gzip"
    assert "Lead" in {one["name"] for one in heard.json["sobjects"]}


def test_an_address_beyond_16_384_bytes_is_too_long(asked: Asked) -> None:
    org, _, caller = asked
    for blanks, status in ((16_400, 414), (16_270, 431), (15_000, 200)):
        assert caller.query("SELECT Id FROM Lead WHERE Email != null" + " " * blanks).status == status
    assert len(org.calls) == 1


def test_an_unescaped_plus_in_an_address_is_a_blank(asked: Asked) -> None:
    heard = asked[2].get("/services/data/v66.0/query?q=SELECT+Id+FROM+Lead+WHERE+Seen__c+%3E+2026-01-01T00:00:00+02:00")
    assert (heard.status, heard.code) == (400, "MALFORMED_QUERY")


def test_many_ask_at_once_and_each_is_counted(asked: Asked) -> None:
    org, _, caller = asked
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda number: caller.query(f"SELECT COUNT() FROM Lead LIMIT {number}").json["totalSize"], range(1, 41)
            )
        )
    assert answers == [min(number, 4) for number in range(1, 41)]
    assert len(org.calls) == 40
