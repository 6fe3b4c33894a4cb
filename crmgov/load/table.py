"""What was read from files, in columns: cheap to store, to slice and to join, decoded only where asked for."""

from typing import Any, NamedTuple

import msgspec

INLINE_KEYS = ("", "fields", "validations", "record_types")
"""How a resource stands in its document: as the document itself, or inline below one of these keys."""


class BodyRef(msgspec.Struct, array_like=True, frozen=True):
    """A body file named by an automation: its address, the document, and the path and digest written there."""

    address: str
    document: int
    path: str
    digest: str


class Unread(msgspec.Struct, array_like=True, frozen=True):
    """What an unreadable part of a file seems to hold; empty where that cannot be seen."""

    kind: str = ""
    parent: str = ""


class Notes(msgspec.Struct, array_like=True):
    """What is to be said of one file besides its resources. Most files have none."""

    problems: list[Any] = []
    body_files: list[BodyRef] = []
    unread: list[Unread] = []


class Table(msgspec.Struct, array_like=True):
    """Files in order with their digests, and their resources in order: ``counts`` says how many each file holds.

    ``inlines`` is an index into INLINE_KEYS, ``lengths`` the bytes of each body in ``data``, one after the other.
    """

    files: list[str] = []
    marks: list[str] = []
    counts: list[int] = []
    addresses: list[str] = []
    digests: list[str] = []
    lengths: list[int] = []
    documents: list[int] = []
    inlines: list[int] = []
    notes: dict[str, Notes] = {}


class Part(NamedTuple):
    """A table with the bodies it speaks of."""

    table: Table
    data: bytes | memoryview
