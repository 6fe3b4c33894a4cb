"""The vendor attributes that crmgov reads and writes under ``native.salesforce``, by kind."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping import TYPES
from crmgov.providers.salesforce.mapping.items import NATIVE, Item, Leaf, Part, Texts

_MORE = {"Layout": {"sections"}, "Field": {"type", "defaultValue"}}


@cache
def native_names(kind: str) -> frozenset[str]:
    """All names allowed under ``native.salesforce`` of a kind."""
    found = set(_MORE.get(kind, ()))
    for metadata in TYPES.values():
        if metadata.kind == kind or (kind == "StageSet" and metadata.name == "StandardValueSet"):
            found.update(_names(metadata.items))
    return frozenset(found)


def _names(items: tuple[Item, ...]) -> Iterator[str]:
    """Names of leaves and lists; also those of attributes of the model, whose unknown words are kept there."""
    for item in items:
        if isinstance(item, Leaf):
            yield item.route[-1] if item.route[: len(NATIVE)] == NATIVE else item.element
        elif isinstance(item, Texts) and item.route[: len(NATIVE)] == NATIVE:
            yield item.route[-1]
        elif isinstance(item, Part):
            yield from _names(item.items)


def allowed_native(kind: str, body: Body, native: Mapping[str, Any]) -> Body:  # noqa: ARG001
    """The vendor attributes of a body that are on the list."""
    return {name: value for name, value in native.items() if name in native_names(kind)}
