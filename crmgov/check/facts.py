"""What the rules need of a field, decoded without the rest."""

from collections.abc import Sequence
from typing import Any

import msgspec

from crmgov.model.canonical import Body, decode


class ValueFacts(msgspec.Struct, frozen=True):
    """One value of a picklist, or one stage."""

    name: str
    active: bool | None = None
    aliases: list[str] | None = None
    default: bool | None = None
    replaced_by: str | None = None


class ControlledFacts(msgspec.Struct, frozen=True):
    """What a dependent picklist depends on."""

    field: str
    pairs: dict[str, list[str]] | None = None


class RollupFacts(msgspec.Struct, frozen=True):
    """The child object of a rollup."""

    object: str


class FieldFacts(msgspec.Struct, frozen=True):
    """A field's attributes that other things are checked against; None where not stated."""

    type: str | None = None
    returns: str | None = None
    picklist: str | None = None
    values: list[ValueFacts] | None = None
    restricted: bool | None = None
    references: list[str] | None = None
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    default: str | int | float | bool | None = None
    formula: str | None = None
    controlled_by: ControlledFacts | None = None
    rollup: RollupFacts | None = None

    @property
    def holds(self) -> str | None:
        """The type of the values it yields: a formula's result, else its own type."""
        return self.returns if self.type == "formula" else self.type


_DECODER = msgspec.json.Decoder(FieldFacts)
_TYPES = {field.name: field.type for field in msgspec.structs.fields(FieldFacts)}


STATED = frozenset(_TYPES)
"""The attributes of a field that facts hold."""


def decoded(data: bytes) -> FieldFacts:
    """The facts a field's own body states."""
    try:
        return _DECODER.decode(data)
    except msgspec.ValidationError:
        return lenient(decode(data))


def completed(own: FieldFacts | None, shipped: Sequence[Body]) -> FieldFacts | None:
    """The facts of a field: what its resource states, and for the rest what catalogues know, the first first."""
    found = own
    for body in shipped:
        more = lenient(body)
        if found is None:
            found = more
        else:
            listed = found.values is not None or found.picklist is not None  # in its own way
            taken = STATED - {"values", "picklist"} if listed else STATED
            absent = {name: getattr(more, name) for name in taken if getattr(found, name) is None}
            found = msgspec.structs.replace(found, **absent)
    return found


def lenient(body: Body) -> FieldFacts:
    """Facts of a body that may hold attributes of a wrong type, told elsewhere: these count as not stated."""
    found: dict[str, Any] = {}
    for name, kind in _TYPES.items():
        if name in body:
            try:
                found[name] = msgspec.convert(body[name], kind)
            except msgspec.ValidationError:
                continue
    return FieldFacts(**found)
