"""Requests and answers, without HTTP's own matters."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote_plus


@dataclass(frozen=True)
class Request:
    """A request. Names of headers are in small letters; `raw_query` is as it came."""

    method: str
    path: str
    raw_query: str
    headers: dict[str, str]
    body: bytes

    @property
    def params(self) -> dict[str, str]:
        """The parameters after the question mark."""
        return dict(parse_qsl(self.raw_query, keep_blank_values=True))

    @property
    def query(self) -> str:
        """What follows the question mark, percent signs undone."""
        return unquote_plus(self.raw_query)

    @property
    def form(self) -> dict[str, str]:
        """The parameters of a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass
class Response:
    """An answer."""

    status: int = 200
    body: bytes = b""
    kind: str = "application/json;charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)


def as_json(value: object, status: int = 200) -> Response:
    """An answer in JSON."""
    return Response(status, json.dumps(value).encode())


def as_error(status: int, code: str, message: str) -> Response:
    """The vendor's list of errors."""
    return as_json([{"message": message, "errorCode": code}], status)
