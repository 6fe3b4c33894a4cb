"""A caller of the org, in as few lines as it takes."""

from __future__ import annotations

import gzip
import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from .org import Org
from .people import User


@dataclass(frozen=True)
class Heard:
    """An answer: its status, its headers by names in small letters, its body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The vendor's code of an error."""
        return str(self.json[0]["errorCode"])


@dataclass(frozen=True)
class Caller:
    """Somebody who asks an org, with a token."""

    url: str
    token: str
    version: str = "66.0"

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
        **params: object,
    ) -> Heard:
        """One request, on a connection of its own; paths that do not begin with a slash are those of the version."""
        place = path if path.startswith("/") else f"/services/data/v{self.version}/{path}"
        if params:
            place += "?" + urlencode(params)
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=20)
        try:
            connection.request(method, place, body, {"Authorization": f"Bearer {self.token}", **(headers or {})})
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            raw = answer.read()
        finally:
            connection.close()
        return Heard(answer.status, found, gzip.decompress(raw) if found.get("content-encoding") == "gzip" else raw)

    def get(self, path: str, *, headers: dict[str, str] | None = None, **params: str | int) -> Heard:
        """Read something."""
        return self.ask("GET", path, headers=headers, **params)

    def query(self, text: str) -> Heard:
        """Ask a query."""
        return self.get("query", q=text)

    def send(self, method: str, path: str, value: object) -> Heard:
        """Send JSON."""
        return self.ask(method, path, headers={"Content-Type": "application/json"}, body=json.dumps(value).encode())


Asked = tuple[Org, User, Caller]
"""An org, the user who asks it, and how."""
