"""What a plain scalar means: the booleans and null of YAML 1.2, numbers in one spelling each, everything else text."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"0|-?[1-9][0-9]*|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]")
_OTHER_NUMBER = re.compile(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip

"""Plain scalars that are no text and no number."""

NUMERIC = frozenset("-+.0123456789")
"""The first characters of plain scalars that may be numbers."""

_SAFE_LENGTH = 15
"""Characters up to which every number in our spelling is kept exactly (IEEE 754 double: 15.95 digits)."""
_MOST_LENGTH = 40
_LARGEST = 2**63 - 1
"""The largest integer that databases and other programs hold."""

Plain = str | int | float | bool | None


class NumberError(ValueError):
    """A scalar that other programs would take for a number, in a spelling that is not one here."""


def plain(text: str) -> Plain:
    """The value of a plain scalar. Raises NumberError with the reason in plain words."""
    if text in WORDS:
        return WORDS[text]
    if not text.isascii() or not _OTHER_NUMBER.fullmatch(text):
        return text
    if not _NUMBER.fullmatch(text):
        raise NumberError(_spelling(text))
    if len(text) > _MOST_LENGTH:
        raise NumberError(f"is a number of {len(text)} characters, more than any program keeps")
    value = float(text) if "." in text else int(text)
    if len(text) > _SAFE_LENGTH and not _kept(text, value):
        raise NumberError("is a number with more digits than other programs keep")
    return value


def _kept(text: str, value: float) -> bool:
    return abs(value) <= _LARGEST if isinstance(value, int) else Decimal(repr(value)) == Decimal(text)


def _spelling(text: str) -> str:
    bare = text.lstrip("+-")
    if bare[1:].lower() in ("inf", "nan"):
        return "is no number that can be stored"
    if bare.startswith(("0x", "0o")):
        return "is a number in another base"
    if "e" in text or "E" in text:
        return "is a number with an exponent"
    if text.startswith("+"):
        return "is a number with a plus sign"
    if bare.startswith("."):
        return "is a number without a digit before the point"
    if "." in text and bare[1:2] != "." and bare.startswith("0"):
        return "begins with a zero that a number does not keep"
    if "." in text:
        return "ends with a zero or a point that a number does not keep"
    return "begins with a zero that a number does not keep" if len(bare) > 1 else "is zero with a minus sign"


def suggestion(text: str) -> str:
    """The number such a text would be in our spelling; empty where there is none."""
    if len(text) > _MOST_LENGTH:
        return ""
    try:
        value = Decimal(int(text, 0)) if text[:2] in ("0x", "0o") else Decimal(text)
        written = format(value, "f")
    except (ValueError, ArithmeticError):
        return ""
    if len(written) > _MOST_LENGTH:
        return ""
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    written = "0" if written in ("-0", "") else written
    return written if _NUMBER.fullmatch(written) and len(written) <= _SAFE_LENGTH else ""
