"""A metadata type: where its files are, and its mapping table.

How writing uses it: ``encode`` both bodies of a change and compare the two trees, matching repeated elements by
``keys``; only nodes that differ are touched in the file, so what the model does not hold stays as it is. Texts of keys
are compared after ``unquote`` and ``strip``.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

import msgspec

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping.items import (
    Item,
    Left,
    Path,
    decode_items,
    encode_items,
)
from crmgov.providers.salesforce.xml import Tree


class Form(NamedTuple):
    """Where files of a type stand. ``child`` is the tag of an element of a ``.object`` file, ``""`` for whole files.

    Source: ``folder/NAME.suffix-meta.xml``; Metadata API: ``folder/NAME.suffix``. For a child, ``folder`` is the one
    below the object's own.
    """

    folder: str
    suffix: str
    child: str = ""


class Context(NamedTuple):
    """Which thing a body belongs to: its object, where it has one, and its name (vendor's form)."""

    parent: str | None
    name: str


def _same(body: Body, left: Left, context: Context) -> None:
    """Leave a body as it is."""


def _as_is(body: Body, context: Context) -> Body:  # noqa: ARG001 - the signature of ``prepare``
    """Leave a body as it is."""
    return body


class MetadataType(msgspec.Struct, frozen=True, dict=True, kw_only=True):
    """One metadata type of the vendor and the kind it is read into.

    ``finish`` turns what the table read into a canonical body, in place; ``prepare`` is its inverse and returns a new
    body. ``constant`` are attributes that the type itself stands for, such as ``profile: true``.
    """

    name: str
    kind: str
    form: Form
    items: tuple[Item, ...] = ()
    constant: Body = {}
    finish: Callable[[Body, Left, Context], None] = _same
    prepare: Callable[[Body, Context], Body] = _as_is
    opaque: bool = False
    """Whether the file is kept whole, as an opaque body."""

    @cached_property
    def table(self) -> dict[str, Item]:
        """Items by tag."""
        return {item.element: item for item in self.items}

    @cached_property
    def keys(self) -> dict[Path, str | None]:
        """For each path of a repeated element: the child that names one, ``""`` for its text, None for its place."""
        return dict(self._keys())

    def _keys(self) -> Iterator[tuple[Path, str | None]]:
        for item in self.items:
            yield from item.keys()

    def decode(self, tree: Tree | str, left: Left, context: Context) -> Body:
        """The canonical body of a root's or child's nodes; element paths that are not held go to ``left``."""
        body: Body = dict(self.constant)
        if not isinstance(tree, str):
            decode_items(self.table, tree, body, left, skip="fullName")
        self.finish(body, left, context)
        return body

    def encode(self, body: Body, context: Context) -> Tree:
        """The nodes that a body stands for; the inverse of ``decode`` for what the model holds."""
        return encode_items(self.items, self.prepare(body, context))
