"""Text from outside made harmless for a terminal, and measured."""

import re
import unicodedata

_SPOKEN = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
"""Unicode categories that a reader does not see, or that move what they see: controls, bidi marks, surrogates."""


def clean(text: str) -> str:
    """A text on one line in which every character is seen for what it is."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if _harmless(char) else _escaped(char) for char in text)


def _harmless(char: str) -> bool:
    return char == " " or (char.isprintable() and unicodedata.category(char) not in _HIDDEN)


def _escaped(char: str) -> str:
    code = ord(char)
    if char in _SPOKEN:
        return _SPOKEN[char]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def fenced(text: str, language: str) -> str:
    """Lines as one block of code in Markdown, which nothing in them can end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}{fence}\n"


def bounded(text: str, most: int = 1000) -> str:
    """A cleaned text no longer than anybody reads."""
    return clean(text if len(text) <= most else text[:most] + "...")


def width(text: str) -> int:
    """Columns a cleaned text takes on a terminal: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def count(number: int, one: str, several: str = "") -> str:
    """A number with its noun: ``1 error``, ``1,204 errors``."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
