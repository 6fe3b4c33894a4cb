"""URLs as they are told: without the password that may stand in them, also where they are mistyped."""

import re

_SCHEME = re.compile(r"[a-z0-9+.]*://?", re.IGNORECASE)
_NAMED = re.compile(r"((?:password|passwd|pwd|token|secret|key)[a-z_]*=)[^&\s]*", re.IGNORECASE)


def masked(url: str) -> str:
    """A URL, or what was meant as one, with *** for its password."""
    before, at, after = url.rpartition("@")
    scheme = found.group() if (found := _SCHEME.match(before)) else ""
    user, colon, _ = before.removeprefix(scheme).partition(":")
    if at and colon:
        before = f"{scheme}{user}:***"
    return _NAMED.sub(r"\1***", before + at + after)
