"""Diagnostics as plain data for the cache and for other processes, and back; and what a broken file seems to hold."""

import re
from typing import Any

import msgspec

from crmgov.load.table import Unread
from crmgov.model.diagnostics import Diagnostic, Fix, Place, Related, Where
from crmgov.model.kinds import KINDS

_LINE = re.compile(rb"^(kind|name|object)[ \t]*:[ \t]+[\"']?([^\"'#\r\n]+?)[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_SEPARATOR = re.compile(rb"^---(?:[ \t].*)?\r?$", re.MULTILINE)


def packed(problem: Diagnostic) -> dict[str, Any]:
    """A diagnostic as plain data."""
    result: dict[str, Any] = msgspec.to_builtins(problem)
    return result


def unpacked(data: dict[str, Any]) -> Diagnostic:
    """A diagnostic from plain data. Raises msgspec.ValidationError where the data is not one."""
    at = _place(data.pop("at", None))
    related = tuple(Related(item["label"], _place(item["at"]) or Place("")) for item in data.pop("related", ()))
    fix = data.pop("fix", None)
    fix = None if fix is None else msgspec.convert(fix, Fix)
    data["evidence"] = tuple(data.get("evidence", ()))
    return Diagnostic(**data, at=at, related=related, fix=fix)


def _place(data: dict[str, Any] | None) -> Where | Place | None:
    if data is None:
        return None
    return msgspec.convert(data, Place) if "line" in data else msgspec.convert(data, Where)


def guess(data: bytes, document: int) -> Unread:
    """What an unreadable document seems to be, from the lines of its envelope."""
    parts = _SEPARATOR.split(data)
    # A separator before the first document makes the parts one more than the documents.
    first = 0 if parts[0].strip() else 1
    part = parts[min(first + document, len(parts) - 1)]
    found: dict[str, str] = {}
    for match in _LINE.finditer(part):
        found.setdefault(match[1].decode(), match[2].decode("utf-8", "replace"))
    kind = found.get("kind", "")
    if kind not in KINDS:
        return Unread()
    return Unread(kind, found.get("object", "") or (found.get("name", "") if kind == "Object" else ""))
