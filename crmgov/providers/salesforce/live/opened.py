"""An organisation opened as an environment's document says."""

import datetime as dt
import re
import time
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from crmgov.model.diagnostics import of
from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce.live import codes as _codes  # noqa: F401 - declares the codes used here
from crmgov.providers.salesforce.live.connection import GREETING, PATIENCE, Connection, read
from crmgov.providers.salesforce.live.faults import GoneError, PassingError, RefusedError
from crmgov.providers.salesforce.live.held import Wanted
from crmgov.providers.salesforce.live.login import BySecret, BySigning, ByToken, Login, Post, Word, fit
from crmgov.providers.salesforce.live.records import SalesforceRecords

if TYPE_CHECKING:
    import httpx

VERSION = "66.0"
"""The interface's version where none is named: Spring '26."""
CALLS = 1000
"""Calls at most where nobody says otherwise: a hundredth of the smallest company's day."""
INSTALL = "pip install 'crmgov[salesforce]'"
_VERSION = re.compile(r"[1-9][0-9]{1,2}\.0", re.ASCII)
_AUDIENCES = {"production": "https://login.salesforce.com", "sandbox": "https://test.salesforce.com"}
_MOST_KEY = 64 * 1024


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How an organisation is reached, every variable filled in. ``key`` is a private key or the path of one.

    ``kind`` is what the organisation is expected to be; empty where nothing is expected.
    """

    url: str
    version: str = VERSION
    kind: Literal["sandbox", "production", ""] = ""
    token: str = ""
    client: str = ""
    secret: str = ""
    username: str = ""
    key: str = ""
    audience: str = ""
    copies: bool = True
    calls: int = CALLS


def open_records(
    way: Way, wanted: Mapping[str, Wanted], now: dt.datetime, *, pause: Callable[[float], None] = time.sleep
) -> SalesforceRecords:
    """The organisation's records; ``pause`` waits so many seconds.

    Raises ProviderError where it cannot be reached, or is another than is expected.
    """
    missing = [name for name in ("httpx", "tenacity", "jwt") if find_spec(name) is None]
    if missing:
        raise _refused("SFLIVE005", f"Salesforce over its interface needs {', '.join(missing)}", INSTALL)
    url = way.url.rstrip("/")
    if not fit(url):
        mend = "Write https://NAME.my.salesforce.com"
        raise _refused("SFLIVE005", "connection.org is no address of an organisation", mend)
    if not _VERSION.fullmatch(way.version):
        raise _refused("SFLIVE005", "connection.api_version is no version of the interface", f"Write {VERSION}")
    client = _client(url)
    try:
        connection = Connection(client, _login(way, url, _posting(client)), way.calls, pause=pause)
    except BaseException:
        client.close()
        raise
    try:
        found = SalesforceRecords(connection, way.version, wanted, now, copies=way.copies)
    except (GoneError, PassingError) as error:
        connection.close()
        raise _refused("SFLIVE005", f"The organisation at {url} cannot be asked: {error}") from error
    except BaseException:
        connection.close()
        raise
    if way.kind and found.organisation.kind != way.kind:
        connection.close()
        told = f"{found.organisation.name or url} is a {found.organisation.kind} organisation"
        raise _refused("SFLIVE006", f"{told}, and a {way.kind} one is expected")
    return found


def _client(url: str) -> "httpx.Client":
    import httpx

    try:
        # A proxy of this machine is never in between where the other end is this machine too.
        return httpx.Client(
            timeout=httpx.Timeout(PATIENCE, connect=GREETING), follow_redirects=False,
            trust_env=url.startswith("https://"), headers={"Accept-Encoding": "gzip, deflate"},
        )  # fmt: skip
    except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
        mend = "Look at HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR among the environment variables."
        raise _refused("SFLIVE005", "The proxy or the certificates of this machine cannot be used", mend) from error


def _login(way: Way, url: str, post: Post) -> Login:
    if way.token:
        return ByToken(url, way.token)
    if way.client and way.secret:
        return BySecret(url, way.client, way.secret, post)
    if way.client and way.username and way.key:
        audience = way.audience or _AUDIENCES[way.kind or "production"]
        return BySigning(url, Word(way.client, way.username, audience), _key(way.key), post)
    raise _refused("SFLIVE005", "connection.login says no way to enter the organisation")


def _key(text: str) -> bytes:
    """A private key, given itself or by the path of its file."""
    if text.lstrip().startswith("-----BEGIN"):
        return text.encode(errors="replace")
    try:
        with Path(text).open("rb") as file:
            return file.read(_MOST_KEY)
    except (OSError, ValueError) as error:
        raise _refused("SFLIVE005", "The file of the private key cannot be read") from error


def _posting(client: "httpx.Client") -> Post:
    def post(url: str, form: dict[str, str]) -> tuple[int, bytes]:
        try:
            with client.stream("POST", url, data=form) as answer:
                return answer.status_code, read(answer)
        except RefusedError as error:
            raise GoneError(f"the login cannot be read: {error}") from error

    return post


def _refused(code: str, told: str, mend: str = "") -> ProviderError:
    return ProviderError(of(code, told, mend=mend) if mend else of(code, told))
