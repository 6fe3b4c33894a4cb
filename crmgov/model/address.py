"""Addresses: the one written form of where a thing is.

``Kind/name`` or ``Kind/parent.name``, elements as ``#collection[key]`` repeated. A name, parent or key is bare
when it consists of ``[A-Za-z0-9_]`` only, otherwise it is written as a JSON string.
"""

import json
import re
from typing import NamedTuple

from crmgov.model.diagnostics import brief

_BARE = re.compile(r"[A-Za-z0-9_]+\Z")
_PLAIN = re.compile(r"([A-Za-z0-9_]+)/(?:([A-Za-z0-9_]+)\.)?([A-Za-z0-9_]+)\Z")
"""An address of a resource with nothing quoted: nearly all of them."""
_TOKEN = re.compile(r'[A-Za-z0-9_]+|"(?:[^"\\]|\\.)*"')


class AddressError(ValueError):
    """A text that is no address; the message says what was expected and where."""


def quote(part: str) -> str:
    """Write one name, parent or key: bare where possible, else as a JSON string."""
    return part if _BARE.match(part) else json.dumps(part, ensure_ascii=False)


def address(kind: str, name: str, parent: str | None = None) -> str:
    """Write the address of a resource."""
    return f"{kind}/{quote(name)}" if parent is None else f"{kind}/{quote(parent)}.{quote(name)}"


def element(owner: str, collection: str, key: str) -> str:
    """Write the address of an element of a named collection of ``owner`` (itself a resource or an element)."""
    return f"{owner}#{collection}[{quote(key)}]"


class Address(NamedTuple):
    """An address taken apart. ``elements`` holds (collection, key) pairs, outermost first."""

    kind: str
    parent: str | None
    name: str
    elements: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        text = self.resource
        for collection, key in self.elements:
            text = element(text, collection, key)
        return text

    @property
    def resource(self) -> str:
        """The address of the resource alone."""
        return address(self.kind, self.name, self.parent)


def parse(text: str) -> Address:
    """Take an address apart. Raises AddressError with the position of the first fault."""
    plain = _PLAIN.match(text)
    if plain is not None:
        return Address(plain[1], plain[2], plain[3])
    kind, slash, _ = text.partition("/")
    if not slash or not _BARE.match(kind):
        raise AddressError(f"{brief(text)!r} does not begin with a kind and a slash, as in Field/Lead.Region")
    first, at = _token(text, len(kind) + 1)
    parent, name = None, first
    if text[at : at + 1] == ".":
        name, at = _token(text, at + 1)
        parent = first
    elements = []
    while at < len(text):
        opening = text.find("[", at)
        if text[at] != "#" or opening < 0:
            raise AddressError(f"{brief(text)!r} is not understood from position {at + 1}; expected #collection[key]")
        key, closing = _token(text, opening + 1)
        if text[closing : closing + 1] != "]":
            raise AddressError(f"{brief(text)!r} lacks a closing ] at position {closing + 1}")
        elements.append((text[at + 1 : opening], key))
        at = closing + 1
    return Address(kind, parent, name, tuple(elements))


def _token(text: str, at: int) -> tuple[str, int]:
    match = _TOKEN.match(text, at)
    if not match:
        raise AddressError(f"{brief(text)!r} lacks a name at position {at + 1}")
    token = match.group()
    if not token.startswith('"'):
        return token, match.end()
    try:
        return str(json.loads(token)), match.end()
    except ValueError as error:
        raise AddressError(f"{brief(text)!r} holds a broken quoted name at position {at + 1}") from error


def for_people(text: str) -> str:
    """An address without its kind, for text where the kind is clear from the words around it."""
    return text.partition("/")[2] or text
