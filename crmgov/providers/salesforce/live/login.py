"""How an organisation is entered: with an access token, a client's secret, or a client's signed word (JWT bearer).

Sources: the vendor's OAuth 2.0 flows for server-to-server integration. SOAP login is not used: new organisations have
it off.
"""

import time
from collections.abc import Callable
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from crmgov.providers.salesforce.live.decoding import UndecodableError, decoded
from crmgov.providers.salesforce.live.faults import GoneError

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
TOKEN = "/services/oauth2/token"  # noqa: S105 - a path
MINUTES = 3
"""How long a signed word holds; the vendor takes at most five."""


class Token(NamedTuple):
    """What opens the organisation, and the address that is to be called from then on."""

    text: str
    url: str


class Login(Protocol):
    """A way in. Raises GoneError."""

    again: bool
    """Whether it can be asked once more after a token has run out."""

    def __call__(self) -> Token:
        """What opens the organisation from now on."""
        ...


Post = Callable[[str, dict[str, str]], tuple[int, bytes]]
"""Sends a form to an address; gives the status and the body."""


class ByToken:
    """A token that somebody else got."""

    again = False

    def __init__(self, url: str, text: str) -> None:
        self._token = Token(text, url)

    def __call__(self) -> Token:
        """The token as it was given."""
        return self._token


class BySecret:
    """The client credentials of an application that has a user to run as."""

    again = True

    def __init__(self, url: str, client: str, secret: str, post: Post) -> None:
        self._url, self._client, self._secret, self._post = url, client, secret, post

    def __call__(self) -> Token:
        """A new token. Raises GoneError."""
        form = {"grant_type": "client_credentials", "client_id": self._client, "client_secret": self._secret}
        return _answered(*self._post(self._url + TOKEN, form), self._url)


class Word(NamedTuple):
    """What is signed: which application speaks, for which user, to whom."""

    client: str
    username: str
    audience: str


class BySigning:
    """An application that is known by its certificate and allowed for a user."""

    again = True

    def __init__(self, url: str, word: Word, key: bytes, post: Post) -> None:
        self._url, self._word, self._key, self._post = url, word, key, post

    def __call__(self) -> Token:
        """A new token. Raises GoneError."""
        import jwt

        claims = {
            "iss": self._word.client, "sub": self._word.username, "aud": self._word.audience,
            "exp": int(time.time()) + 60 * MINUTES,
        }  # fmt: skip
        try:
            word = jwt.encode(claims, self._key, algorithm="RS256")
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise GoneError("the private key is no RSA key in PEM without a password") from error
        return _answered(*self._post(self._url + TOKEN, {"grant_type": GRANT, "assertion": word}), self._url)


def _answered(status: int, body: bytes, asked: str) -> Token:
    """A token out of an answer. Raises GoneError with the vendor's word for the trouble, and nothing else of it."""
    try:
        found = decoded(body)
    except UndecodableError:
        found = None
    if not isinstance(found, dict):
        raise GoneError(f"{asked}{TOKEN} answers {status} in no known form")
    text, url = found.get("access_token"), found.get("instance_url")
    if status != 200 or not isinstance(text, str) or not text:
        word = found.get("error")
        why = f": {word.replace('_', ' ')}" if isinstance(word, str) and word.replace("_", "").isalpha() else ""
        raise GoneError(f"the login is refused{why}")
    if not isinstance(url, str) or not fit(url):
        raise GoneError("the login answers with an address that is no https")
    return Token(text, url.rstrip("/"))


def fit(url: str) -> bool:
    """Whether secrets may be sent to an address: https, or this machine itself."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.username or parts.password or parts.query or parts.fragment or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in ("127.0.0.1", "localhost", "::1"))
