"""A place that may name fields: a type of file or element of a project that the model does not hold."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.mentions.found import Found
from crmgov.providers.salesforce.xml import Tree


class Thing(NamedTuple):
    """One thing in a place: the object it belongs to (empty: to none), its name, its nodes."""

    owner: str
    name: str
    tree: Tree


class Spoken(NamedTuple):
    """What is told of a thing, or of a part of it: what people call its sort and itself, and what it names."""

    sort: str
    owner: str
    name: str
    reads: Callable[[Found], None]


class Kind(NamedTuple):
    """A type of the vendor's (``type``, as ``Snapshot.left`` counts it) and how its things are read.

    ``root`` is the tag of its files where that is not the type's name. ``told`` splits a thing into what is told.
    """

    type: str
    told: Callable[[Thing], Iterator[Spoken]]
    root: str = ""


def texts(tree: Tree | str, *tags: str) -> Iterator[str]:
    """The texts of all children with one of these tags."""
    for tag, value in tree if not isinstance(tree, str) else ():
        if tag in tags and isinstance(value, str):
            yield value.strip()


def inner(tree: Tree | str, *tags: str) -> Iterator[Tree]:
    """The children with one of these tags that hold further ones."""
    for tag, value in tree if not isinstance(tree, str) else ():
        if tag in tags and not isinstance(value, str):
            yield value


def label(thing: Thing, *tags: str) -> str:
    """What people call a thing: its label, else its name."""
    return next((text for tag in tags if (text := child(thing.tree, tag))), thing.name)
