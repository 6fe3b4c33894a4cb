"""Somebody else's client, which knows the vendor and not the counterpart."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from simple_salesforce import Salesforce
    from simple_salesforce.exceptions import (
        SalesforceExpiredSession,
        SalesforceGeneralError,
        SalesforceMalformedRequest,
        SalesforceResourceNotFound,
    )

from . import Field, Org, serving
from .world import acme

Asked = tuple[Org, Any]


class Plainly(requests.Session):
    """The client speaks TLS only; the org on this machine does not."""

    def request(self, method: str, url: str, *args: Any, **more: Any) -> requests.Response:  # type: ignore[override]
        return super().request(method, url.replace("https://", "http://", 1), *args, **more)


@pytest.fixture
def asked() -> Iterator[Asked]:
    org, user = acme()
    with serving(org) as url, Plainly() as session:
        session.trust_env = False
        client = Salesforce(instance=urlsplit(url).netloc, session_id=org.token(user), session=session, version="66.0")
        yield org, client


def test_it_queries(asked: Asked) -> None:
    org, client = asked
    assert client.query("SELECT COUNT() FROM Lead WHERE Email != null")["totalSize"] == 2
    (row,) = client.query("SELECT LastName, Account.Name FROM Lead WHERE Account.Name = 'Beta'")["records"]
    assert (row["LastName"], row["Account"]["Name"]) == ("Birch", "Beta")
    assert client.api_usage["api-usage"].used == len(org.calls)


def test_it_turns_pages(asked: Asked) -> None:
    org, client = asked
    org.object("Row__c", [Field("N__c", "int")], [{"N__c": number} for number in range(4_500)])
    found = client.query_all("SELECT N__c FROM Row__c")
    assert found["totalSize"] == 4_500
    assert [row["N__c"] for row in found["records"]] == list(range(4_500))
    assert [row["N__c"] for row in client.query_all_iter("SELECT N__c FROM Row__c WHERE N__c >= 4000")] == list(
        range(4_000, 4_500)
    )


def test_it_asks_for_deleted_records(asked: Asked) -> None:
    assert asked[1].query("SELECT COUNT() FROM Lead", include_deleted=True)["totalSize"] == 5


def test_it_describes(asked: Asked) -> None:
    _, client = asked
    assert {"Lead", "Account", "Organization"} <= {one["name"] for one in client.describe()["sobjects"]}
    fields = {field["name"]: field for field in client.Lead.describe()["fields"]}
    assert [value["value"] for value in fields["Region__c"]["picklistValues"]] == ["South", "North", "East"]
    assert (fields["AccountId"]["relationshipName"], fields["AccountId"]["referenceTo"]) == ("Account", ["Account"])


def test_it_knows_the_errors(asked: Asked) -> None:
    org, client = asked
    with pytest.raises(SalesforceMalformedRequest, match="INVALID_FIELD"):
        client.query("SELECT Nothing FROM Lead")
    with pytest.raises(SalesforceResourceNotFound):
        client.Nothing.describe()
    org.fail(status=503)
    with pytest.raises(SalesforceGeneralError):
        client.query("SELECT COUNT() FROM Lead")
    org.fail(expire=True)
    with pytest.raises(SalesforceExpiredSession):
        client.query("SELECT COUNT() FROM Lead")


def test_it_runs_query_jobs(asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, client = asked
    monkeypatch.setattr("simple_salesforce.bulk2.sleep", lambda seconds: None)
    pages = list(client.bulk2.Lead.query("SELECT LastName FROM Lead ORDER BY LastName", max_records=3))
    assert [row for page in pages for row in list(csv.reader(page.splitlines()))[1:]] == [
        ["Ash"],
        ["Birch"],
        ["Cedar"],
        ["Dogwood"],
    ]
    files = client.bulk2.Lead.download("SELECT LastName, Email FROM Lead WHERE Email != null", path=str(tmp_path))
    (file,) = files
    assert Path(file["file"]).read_text() == '"LastName","Email"\n"Ash","ada@one.example"\n"Birch","BOB@one.example"\n'


def test_it_reads_limits(asked: Asked) -> None:
    _, client = asked
    assert client.limits()["DailyApiRequests"]["Max"] == 15_000
    assert client.restful("limits/recordCount", {"sObjects": "Lead"}) == {"sObjects": [{"count": 4, "name": "Lead"}]}
