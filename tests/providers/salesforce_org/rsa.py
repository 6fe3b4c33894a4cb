"""RS256: whether a signature was made with the private half of a public key. Nothing else is here."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode

#: What stands before a SHA-256 digest in a signature (RFC 8017, section 9.2, note 1).
_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")


def _element(data: bytes, position: int) -> tuple[int, bytes, int]:
    """One element of DER: its tag, its content, where the next begins."""
    tag, length, position = data[position], data[position + 1], position + 2
    if length & 0x80:
        count = length & 0x7F
        length, position = int.from_bytes(data[position : position + count]), position + count
    return tag, data[position : position + length], position + length


def public_numbers(pem: str) -> tuple[int, int]:
    """Modulus and exponent of a public key in PEM (`BEGIN PUBLIC KEY`, RFC 5280)."""
    lines = [line for line in pem.strip().splitlines() if not line.startswith("-----")]
    if "BEGIN PUBLIC KEY" not in pem:
        raise ValueError("not a public key in PEM")
    _, outer, _ = _element(b64decode("".join(lines)), 0)
    _, _, position = _element(outer, 0)
    _, bits, _ = _element(outer, position)
    _, pair, _ = _element(bits, 1)
    _, modulus, position = _element(pair, 0)
    _, exponent, _ = _element(pair, position)
    return int.from_bytes(modulus), int.from_bytes(exponent)


def signed(pem: str, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is one of `message`."""
    modulus, exponent = public_numbers(pem)
    size = (modulus.bit_length() + 7) // 8
    if len(signature) != size:
        return False
    opened = pow(int.from_bytes(signature), exponent, modulus).to_bytes(size)
    digest = _SHA256 + hashlib.sha256(message).digest()
    wanted = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
    return hmac.compare_digest(opened, wanted)
