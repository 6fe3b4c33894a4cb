"""Edits of a file as replaced bytes: whatever is not edited keeps every byte.

``render`` compares each element's children and text with what was parsed and replaces only those ranges. New lines are
indented and ended like their neighbours. The result is parsed again and must mean exactly the tree that was asked for.
"""

from bisect import bisect_left
from typing import NamedTuple

from crmgov.providers.salesforce.xmltext import escape, replaced
from crmgov.providers.salesforce.xmltree import Document, Element, XmlError, parse, signature

NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
UNIT = "    "
"""One step of indentation in the vendor's own files."""


class _Style(NamedTuple):
    """How one file is laid out: its line end (empty where all stands on one line) and one step of indentation."""

    newline: str
    unit: str


class _Edit(NamedTuple):
    """Bytes from ``start`` up to ``end`` become ``text``."""

    start: int
    end: int
    text: bytes


def render(document: Document) -> bytes:
    """The file with the edits made to its tree. Raises XmlError if the result would not mean what was asked for."""
    root, data = document.root, document.data
    if root.prefix:
        raise XmlError(f"the file writes its elements with the prefix {root.prefix}; such files are not edited")
    edited = _Splicer(document).element(root)
    result = data[: root.start] + edited + data[root.end :]
    if result != data and signature(parse(result).root) != signature(root):
        raise XmlError("the edited file would not mean what was asked for; nothing is written")
    return result


def insert(parent: Element, child: Element, key: str = "") -> None:
    """Put a new child where the vendor would: with its like, else behind the last child whose tag sorts before it.

    ``key`` is the tag whose text orders children of one tag (``.``: their own text); without it the child goes behind
    the last of its tag. ``fullName`` sorts before everything. Nothing else moves.
    """
    like = [index for index, other in enumerate(parent.children) if other.tag == child.tag]
    if like:
        mine = child.value(key) or ""
        smaller = [index for index in like if not key or (parent.children[index].value(key) or "") <= mine]
        parent.children.insert(smaller[-1] + 1 if smaller else like[0], child)
        return
    rank = _rank(child.tag)
    below = [index for index, other in enumerate(parent.children) if _rank(other.tag) < rank]
    parent.children.insert(below[-1] + 1 if below else 0, child)


def _rank(tag: str) -> tuple[int, str]:
    return (0 if tag == "fullName" else 1, tag)


def layout(element: Element, indent: str = "", newline: str = "\n", unit: str = UNIT) -> str:
    """A new element as text, without the indentation of its first line."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes)
    if not element.children:
        inner = escape(element.text, newline or "\n")
        return f"<{element.name}{attributes}>{inner}</{element.name}>" if inner else f"<{element.name}{attributes}/>"
    lead = newline + indent if newline else ""
    inside = lead + unit if newline else ""
    body = "".join(inside + layout(child, indent + unit, newline, unit) for child in element.children)
    return f"<{element.name}{attributes}>{body}{lead}</{element.name}>"


def new_file(root: str, children: list[Element]) -> bytes:
    """A whole new file in the vendor's layout."""
    element = Element(root, (("xmlns", NAMESPACE),))
    element.children = children
    inner = "".join("\n" + UNIT + layout(child, UNIT) for child in children)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">{inner}\n</{root}>\n'
    data = text.encode("utf-8")
    if signature(parse(data).root) != signature(element):
        raise XmlError("the new file would not mean what was asked for; nothing is written")
    return data


def _style(document: Document) -> _Style:
    """Line end and indentation of the first child that begins a line."""
    data = document.data
    for parent in document.root.walk_original():
        for child in parent.original:
            newline, indent = _lead(data, child.start)
            if newline:
                own = _lead(data, parent.start)[1]
                unit = indent[len(own) :] if indent.startswith(own) else ""
                return _Style(newline, unit or UNIT)
    if document.root.original:
        return _Style("", "")
    return _Style("\r\n" if b"\r\n" in data else "\n", UNIT)


def _lead(data: bytes, at: int) -> tuple[str, str]:
    """The line end and the indentation right before an offset; both empty where something else stands on its line."""
    start = at
    while start > 0 and data[start - 1] in b" \t":
        start -= 1
    if start == 0 or data[start - 1] not in b"\r\n":
        return "", ""
    newline = "\r\n" if data[start - 2 : start] == b"\r\n" else "\n"
    return newline, data[start:at].decode("ascii")


