"""A place that may name fields: a type of file or element of a project that the model does not hold."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.mentions.found import Found
from crmgov.providers.salesforce.xml import Tree


class Thing(NamedTuple):
    """One thing in a place: the object it belongs to (empty: to none), its name, its nodes, and what stands in a file
    beside it.
    """

    owner: str
    name: str
    tree: Tree
    text: str = ""


class Spoken(NamedTuple):
    """What is told of a thing, or of a part of it: what people call its sort and itself, and what it names."""

    sort: str
    owner: str
    name: str
    reads: Callable[[Found], None]


class Kind(NamedTuple):
    """A type of the vendor's (``type``, as ``Snapshot.left`` counts it) and how its things are read.

    ``told`` splits a thing into what is told; ``root`` is the tag of its files where that is not the type's name.
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


def below(tree: Tree | str, tag: str) -> Iterator[Tree]:
    """The same at any depth."""
    for name, value in tree if not isinstance(tree, str) else ():
        if not isinstance(value, str):
            if name == tag:
                yield value
            yield from below(value, tag)


def all_texts(tree: Tree | str, without: tuple[str, ...] = ()) -> Iterator[str]:
    """Every text at any depth, but for what stands under some tags."""
    for tag, value in tree if not isinstance(tree, str) else ():
        if tag in without:
            continue
        if isinstance(value, str):
            yield value
        else:
            yield from all_texts(value, without)


def label(thing: Thing, *tags: str) -> str:
    """What people call a thing: its label, else its name."""
    return next((text for tag in tags if (text := child(thing.tree, tag))), thing.name)


def criteria(found: Found, owner: str, tree: Tree, *tags: str) -> None:
    """Conditions in rows: the field, and the field it is compared with."""
    for one in inner(tree, *tags):
        whose = child(one, "table") or owner
        found.reference(whose, child(one, "field"))
        found.reference(whose, child(one, "valueField"))
