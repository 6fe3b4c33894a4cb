"""Canonical bytes: one byte form per value, so that equal values have equal digests everywhere."""

import hashlib
from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder()

Body = dict[str, Any]
"""A resource's attributes as plain data (str, int, float, bool, None, list, dict with str keys)."""


def encode(value: object) -> bytes:
    """Canonical JSON bytes: keys sorted, UTF-8, no white space."""
    return _ENCODER.encode(value)


def decode(data: bytes) -> Any:
    """The plain value of canonical bytes."""
    return _DECODER.decode(data)


def digest(data: bytes) -> str:
    """A 128-bit BLAKE2b digest of bytes, as 32 hexadecimal characters."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_of(value: object) -> str:
    """The digest of a value's canonical bytes."""
    return digest(_ENCODER.encode(value))
