"""The repository's own configuration, loaded once."""

from functools import cache
from pathlib import Path
from typing import Any

from crmgov.load.loaded import Loaded
from crmgov.load.tree import load_tree
from crmgov.model.canonical import Body

ROOT = Path(__file__).resolve().parents[2]


@cache
def loaded() -> Loaded:
    """The tree of this repository."""
    return load_tree(ROOT, cache=False)


def body(address: str) -> Body:
    """The body at an address."""
    return loaded().snapshot.body(address)


def bodies(kind: str) -> dict[str, Body]:
    """All bodies of a kind, by address."""
    return {address: body(address) for address, _ in loaded().snapshot.of_kind(kind)}


def fields_of(object_name: str) -> dict[str, Body]:
    """The fields of an object, by name."""
    found = loaded().snapshot.of_kind("Field")
    return {at.name: body(address) for address, at in found if at.parent == object_name}


def named(elements: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The element of this name."""
    return next(element for element in elements if element["name"] == name)
