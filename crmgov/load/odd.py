"""Characters that look like something else: typographic quotation marks, spaces that are none, invisible ones."""

import unicodedata
from typing import NamedTuple

OPENING = "\u201c\u201e\u2018\u201a\u00ab\u201f"
"""Typographic marks that open a quotation in some language."""
_CLOSING = "\u201d\u201c\u2019\u2018\u00bb\u201f"
INVISIBLE = frozenset(
    "\u00a0\u00ad\u0085\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200e\u200f"
    "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2066\u2067\u2068\u2069\u3000\ufeff"
)
"""Spaces other than the space bar's, line separators that only some programs see, marks that turn text around."""
_NEVER = frozenset("\u0085\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Those that no text needs: separators read as line breaks by some, and marks that show text in another order."""


def cleaned(text: str) -> str:
    """The text without odd characters at its ends and without those that no text needs: what was probably meant."""
    text = "".join(character for character in text if character not in _NEVER)
    text = text.strip("".join(INVISIBLE))
    return text[1:-1] if len(text) > 1 and text[0] in OPENING and text[-1] in _CLOSING else text


class Odd(NamedTuple):
    """What is told of such a character."""

    code: str
    message: str
    hint: str


def character_name(character: str) -> str:
    """A character in words: its Unicode name and number."""
    return f"{unicodedata.name(character, 'unnamed').lower()} (U+{ord(character):04X})"


def odd_character(text: str, quoted: bool) -> Odd | None:
    """The first problem with the characters of a scalar. Within quoted text, only what no text needs."""
    if text.isascii():
        return None
    for character in text:
        if character in _NEVER:
            return Odd("YAML004", f"It holds a {character_name(character)}, which cannot be seen", "delete it")
    if quoted or not text:
        return None
    for character in (text[0], text[-1]):
        if character in INVISIBLE:
            return Odd("YAML004", f"It begins or ends with a {character_name(character)}", "type a space instead")
    opening, closing = text[0], text[-1]
    if len(text) > 1 and opening in OPENING and closing in _CLOSING:
        return Odd("YAML003", f"{opening} and {closing} would be part of the text", 'write "..."')
    return None
