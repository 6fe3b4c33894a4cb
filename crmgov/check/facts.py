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

    @property
    def holds(self) -> str | None:
        """The type of the values it yields: a formula's result, else its own type."""
        return self.returns if self.type == "formula" else self.type


_DECODER = msgspec.json.Decoder(FieldFacts)
_TYPES = {field.name: field.type for field in msgspec.structs.fields(FieldFacts)}


def facts_of(data: bytes | None, shipped: Sequence[Body]) -> FieldFacts | None:
    """The facts of a field: what its resource states, and for the rest what a catalogue knows."""
    if data is None and not shipped:
        return None
    if data is not None and not shipped:
        try:
            return _DECODER.decode(data)
        except msgspec.ValidationError:
            return lenient(decode(data))
    merged = {name: value for body in reversed(shipped) for name, value in body.items()}
    return lenient({**merged, **(decode(data) if data is not None else {})})


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
