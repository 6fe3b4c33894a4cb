"""Record ids: 15 characters that tell case apart, and 3 more that say which of them are capitals."""

from __future__ import annotations

import re

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

#: The first three characters of the ids of objects that everybody has.
PREFIXES = {
    "account": "001", "campaign": "701", "case": "500", "contact": "003", "contract": "800", "event": "00U", "lead": "00Q",
    "objectpermissions": "110", "opportunity": "006", "order": "801", "organization": "00D", "permissionset": "0PS",
    "permissionsetassignment": "0Pa", "product2": "01t", "profile": "00e", "queryjob": "750", "recordtype": "012",
    "task": "00T", "user": "005", "userrole": "00E", "group": "00G",
}  # fmt: skip


def long_id(short: str) -> str:
    """The 18 characters of a 15 character id."""
    groups = (short[:5], short[5:10], short[10:15])
    return short + "".join(_CHECK[sum(1 << n for n, char in enumerate(part) if char.isupper())] for part in groups)


def make_id(prefix: str, number: int) -> str:
    """The id of the `number`th record of the object whose ids begin with `prefix`."""
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = _DIGITS[rest] + digits
    return long_id(prefix + digits.rjust(12, "0"))


def is_id(text: str) -> bool:
    """Whether a text has the form of an id. The last three of eighteen are checked caselessly, as case is what they mend."""
    if re.fullmatch(r"[0-9A-Za-z]{15}", text):
        return True
    return bool(re.fullmatch(r"[0-9A-Za-z]{18}", text))