class _Splicer:
    """Renders elements of one document with their edits."""

    def __init__(self, document: Document) -> None:
        self.data = document.data
        self.encoding = document.encoding
        self.style = _style(document)

    def encode(self, text: str) -> bytes:
        return text.encode(self.encoding, "xmlcharrefreplace")

    def element(self, element: Element) -> bytes:
        """The bytes of an element of the file, edited inside."""
        if not element.original:
            return self.refilled(element) if element.children else self.leaf(element)
        if element.text != element.original_text or (
            element.text.strip() and tuple(element.children) != element.original
        ):
            raise XmlError(f"<{element.name}> holds text beside its elements; it is not edited")
        stays = _unmoved(element)
        edits = self.child_edits(element, stays)
        for child in element.original:
            if id(child) in stays:
                changed = self.element(child)
                if changed != self.data[child.start : child.end]:
                    edits.append(_Edit(child.start, child.end, changed))
        result, at = bytearray(), element.start
        for edit in sorted(edits, key=lambda edit: edit[:2]):
            result += self.data[at : edit.start] + edit.text
            at = edit.end
        return bytes(result + self.data[at : element.end])

    def leaf(self, element: Element) -> bytes:
        """An element without children, its text replaced where it changed."""
        if element.text == element.original_text:
            return self.data[element.start : element.end]
        head, old, tail = self.parts(element)
        newline = "\r\n" if "\r\n" in old else self.style.newline or "\n"
        return head + self.encode(replaced(old, element.text, newline)) + tail

    def refilled(self, element: Element) -> bytes:
        """An element that had no children and gets some; its start tag and its comments stay."""
        head, old, tail = self.parts(element)
        newline, own = _lead(self.data, element.start)
        newline = newline or self.style.newline
        own = own if newline else ""
        inner = own + self.style.unit if newline else ""
        body = b"".join(self.encode(newline + inner) + self.markup(child, inner, newline) for child in element.children)
        return head + self.encode(old.rstrip()) + body + self.encode(newline + own) + tail

    def parts(self, element: Element) -> tuple[bytes, str, bytes]:
        """Start tag, inner markup and end tag; ``<a/>`` is opened."""
        tag = self.data[element.start : element.open_end]
        if element.close_start == element.end:
            return tag[:-2].rstrip() + b">", "", self.encode(f"</{element.name}>")
        old = self.data[element.open_end : element.close_start].decode(self.encoding)
        return tag, old, self.data[element.close_start : element.end]

    def markup(self, child: Element, indent: str, newline: str) -> bytes:
        """A child that is new in its place: laid out, or carried over with its own layout."""
        return self.encode(layout(child, indent, newline, self.style.unit)) if child.is_new else self.element(child)

    def child_edits(self, element: Element, stays: set[int]) -> list[_Edit]:
        """The edits that cut the children no longer wanted in their place and insert those that are new in theirs."""
        cuts = {id(child): self.cut(child, element.close_start) for child in element.original if id(child) not in stays}
        following = dict(zip(map(id, (element, *element.original)), element.original, strict=False))
        edits = list(cuts.values())
        before, pending = element, b""
        newline, indent = _lead(self.data, element.original[0].start)
        for child in (*element.children, element):
            if child is not element and id(child) not in stays:
                pending += self.encode(newline + indent) + self.markup(child, indent, newline)
                continue
            if pending:
                gone = cuts.get(id(following.get(id(before))))
                at = element.open_end if before is element else self.line_end(before.end, element.close_start)
                at = gone.start if gone else at
                edits.append(_Edit(at, at, pending))
                pending = b""
            before = child
            newline, indent = _lead(self.data, child.start)
        return edits

    def cut(self, child: Element, ceiling: int) -> _Edit:
        """Take a child out, with its line and the line end before it where it has the line alone."""
        newline, indent = _lead(self.data, child.start)
        after = self.skip(child.end, ceiling)
        if not newline or (after < ceiling and self.data[after] not in b"\r\n"):
            return _Edit(child.start, child.end, b"")
        return _Edit(child.start - len(indent) - len(newline), after if after < ceiling else child.end, b"")

    def line_end(self, at: int, ceiling: int) -> int:
        """Behind an element, and behind the comment that ends its line, if there is one."""
        opening = self.skip(at, ceiling)
        if self.data[opening : opening + 4] != b"<!--":
            return at
        close = self.data.index(b"-->", opening) + 3
        rest = self.skip(close, ceiling)
        return close if rest >= ceiling or self.data[rest] in b"\r\n" else at

    def skip(self, at: int, ceiling: int) -> int:
        """Behind the spaces and tabs at an offset."""
        while at < ceiling and self.data[at] in b" \t":
            at += 1
        return at


def _unmoved(element: Element) -> set[int]:
    """The ids of the children that keep their place: a longest run of parsed children still in their old order."""
    place = {id(child): index for index, child in enumerate(element.original)}
    tails: list[int] = []
    before: dict[int, int] = {}
    for child in element.children:
        index = place.get(id(child))
        if index is None:
            continue
        spot = bisect_left(tails, index)
        before[index] = tails[spot - 1] if spot else -1
        tails[spot : spot + 1] = [index]
    stays, at = set(), tails[-1] if tails else -1
    while at >= 0:
        stays.add(id(element.original[at]))
        at = before[at]
    return stays
