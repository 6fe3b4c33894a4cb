"""XML in: bytes to plain trees, with everything refused that Salesforce never writes.

A tree is a list of nodes, a node a pair of tag and either text or a tree. Tags are plain (one namespace exists).
"""

import re
from typing import Any, Union

from crmgov.model.diagnostics import Diagnostic, Place, brief, of
from crmgov.providers.salesforce import codes  # noqa: F401 - declares the codes used here

Node = tuple[str, Union[str, "Tree"]]
Tree = list[Node]

NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
_OWN = "{" + NAMESPACE + "}"

MAX_FILE = 40 * 1024 * 1024
"""Bytes; Salesforce takes 39 MB in one deployment."""
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


class XmlError(Exception):
    """A file that is not read; the diagnostic names the place."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Tags(dict[str, str]):
    """Qualified tags to plain ones."""

    def __missing__(self, tag: str) -> str:
        plain = tag.rpartition("}")[2]
        if len(self) < 20_000:
            self[tag] = plain
        return plain


class Parser:
    """Reads files into trees. One per reading, for its memory of tags."""

    def __init__(self) -> None:
        from lxml import etree

        self._etree = etree
        self._options = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        self._tags = _Tags()

    def parse(self, data: bytes, file: str) -> Node:
        """The root node. Raises XmlError with a place in ``file``."""
        check_bytes(data, file)
        etree = self._etree
        try:
            root = etree.fromstring(data, self._options)
        except etree.XMLSyntaxError as error:
            if b"<!DOCTYPE" in data:
                raise XmlError(_doctype(data, file)) from None
            raise XmlError(_syntax(error, file)) from None
        except ValueError as error:
            raise XmlError(of("SFFILE001", f"{file}: {error}", at=Place(file))) from None
        if b"<!DOCTYPE" in data and root.getroottree().docinfo.internalDTD is not None:
            raise XmlError(_doctype(data, file))
        if not root.tag.startswith(_OWN):
            raise XmlError(_foreign(root.tag, file))
        if len(root):
            return self._tags[root.tag], self._children(root)
        return self._tags[root.tag], (root.text or "").strip()

    def _children(self, node: Any) -> Tree:
        tags, children = self._tags, self._children
        return [
            (tags[child.tag], children(child) if len(child) else child.text or "")
            for child in node
            if type(child.tag) is str
        ]


def check_bytes(data: bytes, file: str) -> None:
    """Refuse what must not reach a parser: too large, not UTF-8. Raises XmlError."""
    if len(data) > MAX_FILE:
        message = f"{file} has {len(data):,} bytes; metadata files of more than {MAX_FILE:,} are not read"
        raise XmlError(of("SFFILE003", message, at=Place(file)))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        raise XmlError(of("SFFILE004", f"{file} is written in UTF-16 or UTF-32", at=Place(file, 1, 1)))
    if data.startswith((b'<?xml version="1.0" encoding="UTF-8"?>', b'<?xml version="1.0" encoding="UTF-8" ?>')):
        return
    named = _ENCODING.match(data[3:] if data.startswith(b"\xef\xbb\xbf") else data)
    if named and named.group(1).lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        message = f"{file} says it is written in {named.group(1).decode()}"
        raise XmlError(of("SFFILE004", message, at=Place(file, 1, 1)))


def _foreign(tag: str, file: str) -> Diagnostic:
    space, _, plain = tag.rpartition("}")
    of_what = f"the namespace {brief(space[1:])}" if space else "no namespace"
    message = f"{file} holds <{_plain(plain)}> of {_plain(of_what)}; Salesforce's is {NAMESPACE}"
    return of("SFFILE006", message, at=Place(file, 1, 1))


def _doctype(data: bytes, file: str) -> Diagnostic:
    line = data.count(b"\n", 0, data.find(b"<!DOCTYPE")) + 1
    return of("SFFILE002", f"{file} declares a document type", at=Place(file, line, 1))


def _syntax(error: Any, file: str) -> Diagnostic:
    line, column = error.position
    place = Place(file, max(line, 1), max(column, 1))
    text = re.sub(r", line \d+, column \d+( \(.*\))?$", "", str(error.msg or "it is broken"))
    if "depth" in text.lower():
        return of("SFFILE003", f"{file} nests elements more than 256 deep", at=Place(file, max(line, 1)))
    if "huge" in text.lower() or "too long" in text.lower():
        return of("SFFILE003", f"{file} holds a text of more than 10 MB", at=Place(file, max(line, 1)))
    if "encod" in text.lower() or "utf-8" in text.lower():
        return of("SFFILE004", f"{file} holds bytes that are not UTF-8", at=place)
    if "entity" in text.lower():
        return of("SFFILE001", f"{file} uses an entity that XML does not know ({_plain(text)})", at=place)
    return of("SFFILE001", f"{file} is not well-formed XML: {_plain(text)}", at=place)


def _plain(text: str) -> str:
    """The parser's words in a printable form."""
    return "".join(ch if ch.isprintable() else "?" for ch in text)[:200]
