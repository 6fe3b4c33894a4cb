"""What a formula in the vendor's language names: fields read, literals compared, permissions asked."""

import re
from typing import NamedTuple

_STRING = r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\''
_TOKEN = re.compile(
    rf"/\*.*?\*/|(?P<text>{_STRING})|(?P<name>\$?[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)(?P<call>\s*\()?", re.DOTALL
)
_PICKVAL = re.compile(
    rf"\b(?:ISPICKVAL|INCLUDES)\s*\(\s*(?:PRIORVALUE\s*\(\s*)?([A-Za-z][A-Za-z0-9_.]*)\s*\)?\s*,\s*({_STRING})",
    re.IGNORECASE,
)
_EQUALS = re.compile(
    rf"(?:\bTEXT\s*\(\s*([A-Za-z][A-Za-z0-9_.]*)\s*\)|([A-Za-z][A-Za-z0-9_.]*__c|[A-Z][A-Za-z]*))\s*(?:==?|!=|<>)\s*({_STRING})"
)
_WORDS = frozenset({"true", "false", "null", "and", "or", "not"})
_HARD = re.compile(
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
    r"|https?://[^\s\"'<>)]+"
    r"|\b(?:00[0-9A-Z]|01[0-9A-Z]|02[0-9A-Z]|0[3-9][0-9A-Z]|50[0-9]|70[0-9]|80[0-9]|a[0-9A-Za-z]{2})"
    r"[0-9A-Za-z]{2}[0-9A-Za-z]{10}(?:[A-Z0-5]{3})?\b"
)


class Names(NamedTuple):
    """What a formula names; fields as paths from its own object."""

    fields: tuple[str, ...]
    literals: tuple[tuple[str, str], ...]
    permissions: tuple[str, ...]


def names_in(formula: str) -> Names:
    """The fields, literals and custom permissions a formula names. Comments and texts are not looked into."""
    fields: set[str] = set()
    permissions: set[str] = set()
    for match in _TOKEN.finditer(formula[:100_000]):
        name = match.group("name")
        if name is None or match.group("call") or name.lower() in _WORDS:
            continue
        if name.startswith("$Permission."):
            permissions.add(name.partition(".")[2])
        elif not name.startswith("$"):
            fields.add(name)
    literals = {(field, _unquote(text)) for field, text in _PICKVAL.findall(formula)}
    literals |= {(one or two, _unquote(text)) for one, two, text in _EQUALS.findall(formula)}
    return Names(tuple(sorted(fields)), tuple(sorted(literals)), tuple(sorted(permissions)))


def hard_coded(text: str) -> set[str]:
    """Record ids, e-mail addresses and URLs written into a text."""
    found = {match.group() for match in _HARD.finditer(text[:1_000_000])} if len(text) > 9 else set()
    return {one for one in found if "@" in one or ":" in one or _is_id(one)}


def _is_id(text: str) -> bool:
    """Whether 15 or 18 characters look like a record id: digits among them, and not a word."""
    return len(text) in (15, 18) and sum(char.isdigit() for char in text) >= 4


def _unquote(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])
