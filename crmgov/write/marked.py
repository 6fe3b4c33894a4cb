"""YAML text as a tree of values with their places, as character offsets from libyaml's marks.

Only for text that the loader has read without error: no tags, no merge keys, no complex keys.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any, Literal

import msgspec
from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.tokens import BlockEntryToken, StreamEndToken, ValueToken

from crmgov.load.scalars import NumberError, plain
from crmgov.model.shape import KEY


class Node(msgspec.Struct, eq=False):
    """A value and where it stands.

    ``start`` and ``end`` bound its own text, without an anchor before it and white space after it. ``pairs`` are the
    entries of a map, ``items`` of a list. ``text`` is a scalar's content or an alias's name. ``head`` is the offset
    after the colon or dash that introduces it, ``dash`` that of the dash of a list's entry (-1: none).
    """

    kind: Literal["scalar", "map", "list", "alias"]
    start: int
    end: int
    flow: bool = False
    style: str = ""
    anchor: str = ""
    text: str = ""
    pairs: list[tuple["Node", "Node"]] = []
    items: list["Node"] = []
    head: int = 0
    dash: int = -1

    def entry(self, name: str) -> tuple["Node", "Node"] | None:
        """The entry of a map with this key; the first, as readers take it."""
        return next((pair for pair in self.pairs if pair[0].text == name), None)

    def item(self, name: str) -> "Node | None":
        """The entry of a list that has this name, is this text, or has this index."""
        for node in self.items:
            if node.kind == "map" and (named := node.entry(KEY)) is not None and named[1].text == name:
                return node
            if node.kind == "scalar" and node.text == name:
                return node
        return self.items[int(name)] if name.isdecimal() and int(name) < len(self.items) else None


class Marked(msgspec.Struct, eq=False):
    """The documents of a text; ``anchors`` by document: the node behind each name, and its aliases."""

    text: str
    documents: list[Node]
    aliases: list[list[tuple[Node, Node]]]
    """By document: each alias with the node it repeats, in the order of the text."""


def marked(text: str) -> Marked:
    """The tree of a text. Raises yaml.YAMLError where it is no YAML."""
    bom = 1 if text.startswith("\ufeff") else 0
    builder = _Builder(text, bom)
    return Marked(text, builder.documents, builder.aliases)


class _Builder:
    def __init__(self, text: str, bom: int) -> None:
        self.text = text
        self._bom = bom
        self._dashes, self._colons = _introducers(text, bom)
        self._get: Callable[[], Event | None] = CParser(text).get_event
        self.documents: list[Node] = []
        self.aliases: list[list[tuple[Node, Node]]] = []
        self._anchors: dict[str, Node] = {}
        while not isinstance(event := self._get(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                self._anchors = {}
                self.aliases.append([])
                self.documents.append(self._node(self._get()))

    def _node(self, event: Any) -> Node:
        start, end = event.start_mark.index + self._bom, event.end_mark.index + self._bom
        if isinstance(event, AliasEvent):
            name = event.anchor or ""
            if name not in self._anchors:
                raise YAMLError(f"*{name} repeats a value that is not there yet")
            node = Node("alias", start, end, text=name)
            self.aliases[-1].append((node, self._anchors[name]))
            return node
        if event.anchor is not None:
            start = self._after_anchor(start, event.anchor)
        if isinstance(event, ScalarEvent):
            if event.style in ("|", ">"):
                end = self._block_end(start, end)
            node = Node("scalar", start, end, style=event.style or "", text=event.value)
        elif isinstance(event, MappingStartEvent):
            node = self._map(Node("map", start, end, flow=bool(event.flow_style), pairs=[]))
        else:
            assert isinstance(event, SequenceStartEvent)
            node = self._list(Node("list", start, end, flow=bool(event.flow_style), items=[]))
        if event.anchor is not None:
            node.anchor = event.anchor
            self._anchors[event.anchor] = node
        return node

    def _map(self, node: Node) -> Node:
        while not isinstance(event := self._get(), MappingEndEvent):
            key = self._node(event)
            value = self._node(self._get())
            at = bisect_left(self._colons, key.end)
            has_colon = at < len(self._colons) and self._colons[at] <= value.start
            value.head = self._colons[at] + 1 if has_colon else key.end
            node.pairs.append((key, value))
        return self._closed(node, event, node.pairs[-1][1] if node.pairs else None)

    def _list(self, node: Node) -> Node:
        while not isinstance(event := self._get(), SequenceEndEvent):
            item = self._node(event)
            if not node.flow:
                item.dash = self._dashes[bisect_right(self._dashes, item.start - 1) - 1]
                item.head = item.dash + 1
            node.items.append(item)
        return self._closed(node, event, node.items[-1] if node.items else None)

    def _closed(self, node: Node, event: Any, last: Node | None) -> Node:
        node.end = event.end_mark.index + self._bom if node.flow or last is None else last.end
        if not node.flow:
            first = node.items[0].dash if node.items else node.pairs[0][0].start if node.pairs else node.start
            node.start = first
        return node

    def _after_anchor(self, start: int, anchor: str) -> int:
        at = start + 1 + len(anchor)
        while at < len(self.text) and self.text[at] in " \t\r\n":
            at += 1
        return at

    def _block_end(self, start: int, end: int) -> int:
        """The end of a block of text: behind its last line that is not blank, or the blank ones that count."""
        header = self.text[start : self.text.find("\n", start) + 1]
        if "+" in header.partition("#")[0]:
            return end
        return start + len(self.text[start:end].rstrip(" \t\r\n"))


def _introducers(text: str, bom: int) -> tuple[list[int], list[int]]:
    """The offsets of all dashes that begin an entry, and of all colons that end a key."""
    get = CParser(text).get_token
    dashes: list[int] = []
    colons: list[int] = []
    while not isinstance(token := get(), StreamEndToken):
        if isinstance(token, BlockEntryToken):
            dashes.append(token.start_mark.index + bom)
        elif isinstance(token, ValueToken):
            colons.append(token.start_mark.index + bom)
    return dashes, colons


def value_of(node: Node, anchors: dict[int, Node] | None = None) -> Any:
    """The plain value of a node, as the loader reads it. ``anchors`` gives, by id, the node behind each alias."""
    if node.kind == "alias":
        return value_of((anchors or {})[id(node)], anchors)
    if node.kind == "map":
        found: dict[str, Any] = {}
        for key, value in node.pairs:
            found.setdefault(key.text, value_of(value, anchors))
        return found
    if node.kind == "list":
        return [value_of(item, anchors) for item in node.items]
    if node.style:
        return node.text
    try:
        return plain(node.text)
    except NumberError:
        return node.text
