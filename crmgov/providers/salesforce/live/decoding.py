"""JSON from outside, decoded."""

from typing import Any

import msgspec


class UndecodableError(ValueError):
    """What came is no JSON, or none that anybody would write."""


def decoded(data: bytes) -> Any:
    """The value of a JSON text. Raises UndecodableError."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise UndecodableError from error
