"""An organisation reached without a network, whose answers can be spoilt on their way."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import httpx

from crmgov.audit.records.live import LiveRecords
from crmgov.providers.salesforce.live.connection import Connection
from crmgov.providers.salesforce.live.held import Wanted
from crmgov.providers.salesforce.live.login import ByToken
from crmgov.providers.salesforce.live.records import SalesforceRecords
from tests.audit.records.tables import NOW
from tests.providers.salesforce_live.leads import WANTED, opening
from tests.providers.salesforce_org import Org
from tests.providers.salesforce_org.messages import Request, Response
from tests.providers.salesforce_org.service import answer

URL = "https://acme.my.salesforce.com"
Spoil = Callable[[Request, Response], Response]


@contextmanager
def spoilt(
    org: Org, spoil: Spoil, wanted: Mapping[str, Wanted] = WANTED, *, copies: bool = True, calls: int = 200
) -> Iterator[LiveRecords]:
    """The records of an organisation whose answers go through ``spoil``. Raises what opening them raises."""

    def handle(sent: httpx.Request) -> httpx.Response:
        request = Request(
            sent.method, sent.url.path, sent.url.query.decode(),
            {name.lower(): value for name, value in sent.headers.items()}, sent.content,
        )  # fmt: skip
        response = spoil(request, answer(org, request)[0])
        return httpx.Response(response.status, headers=response.headers, content=response.body)

    client = httpx.Client(transport=httpx.MockTransport(handle))
    connection = Connection(client, ByToken(URL, org.token(org.users[0])), calls, pause=lambda _: None)
    records = LiveRecords(SalesforceRecords(connection, "66.0", wanted, NOW, copies=copies), opening, lambda _: None)
    try:
        yield records
    finally:
        records.close()
