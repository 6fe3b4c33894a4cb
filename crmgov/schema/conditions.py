"""What a field's type asks for, and what has no meaning with it: one table for schemas and for messages."""

from typing import Any, NamedTuple

from crmgov.model.kinds import KINDS
from crmgov.model.kinds.objects import FieldType

Json = dict[str, Any]

ALL_TYPES: tuple[str, ...] = FieldType.__args__  # type: ignore[attr-defined]

_PICK = ("picklist", "multipicklist")
_TEXTS = ("text", "textarea", "richtext", "email", "phone", "url")
_NUMBERS = ("integer", "decimal", "currency", "percent")
_POINTERS = ("lookup", "master_detail", "user", "file")


def _but(*types: str) -> tuple[str, ...]:
    return tuple(name for name in ALL_TYPES if name not in types)


class Meaningless(NamedTuple):
    """Attributes that say nothing about fields of some types, and where they belong instead."""

    attributes: tuple[str, ...]
    types: tuple[str, ...]
    belongs: str


MEANINGLESS: tuple[Meaningless, ...] = (
    Meaningless(("values", "picklist", "controlled_by"), _but(*_PICK), "picklist and multipicklist fields"),
    Meaningless(("references", "on_delete"), _but(*_POINTERS), "lookup and master_detail fields"),
    Meaningless(("formula", "returns"), _but("formula"), "formula fields"),
    Meaningless(("rollup",), _but("rollup"), "rollup fields"),
    Meaningless(("format",), _but("autonumber"), "autonumber fields"),
    Meaningless(
        ("length",),
        ("boolean", "date", "datetime", "time", "geolocation", *_NUMBERS, "lookup", "master_detail", "rollup"),
        "fields that hold text; digits of a number are its precision",
    ),
    Meaningless(
        ("precision",),
        (*_TEXTS, "boolean", "date", "datetime", "time", *_PICK, "lookup", "master_detail", "user", "file"),
        "fields that hold numbers",
    ),
    Meaningless(
        ("scale",),
        (*_TEXTS, "boolean", "date", "datetime", "time", *_PICK, "lookup", "master_detail", "user", "file"),
        "fields that hold numbers",
    ),
)


class Needs(NamedTuple):
    """An attribute without which a field of a type cannot be made; ``instead`` names others that will do."""

    type: str
    attribute: str
    instead: tuple[str, ...] = ()


NEEDS: tuple[Needs, ...] = (
    Needs("picklist", "picklist", ("values",)),
    Needs("multipicklist", "picklist", ("values",)),
    Needs("lookup", "references"),
    Needs("master_detail", "references"),
    Needs("formula", "formula"),
    Needs("rollup", "rollup"),
)


def field_conditions() -> list[Json]:
    """The table of what has no meaning as ``if``/``then``, for the schema of Field."""
    assert "Field" in KINDS
    return [
        {
            "if": {"properties": {"type": {"enum": list(rule.types)}}, "required": ["type"]},
            "then": {"properties": dict.fromkeys(rule.attributes, False)},
        }
        for rule in MEANINGLESS
    ]


def belongs(attribute: str) -> str:
    """Which fields an attribute belongs to, in words."""
    return next((rule.belongs for rule in MEANINGLESS if attribute in rule.attributes), "other fields")
