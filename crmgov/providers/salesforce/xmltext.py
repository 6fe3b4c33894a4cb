"""Text as it stands in a file: escaped, in CDATA, with the file's own line ends."""

import re
from collections.abc import Callable

from crmgov.providers.salesforce.xmltree import XmlError

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;", '"': "&quot;", "'": "&apos;"}
_NAMED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_TOKEN = re.compile(r"&[^;]+;|\r\n|.", re.DOTALL)
_LITERAL = re.compile(r"\r\n|.", re.DOTALL)
_CDATA = re.compile(r"\s*<!\[CDATA\[(.*?)\]\]>\s*", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)


def escape(text: str, newline: str = "\n", *, raw: str = "") -> str:
    """Escape text as the vendor does, quotes and apostrophes included, but for the characters in ``raw``."""
    check(text)
    escaped = "".join(char if char in raw else _ESCAPES.get(char, char) for char in text)
    return escaped.replace("\n", newline) if newline != "\n" else escaped


def check(text: str) -> None:
    """Raise XmlError for a character that no XML file can hold."""
    bad = _FORBIDDEN.search(text)
    if bad:
        raise XmlError(f"the character U+{ord(bad.group()):04X} cannot stand in an XML file")


def replaced(old: str, text: str, newline: str) -> str:
    """The inner markup of an element whose text becomes ``text``, given its markup now.

    What the two have in common at the beginning and the end keeps its spelling. CDATA stays CDATA. Comments inside are
    kept behind the text.
    """
    check(text)
    cdata = _CDATA.fullmatch(old)
    if cdata and "]]>" not in cdata.group(1) and "\r" not in text:
        inner = _merged(_LITERAL.findall(cdata.group(1)), text, lambda part: part.replace("\n", newline))
        return "<![CDATA[" + inner.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    if "<" in old:
        return escape(text, newline) + "".join(_COMMENT.findall(_CDATA.sub("", old)))
    tokens = _TOKEN.findall(old)
    raw = "".join(char for char in "\"'" if char in tokens)
    inner = _merged(tokens, text, lambda part: escape(part, newline, raw=raw))
    return escape(text, newline) if "]]>" in inner else inner


def _merged(tokens: list[str], text: str, spell: Callable[[str], str]) -> str:
    """``text`` spelt, but for what it shares with ``tokens`` at the beginning and at the end."""
    before = [_meaning(token) for token in tokens]
    most = min(len(before), len(text))
    start = 0
    while start < most and before[start] == text[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] == text[-1 - end]:
        end += 1
    middle = spell(text[start : len(text) - end])
    return "".join(tokens[:start]) + middle + "".join(tokens[len(tokens) - end :])


def _meaning(token: str) -> str:
    if token in ("\r\n", "\r"):
        return "\n"
    if not token.startswith("&") or len(token) == 1:
        return token
    if token.startswith("&#"):
        body = token[2:-1]
        return chr(int(body[1:], 16) if body[:1] in "xX" else int(body))
    return _NAMED.get(token, token)
