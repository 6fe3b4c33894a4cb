"""Places: the line of a thing or attribute in the vendor's own file, found late by reading that file again.

An attribute stands where the element is that would go if the attribute went: both bodies are encoded and compared.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from xml.parsers import expat

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Place, Route
from crmgov.model.flat import build, flatten
from crmgov.providers.salesforce.mapping import Context, MetadataType
from crmgov.providers.salesforce.mapping.items import Path, child
from crmgov.providers.salesforce.xml import MAX_FILE, Node, Tree

_DEPTH = 256


class Placed:
    """An element with its place (line and column from 1)."""

    __slots__ = ("children", "column", "end_column", "end_line", "line", "tag", "text")

    def __init__(self, tag: str, line: int, column: int) -> None:
        self.tag = tag
        self.line = line
        self.column = column
        self.end_line = 0
        self.end_column = 0
        self.text = ""
        self.children: list[Placed] = []

    def first(self, tag: str) -> str:
        """The text of the first child with this tag, stripped."""
        return next((one.text.strip() for one in self.children if one.tag == tag), "")


def placed(data: bytes) -> Placed | None:
    """The root element with the places of all elements; None where the file is not read at all."""
    if len(data) > MAX_FILE or b"<!DOCTYPE" in data:
        return None
    parser = expat.ParserCreate()
    parser.buffer_text = True
    top = Placed("", 0, 0)
    stack = [top]

    def start(tag: str, _: Any) -> None:
        node = Placed(tag.rpartition(":")[2], parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        if len(stack) <= _DEPTH:
            stack[-1].children.append(node)
        stack.append(node)

    def end(tag: str) -> None:
        node = stack.pop()
        # The parser stands at the start of the end tag.
        node.end_line = parser.CurrentLineNumber
        node.end_column = parser.CurrentColumnNumber + len(tag) + 4

    def text(data: str) -> None:
        stack[-1].text += data

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return None
    return top.children[0] if top.children else None


def find_element(root: Placed, element: tuple[str, str] | None) -> Placed | None:
    """The element of a thing: the root, or the child with this tag and full name."""
    if element is None:
        return root
    tag, name = element
    return next((one for one in root.children if one.tag == tag and one.first("fullName") == name), None)


def find_named(root: Placed, called: str, field: str) -> Placed:
    """The first element that names a field, in the part of a file that is called so; else that part, or the root."""
    part = next((one for one in root.children if called in (one.first("label"), one.first("fullName"))), root)
    word = re.compile(rf"(?<!\w){re.escape(field)}(?!\w)", re.IGNORECASE)
    return next((one for one in _each(part) if not one.children and word.search(one.text)), part)


def _each(node: Placed) -> Iterator[Placed]:
    for one in node.children:
        yield one
        yield from _each(one)


def find_route(node: Placed, kind: MetadataType, body: Body, context: Context, route: Route) -> Placed:
    """The element that holds an attribute, or the nearest one above it that the file has."""
    while route:
        without = {key: value for key, value in flatten(kind.kind, body).items() if key[: len(route)] != route}
        whole, reduced = kind.encode(body, context), kind.encode(build(kind.kind, without), context)
        steps = _difference(whole, reduced, kind.keys, ())
        if steps:
            return _follow(node, steps, kind.keys)
        route = route[:-1]
    return node


Step = tuple[Node, int]
"""A node and its place among the nodes with its tag and name."""


def _difference(whole: Tree, reduced: Tree, keys: dict[Path, str | None], path: Path) -> list[Step]:
    """The way to the first node that the reduced tree lacks or has otherwise."""
    rest = list(reduced)
    counts: dict[tuple[str, str], int] = {}
    for node in whole:
        tag, value = node
        key = keys.get((*path, tag))
        named = (tag, "" if key is None else row_key(value, key))
        at = counts.get(named, 0)
        counts[named] = at + 1
        if node in rest:
            rest.remove(node)
            continue
        inner = (*path, tag)
        other = next((one for one in rest if one[0] == tag and same_row(one, node, keys.get(inner))), None)
        if other is None or isinstance(value, str) or (isinstance(other[1], str) and other[1]):
            return [(node, at)]
        deeper = _difference(value, [] if isinstance(other[1], str) else other[1], keys, inner)
        return [(node, at), *deeper]
    return []


def same_row(one: Node, other: Node, key: str | None) -> bool:
    """Whether two nodes with one tag are the same row, by the child that names it (None: anything is)."""
    return key is None or row_key(one[1], key) == row_key(other[1], key)


def row_key(value: Tree | str, key: str) -> str:
    """What names a row: the text of a child, of several joined by ``+``, or (``""``) its own text."""
    if not key:
        return unquote(value.strip()) if isinstance(value, str) else ""
    return "+".join(unquote(child(value, part)) for part in key.split("+"))


def _follow(node: Placed, steps: list[Step], keys: dict[Path, str | None]) -> Placed:
    path: Path = ()
    for (tag, value), at in steps:
        path = (*path, tag)
        same = [one for one in node.children if one.tag == tag]
        key = keys.get(path)
        if key is not None:
            wanted = row_key(value, key)
            same = [one for one in same if _placed_key(one, key) == wanted]
        if at >= len(same):
            return node
        node = same[at]
    return node


def _placed_key(node: Placed, key: str) -> str:
    if not key:
        return unquote(node.text.strip())
    return "+".join(unquote(node.first(part)) for part in key.split("+"))


def place_of(node: Placed, file: str) -> Place:
    """The place of an element in a file."""
    return Place(file, node.line, node.column, node.end_line, node.end_column)
