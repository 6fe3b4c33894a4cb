"""Regular expressions written in a repository's own files, matched in time that no pattern can blow up.

They are those of JSON Schema without look-around and back references, and are found anywhere in a text unless anchored
with ``^`` and ``$``. The engine goes through a text once, whatever the pattern.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jsonschema_rs

LONGEST = 1000
"""Characters of a pattern."""
_ROOM = 1024 * 1024
"""Bytes a compiled pattern may take, and again those of what it remembers while it matches."""
_BEYOND = ("(?=", "(?!", "(?<=", "(?<!")


class PatternError(ValueError):
    """A text that is no pattern, or one that is not offered; the message says why, to follow the pattern."""


class Pattern:
    """A regular expression."""

    def __init__(self, text: str) -> None:
        """Raises PatternError."""
        self.text = text
        self._validator = _compiled(text)

    def found_in(self, text: str) -> bool:
        """Whether the pattern fits anywhere in a text."""
        return self._validator.is_valid(text)


@lru_cache(maxsize=1000)
def _compiled(text: str) -> "jsonschema_rs.Draft202012Validator":
    import jsonschema_rs

    if len(text) > LONGEST:
        raise PatternError(f"is longer than {LONGEST:,} characters")
    bounds = jsonschema_rs.RegexOptions(size_limit=_ROOM, dfa_size_limit=_ROOM)
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": text}, pattern_options=bounds)
    except (ValueError, jsonschema_rs.ValidationError):
        if any(part in text for part in _BEYOND):
            raise PatternError("looks ahead or behind, which is not offered: no pattern may take long") from None
        raise PatternError("is no regular expression, or one too large to be matched quickly") from None
