"""What may come over a network, or stand in the variables of a machine: words for a person, never more than that."""

import gzip
import json
from collections.abc import Callable

import pytest

from crmgov.model.figures import Figure
from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce.live import connection
from crmgov.providers.salesforce.live.faults import GoneError
from crmgov.providers.salesforce.live.login import BySecret
from crmgov.providers.salesforce.live.opened import Way, open_records
from tests.audit.records.tables import FIELDS, NOW, OBJECT
from tests.providers.salesforce_live.leads import WANTED, live, many, organisation
from tests.providers.salesforce_live.spoilt import spoilt
from tests.providers.salesforce_org import Org, serving
from tests.providers.salesforce_org.messages import Request, Response

ROWS = [{**dict.fromkeys(FIELDS), "Name": f"N{number}"} for number in range(30)]
LENGTH = Figure(metric="longest", field="Name")


@pytest.mark.parametrize("token", ["00D\u00e9", "a\nX-Other: b", "a b", "\ud800", ""])
def test_a_token_that_can_be_none(token: str) -> None:
    with serving(Org()) as url, pytest.raises(ProviderError) as caught:
        open_records(Way(url=url, token=token), WANTED, NOW)
    assert caught.value.diagnostic.code == "SFLIVE005"
    assert not token or token not in caught.value.diagnostic.message


def test_a_line_end_behind_a_token_is_no_part_of_it() -> None:
    org = organisation(ROWS)
    with serving(org) as url:
        open_records(Way(url=url, token=org.token(org.users[0]) + "\n"), WANTED, NOW).close()


HOSTS = ["https://" + "a" * 70 + ".com", "https://a..example", "https://a b.example", "https://a.example:99999", "https://a.example/x",
         "https://\u2603.example", "https://a\x00.example", "https://a.example\n"]  # fmt: skip


@pytest.mark.parametrize("url", HOSTS)
def test_an_address_that_can_be_none(url: str) -> None:
    with pytest.raises(ProviderError, match="no address of an organisation"):
        open_records(Way(url=url, token="t"), WANTED, NOW)


@pytest.mark.parametrize(
    ("name", "value"),
    [("HTTPS_PROXY", "nonsense://x"), ("HTTPS_PROXY", "socks5://localhost:1"), ("SSL_CERT_FILE", "/nowhere/x.pem")],
)
def test_variables_of_the_machine_that_lead_nowhere(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ProviderError, match="proxy or the certificates"):
        open_records(Way(url="https://acme.example", token="t"), WANTED, NOW)


def test_a_version_is_no_path() -> None:
    with pytest.raises(ProviderError, match="api_version"):
        open_records(Way(url="https://acme.example", token="t", version="66.0/../.."), WANTED, NOW)


LED = [
    "http://127.0.0.1:1",
    "http://localhost",
    "https://a.example/x",
    "https://u@a.example",
    "ftp://a.example",
    "",
    None,
]


@pytest.mark.parametrize("url", LED)
def test_a_login_leads_nowhere_but_to_a_host_by_https(url: str | None) -> None:
    body = json.dumps({"access_token": "t", "instance_url": url}).encode()
    with pytest.raises(GoneError, match="no https"):
        BySecret("https://acme.example", "c", "s", lambda *_: (200, body))()


def _packed(times: int, name: str) -> Callable[[Request, Response], Response]:
    def spoil(request: Request, response: Response) -> Response:
        body = response.body
        for _ in range(times):
            body = gzip.compress(body)
        headers = {**response.headers, "Content-Encoding": name}
        return Response(response.status, body, response.kind, headers)

    return spoil


def test_what_is_packed_twice_is_not_unpacked() -> None:
    with spoilt(organisation(ROWS), _packed(1, "gzip")) as records:
        assert records.answer({OBJECT: [LENGTH]})[OBJECT, LENGTH].known
    with (
        pytest.raises(GoneError, match="packed in an unknown way"),
        spoilt(organisation(ROWS), _packed(2, "gzip, gzip")),
    ):
        pass


def test_an_answer_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "WHOLE", -1.0)
    with pytest.raises(GoneError, match="takes too long"), spoilt(organisation(ROWS), lambda _, response: response):
        pass


def test_a_login_larger_than_one_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MOST_BYTES", 10)
    org = organisation(ROWS)
    org.app("client-1", secret="s3cret", user=org.users[0])
    with serving(org) as url, pytest.raises(ProviderError, match="the login cannot be read: its answer is larger"):
        open_records(Way(url=url, client="client-1", secret="s3cret"), WANTED, NOW)


def test_no_wait_is_longer_than_a_person_would_wait() -> None:
    org = many(organisation(ROWS))
    org.fail("/results", 1, status=503, retry_after=500_000)
    waits: list[float] = []
    with live(org, pause=waits.append) as records:
        assert not records.answer({OBJECT: [LENGTH]})[OBJECT, LENGTH].known
    assert max(waits) <= connection.LONGEST
