"""Edits of YAML text that keep every other byte: splices at the places of values.

``Editor`` gathers splices for one text; the primitives are: replace a value, put in or take out an entry, rename a key.
They may fail with ``Unspliceable`` where the text is laid out in a way they do not know; nothing is changed then.
"""

import re
from typing import Any

from crmgov.model.shape import Shape
from crmgov.write.emit import entry_shape, flow, put, shorthand
from crmgov.write.marked import Node
from crmgov.write.scalars import key

_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


class Unspliceable(Exception):  # noqa: N818 - an answer, not an error
    """The text is laid out in a way that cannot be edited in place."""


class Editor:
    """Gathers splices of one text and applies them together."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._splices: list[tuple[int, int, str]] = []
        self._made: set[tuple[int, int, str]] = set()

    def splice(self, start: int, end: int, new: str) -> None:
        """Replace a range of characters; the same change asked for twice is made once."""
        change = (start, end, new.replace("\n", self._newline) if self._newline != "\n" else new)
        if start == end or change not in self._made:
            self._made.add(change)
            self._splices.append(change)

    def result(self) -> str:
        """The text with all splices applied. Raises Unspliceable where two of them overlap."""
        parts: list[str] = []
        at = 0
        for start, end, new in sorted(self._splices, key=lambda item: item[:2]):
            if start < at:
                raise Unspliceable
            parts += [self.text[at:start], new]
            at = end
        return "".join([*parts, self.text[at:]])

    def column(self, at: int) -> int:
        """How many characters stand before an offset on its line."""
        return at - self._line_start(at)

    # Values

    def replace(self, node: Node, value: Any, shape: Shape, *, in_flow: bool, pad: str) -> None:
        """Write another value in the place of one. ``pad`` is the indentation of the key or dash that introduces it."""
        if in_flow:
            self.splice(node.start, node.end, flow(value, shape) if node.end > node.start else " " + flow(value, shape))
            return
        lines: list[str] = []
        put(lines, pad, "", value, shape, top=pad == "")
        first = lines[0][len(pad) :].rstrip() if len(lines) > 1 else lines[0][len(pad) :]
        in_place = self.text.count("\n", node.head, node.end) == 0
        if len(lines) == 1 and in_place and node.end > node.start:
            self.splice(node.start, node.end, first.lstrip(" "))
            return
        head_comment = _COMMENT.match(self.text, node.head)
        comment, end = "", node.end
        if head_comment and head_comment.end() <= node.start:
            comment = head_comment.group()
        elif in_place and (trailing := _COMMENT.match(self.text, node.end)):
            comment, end = trailing.group(), trailing.end()
        ending = "\n" if end and self.text[end - 1] == "\n" and end > node.head else ""
        self.splice(node.head, end, "\n".join([first + comment, *lines[1:]]) + ending)

    # Entries of maps

    def rename(self, node: Node, name: str, *, in_flow: bool) -> None:
        """Write another name in the place of a key."""
        written = key(name, flow=in_flow)
        if "\n" in written:
            raise Unspliceable
        self.splice(node.start, node.end, written[:-1])

    def remove_entries(self, holder: Node, indexes: list[int]) -> None:
        """Take entries out of a map that holds others too."""
        if holder.flow:
            self._remove_in_flow([(pair[0].start, pair[1].end) for pair in holder.pairs], indexes)
            return
        for index in indexes:
            name, value = holder.pairs[index]
            if self._first_on_line(name.start):
                self.splice(self._line_start(name.start), self._line_end(value.end), "")
            else:
                self.splice(name.start, self._next_start(holder, index), "")

    def insert_entry(self, holder: Node, after: int, name: str, value: Any, shape: Shape) -> None:
        """Put an entry into a map that holds others, behind the one with index ``after`` (-1: before all)."""
        inner = entry_shape(shape, name)
        if holder.flow:
            text = f"{key(name, flow=True)} {flow(shorthand(value, shape), inner)}"
            self._insert_in_flow([(pair[0].start, pair[1].end) for pair in holder.pairs], after, text)
            return
        pad = " " * self.column(holder.pairs[0][0].start)
        lines: list[str] = []
        put(lines, pad, key(name, pad), shorthand(value, shape), inner, top=pad == "")
        if after >= 0:
            self._insert_lines(holder.pairs[after][1].end, lines)
        elif self._first_on_line(first := holder.pairs[0][0].start):
            start = self._line_start(first)
            self.splice(start, start, "\n".join(lines) + "\n")
        else:
            self.splice(first, first, "\n".join(lines).removeprefix(pad) + "\n" + pad)

    # Entries of lists

    def remove_items(self, holder: Node, indexes: list[int]) -> None:
        """Take entries out of a list that holds others too."""
        if holder.flow:
            self._remove_in_flow([(other.start, other.end) for other in holder.items], indexes)
            return
        for index in indexes:
            item = holder.items[index]
            if not self._first_on_line(item.dash):
                raise Unspliceable
            self.splice(self._line_start(item.dash), self._line_end(item.end), "")

    def insert_item(self, holder: Node, after: int, value: Any, shape: Shape) -> None:
        """Put an entry into a list that holds others, behind the one with index ``after`` (-1: before all)."""
        inner = shape.item or Shape(form="leaf")
        if holder.flow:
            text = flow(shorthand(value, shape), inner)
            self._insert_in_flow([(other.start, other.end) for other in holder.items], after, text)
            return
        pad = " " * self.column(holder.items[0].dash)
        lines: list[str] = []
        put(lines, pad, "-", shorthand(value, shape), inner)
        if after >= 0:
            self._insert_lines(holder.items[after].end, lines)
            return
        if not self._first_on_line(holder.items[0].dash):
            raise Unspliceable
        start = self._with_comments(holder.items[0].dash)
        self.splice(start, start, "\n".join(lines) + "\n")

    def reorder(self, holder: Node, order: list[int]) -> None:
        """Put the entries of a list into another order, each with the comments above it."""
        if holder.flow:
            texts = [self.text[item.start : item.end] for item in holder.items]
            for item, source in zip(holder.items, order, strict=True):
                self.splice(item.start, item.end, texts[source])
            return
        if not all(self._first_on_line(item.dash) for item in holder.items):
            raise Unspliceable
        starts = [self._with_comments(item.dash) for item in holder.items]
        ends = [self._line_end(item.end) for item in holder.items]
        chunks = [self.text[start:end] for start, end in zip(starts, ends, strict=True)]
        chunks = [chunk if chunk.endswith("\n") else chunk + self._newline for chunk in chunks]
        for start, end, source in zip(starts, ends, order, strict=True):
            self._splices.append((start, end, chunks[source]))

    # Places

    def _insert_lines(self, end: int, lines: list[str]) -> None:
        at = self._line_end(end)
        lead = "" if at == 0 or self.text[at - 1] == "\n" else "\n"
        self.splice(at, at, lead + "\n".join(lines) + ("" if lead else "\n"))

    def _insert_in_flow(self, spans: list[tuple[int, int]], after: int, text: str) -> None:
        if after >= 0:
            gap = self._gap(spans, after)
            self.splice(spans[after][1], spans[after][1], "," + gap + text)
        else:
            self.splice(spans[0][0], spans[0][0], text + "," + self._gap(spans, 0))

    def _gap(self, spans: list[tuple[int, int]], near: int) -> str:
        """The white space that separates entries hereabouts."""
        if len(spans) < 2:
            return " "
        first = min(near, len(spans) - 2)
        between = self.text[spans[first][1] : spans[first + 1][0]]
        return between.partition(",")[2].replace("\r\n", "\n") if "#" not in between and "," in between else " "

    def _remove_in_flow(self, spans: list[tuple[int, int]], indexes: list[int]) -> None:
        """Take out entries, neighbours together, each with the comma that is no longer needed."""
        for index in indexes:
            if index - 1 in indexes:
                continue
            last = index
            while last + 1 in indexes:
                last += 1
            if last + 1 < len(spans):
                self.splice(spans[index][0], spans[last + 1][0], "")
            else:
                self.splice(spans[index - 1][1], spans[last][1], "")

    def _next_start(self, holder: Node, index: int) -> int:
        """Where the text goes on behind an entry that shares its line with a dash."""
        if (
            index + 1 >= len(holder.pairs)
            or "#" in (self.text[holder.pairs[index][1].end : holder.pairs[index + 1][0].start])
        ):
            raise Unspliceable
        return holder.pairs[index + 1][0].start

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """The start of the line behind the one that ends a value."""
        if at and self.text[at - 1] == "\n":
            return at
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    def _first_on_line(self, at: int) -> bool:
        return not self.text[self._line_start(at) : at].strip(" \ufeff")

    def _with_comments(self, at: int) -> int:
        """The start of the lines of comments directly above a line, or of the line itself."""
        start = self._line_start(at)
        while start > 0:
            above = self._line_start(start - 1)
            if not self.text[above:start].lstrip(" ").startswith("#"):
                break
            start = above
        return start
