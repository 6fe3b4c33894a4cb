"""Calls to an organisation: counted, bounded, repeated where that can do no harm, and each trouble told in words."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from crmgov.providers.salesforce.live.decoding import UndecodableError, decoded
from crmgov.providers.salesforce.live.faults import GoneError, PassingError, RefusedError
from crmgov.providers.salesforce.live.login import Login, Token

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 64 << 20
"""Of one answer that is held in memory; 2,000 rows of a query have less than a tenth of it."""
PATIENCE = 150.0
"""Seconds an answer may take: a query is given up by the vendor after 120."""
TRIES = 4
"""How often a call is made before its trouble is taken as lasting."""
LONGEST = 60.0
"""Seconds waited at most before a call is repeated."""
SHARE = 0.9
"""The part of the organisation's daily calls, taken by whomever, at which no more is asked: the rest belongs to what
the business runs on."""
_AGAIN = frozenset({500, 502, 503, 504})


class Connection:
    """An open way to one organisation. ``most`` bounds the calls; repeated ones count too.

    ``pause`` waits so many seconds. All methods raise GoneError, and RefusedError where only the question is refused.
    """

    def __init__(
        self, client: "httpx.Client", login: Login, most: int, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._client, self._login, self._pause = client, login, pause
        self.most, self.spent = most, 0
        self.used = 0
        """Calls of the day taken by whomever, and (``allowed``) how many there are; 0 where that was not told."""
        self.allowed = 0
        self._token: Token | None = None

    @property
    def left(self) -> int:
        """Calls that may still be made."""
        return self.most - self.spent

    def pause(self, seconds: float) -> None:
        """Wait."""
        self._pause(seconds)

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Any:
        """What lies at a path, decoded."""
        return self._json("GET", path, params=params)

    def post(self, path: str, body: object) -> Any:
        """The answer to something sent, decoded. It is not repeated once it may have been heard."""
        return self._json("POST", path, body=body)

    def delete(self, path: str) -> None:
        """Remove what is ours."""
        self._json("DELETE", path)

    @contextmanager
    def stream(self, path: str, params: Mapping[str, str]) -> Iterator["httpx.Response"]:
        """An answer to be read piece by piece; reading on after trouble is the caller's."""
        token = self._entered()
        self._count()
        headers = {"Authorization": f"Bearer {token.text}", "Accept": "text/csv"}
        with self._told(), self._client.stream("GET", token.url + path, params=params, headers=headers) as response:
            if response.status_code != 200:
                self._refuse(response, _read(response))
            self._usage(response)
            yield response

    def close(self) -> None:
        """Let go of it."""
        self._client.close()

    def _json(self, method: str, path: str, *, params: Mapping[str, str] | None = None, body: object = None) -> Any:
        from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

        backoff = wait_random_exponential(multiplier=1, max=LONGEST)

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome is not None else None
            after = error.after if isinstance(error, PassingError) else None
            return backoff(state) if after is None else after

        def again(error: BaseException) -> bool:
            return (
                isinstance(error, PassingError)
                and (method != "POST" or not error.sent)
                and (error.after or 0) <= LONGEST
            )

        trying = Retrying(
            stop=stop_after_attempt(TRIES), wait=wait, retry=retry_if_exception(again), sleep=self._pause, reraise=True
        )
        try:
            return trying(self._once, method, path, params, body)
        except PassingError as error:
            raise GoneError(str(error)) from error

    def _once(self, method: str, path: str, params: Mapping[str, str] | None, body: object) -> Any:
        for attempt in (1, 2):
            token = self._entered()
            self._count()
            headers = {"Authorization": f"Bearer {token.text}", "Accept": "application/json"}
            content = None if body is None else msgspec.json.encode(body)
            if content is not None:
                headers["Content-Type"] = "application/json"
            with self._told(), self._client.stream(
                method, token.url + path, params=params, headers=headers, content=content
            ) as response:  # fmt: skip
                data = _read(response)
            self._usage(response)
            if response.status_code == 401 and self._login.again and attempt == 1:
                self._token = None
                continue
            if response.status_code == 204:
                return None
            if response.status_code not in (200, 201):
                self._refuse(response, data)
            try:
                return decoded(data)
            except UndecodableError as error:
                raise RefusedError("", "it answers with what is no JSON") from error
        raise AssertionError

    def _entered(self) -> Token:
        if self._token is None:
            with self._told():
                self._token = self._login()
        return self._token

    def _count(self) -> None:
        if self.spent >= self.most:
            raise GoneError(f"what was allowed, {self.most:,} call{'' if self.most == 1 else 's'}, is used up")
        if self.allowed and self.used >= SHARE * self.allowed:
            taken = f"{self.used:,} of the organisation's {self.allowed:,} calls of the day are taken"
            raise GoneError(f"{taken}; the rest is left to what the business runs on")
        self.spent += 1

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Trouble of the network in words of our own: messages of libraries hold addresses and more."""
        import httpx

        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise PassingError("no connection can be made", sent=False) from error
        except httpx.TimeoutException as error:
            raise PassingError("no answer came in time") from error
        except (httpx.TransportError, httpx.DecodingError, httpx.StreamError) as error:
            raise PassingError("the connection broke off") from error
        except httpx.InvalidURL as error:
            raise GoneError("its address cannot be understood") from error

    def _usage(self, response: "httpx.Response") -> None:
        """What the organisation says of its day: api-usage=14/15000."""
        told = response.headers.get("Sforce-Limit-Info", "")
        used, _, allowed = told.partition("api-usage=")[2].partition(";")[0].strip().partition("/")
        if used.isdecimal() and allowed.isdecimal() and len(used) < 12 and len(allowed) < 12:
            self.used, self.allowed = int(used), int(allowed)

    def _refuse(self, response: "httpx.Response", data: bytes) -> None:
        """Raise what an answer that is none means."""
        status, code, message = response.status_code, *_error(data)
        if status == 401:
            raise GoneError("the access token is not accepted, or no longer")
        if code == "REQUEST_LIMIT_EXCEEDED" and "Concurrent" not in message:
            raise GoneError("the organisation has no calls left for today")
        if status in _AGAIN or status == 429 or code in ("REQUEST_LIMIT_EXCEEDED", "UNABLE_TO_LOCK_ROW"):
            if code == "QUERY_TIMEOUT":
                raise RefusedError(code)
            raise PassingError(f"it answers {status}", after=_after(response))
        if 300 <= status < 400:
            raise GoneError("it answers that it has moved; name its own address (My Domain)")
        if not code:
            raise RefusedError("", f"it answers {status} in no known form")
        raise RefusedError(code)


def _read(response: "httpx.Response") -> bytes:
    """The whole of an answer, unpacked. Raises RefusedError where it is larger than an answer can be."""
    found = bytearray()
    for piece in response.iter_bytes():
        found += piece
        if len(found) > MOST_BYTES:
            raise RefusedError("", "its answer is larger than an answer can be")
    return bytes(found)


def _error(data: bytes) -> tuple[str, str]:
    """The code and the message of ``[{"errorCode": ..., "message": ...}]``; empty where it is none."""
    try:
        found = decoded(data)
    except UndecodableError:
        return "", ""
    first = found[0] if isinstance(found, list) and found else found
    if not isinstance(first, dict):
        return "", ""
    code = first.get("errorCode") or first.get("error")
    return (code if isinstance(code, str) else ""), str(first.get("message") or "")


def _after(response: "httpx.Response") -> float | None:
    told = response.headers.get("Retry-After", "").strip()
    return float(told) if told.isdecimal() and len(told) < 7 else None
