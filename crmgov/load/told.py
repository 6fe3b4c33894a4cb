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
    fix = data.get("fix")
    parts = {
        "at": _place(data.get("at")),
        "related": tuple(Related(item["label"], _place(item["at"]) or Place("")) for item in data.get("related", ())),
        "fix": None if fix is None else msgspec.convert(fix, Fix),
        "evidence": tuple(data.get("evidence", ())),
    }
    return Diagnostic(**{**data, **parts})


def _place(data: dict[str, Any] | None) -> Where | Place | None:
    if data is None:
        return None
    return msgspec.convert(data, Place) if "line" in data else msgspec.convert(data, Where)


def guess(data: bytes, document: int) -> list[Unread]:
    """What an unreadable document seems to be, from the lines of its envelope."""
    parts = _SEPARATOR.split(data)
    # A separator before the first document makes the parts one more than the documents.
    first = 0 if parts[0].strip() else 1
    part = parts[min(first + document, len(parts) - 1)]
    found: dict[str, str] = {}
    for match in _LINE.finditer(part):
        found.setdefault(match[1].decode(), match[2].decode("utf-8", "replace"))
    kind = found.get("kind", "")
    return unread(kind if kind in KINDS else "", found.get("name", ""), found.get("object", ""))


def unread(kind: str, name: str, parent: str) -> list[Unread]:
    """The gaps that a document leaves which cannot be used; each word may be empty where it is not known."""
    if kind == "Object":
        # With an object goes everything that may stand inline in it.
        return [Unread("Object"), Unread("", name)] if name else [Unread()]
    return [Unread(kind, parent)]
