"""XML with the byte offsets of everything, so that a file can be edited without being written anew.

A document is parsed once into :class:`Element` nodes that remember where their tags stand. Callers change the nodes
(text, children); ``splice.render`` then replaces only the bytes of what changed. Nodes made with :func:`node` have no
place yet and are laid out in the vendor's manner, or in that of their neighbours.
"""

from collections.abc import Iterator
from xml.parsers import expat

MAX_DEPTH = 256
"""Deepest nesting that is read; vendor files stay below 20."""
MAX_BYTES = 64 * 1024 * 1024
"""Largest file that is edited. The vendor takes at most 39 MB, packed, in a whole deployment."""
ENCODINGS = {"UTF-8": "utf-8", "US-ASCII": "ascii", "ISO-8859-1": "latin-1"}
"""Encodings in which one byte offset means the same to the parser and to an edit."""


class XmlError(ValueError):
    """A document that is refused; ``line`` and ``column`` count from 1, 0 where unknown."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class Element:
    """One element: of a file (``start`` >= 0), or new (``start`` == -1).

    ``name`` is the name as written, prefix included. ``text`` is the character data directly inside. Offsets are bytes:
    ``start`` of ``<``, ``open_end`` behind the start tag, ``close_start`` of ``</``, ``end`` behind the element; in
    ``<a/>`` the last three are equal. ``original`` are the children as parsed, ``children`` those wanted now.
    """

    __slots__ = (
        "attributes", "children", "close_start", "comments", "end", "line", "name", "open_end", "original",
        "original_text", "start", "text",
    )  # fmt: skip

    def __init__(self, name: str, attributes: tuple[tuple[str, str], ...] = (), start: int = -1, line: int = 0) -> None:
        self.name = name
        self.attributes = attributes
        self.text = ""
        self.original_text = ""
        self.children: list[Element] = []
        self.original: tuple[Element, ...] = ()
        self.comments: list[str] = []
        self.start = start
        self.open_end = self.close_start = self.end = start
        self.line = line

    @property
    def tag(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return self.name[: len(self.name) - len(self.tag)]

    @property
    def is_new(self) -> bool:
        """Whether it stands in no file yet."""
        return self.start < 0

    def all(self, tag: str) -> list["Element"]:
        """All children of a tag."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Element | None":
        """The first child of a tag."""
        return next((child for child in self.children if child.tag == tag), None)

    def value(self, tag: str) -> str | None:
        """The text of the first child of a tag (``.``: its own), white space around it removed; None without one."""
        child = self if tag == "." else self.first(tag)
        return None if child is None else child.text.strip()

    def keyed(self, tag: str, key: str, value: str) -> "Element | None":
        """The first child of a tag whose own child ``key`` has this text."""
        return next((child for child in self.children if child.tag == tag and child.value(key) == value), None)

    def find(self, *path: "str | tuple[str, str, str]") -> "Element | None":
        """The element at a path of tags and (tag, key tag, key text) steps; None where a step leads nowhere."""
        at: Element | None = self
        for step in path:
            if at is None:
                return None
            at = at.first(step) if isinstance(step, str) else at.keyed(*step)
        return at

    def walk(self) -> Iterator["Element"]:
        """This element and everything below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def walk_original(self) -> Iterator["Element"]:
        """The same as parsed."""
        yield self
        for child in self.original:
            yield from child.walk_original()


class Document:
    """A parsed file: its bytes, its encoding and its root."""

    def __init__(self, data: bytes, encoding: str, root: Element) -> None:
        self.data = data
        self.encoding = encoding
        self.root = root


def node(name: str, content: "str | list[Element]" = "") -> Element:
    """A new element holding a text or children."""
    element = Element(name)
    if isinstance(content, str):
        element.text = content
    else:
        element.children = list(content)
    return element


def copy(element: Element) -> Element:
    """A new element with the same content, bound to no file."""
    result = Element(element.name, element.attributes)
    result.text = element.text if not element.children else ""
    result.children = [copy(child) for child in element.children]
    return result


def signature(element: Element) -> object:
    """What an element means: equal for two elements that any reader takes for the same.

    White space between children, or alone in an element, has no meaning; comments do, and so does every character of
    the text of an element without children.
    """
    text = element.text.strip()
    if text and not element.children:
        text = element.text
    return (
        element.name,
        tuple(sorted(element.attributes)),
        text,
        tuple(element.comments),
        [signature(child) for child in element.children],
    )


def parse(data: bytes) -> Document:
    """Parse a file. Raises XmlError for anything not well-formed, and for what is refused (see module)."""
    if len(data) > MAX_BYTES:
        raise XmlError(f"the file has {len(data):,} bytes; the most that is edited is {MAX_BYTES:,}")
    return _Builder(data).document()


class _Builder:
    """Collects expat's events into elements; ``pending`` waits for the event that ends its start tag."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.encoding = "utf-8"
        self.stack: list[Element] = []
        self.texts: list[list[str]] = []
        self.root: Element | None = None
        self.pending: Element | None = None
        self.parser = expat.ParserCreate(namespace_separator=None)
        self.parser.ordered_attributes = True
        self.parser.buffer_text = False
        self.parser.XmlDeclHandler = self.declaration
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.CommentHandler = self.comment
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartCdataSectionHandler = self.close_start_tag
        self.parser.EndCdataSectionHandler = self.close_start_tag

    def document(self) -> Document:
        if self.data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise XmlError("the file is in UTF-16; only UTF-8, US-ASCII and ISO-8859-1 files are edited")
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError as error:
            message = expat.ErrorString(error.code)
            raise XmlError(f"the file is not well-formed XML: {message}", error.lineno, error.offset + 1) from error
        assert self.root is not None
        return Document(self.data, self.encoding, self.root)

    def refuse(self, message: str) -> XmlError:
        return XmlError(message, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        known = ENCODINGS.get((encoding or "UTF-8").upper())
        if known is None:
            raise self.refuse(f"the file is in {encoding}; only UTF-8, US-ASCII and ISO-8859-1 files are edited")
        self.encoding = known

    def doctype(self, _name: str, _system: str | None, _public: str | None, _internal: int) -> None:
        raise self.refuse("the file declares a document type (DOCTYPE), which metadata files never do")

    def close_start_tag(self) -> None:
        if self.pending is not None:
            self.pending.open_end = self.parser.CurrentByteIndex
            self.pending = None

    def start(self, name: str, attributes: list[str]) -> None:
        self.close_start_tag()
        if len(self.stack) >= MAX_DEPTH:
            raise self.refuse(f"the file nests elements more than {MAX_DEPTH} deep")
        pairs = tuple(zip(attributes[::2], attributes[1::2], strict=True))
        element = Element(name, pairs, self.parser.CurrentByteIndex, self.parser.CurrentLineNumber)
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)
        self.texts.append([])
        self.pending = element

    def end(self, _name: str) -> None:
        self.close_start_tag()
        element = self.stack.pop()
        index = self.parser.CurrentByteIndex
        element.close_start = index
        self_closing = element.open_end == index and self.data[index - 2 : index] == b"/>"
        element.end = index if self_closing else self.data.index(b">", index) + 1
        element.text = element.original_text = "".join(self.texts.pop())
        element.original = tuple(element.children)

    def characters(self, text: str) -> None:
        self.close_start_tag()
        self.texts[-1].append(text)

    def comment(self, text: str) -> None:
        self.close_start_tag()
        if self.stack:
            self.stack[-1].comments.append("!" + text)

    def instruction(self, target: str, data: str) -> None:
        self.close_start_tag()
        if self.stack:
            self.stack[-1].comments.append(f"?{target} {data}")
