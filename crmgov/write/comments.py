"""Comments and blank lines: which stand where, and which entry they belong to."""

import re
from collections.abc import Iterator

from crmgov.write.marked import Marked, Node

_COMMENT = re.compile(r"(?:^|(?<=[ \t\n]))#[^\n]*", re.MULTILINE)


def leaves(node: Node) -> Iterator[Node]:
    """All scalars and aliases of a tree, keys included, in the order of the text."""
    if node.kind in ("scalar", "alias"):
        yield node
    for key, value in node.pairs:
        yield from leaves(key)
        yield from leaves(value)
    for item in node.items:
        yield from leaves(item)


def comments(tree: Marked) -> list[str]:
    """All comments of a text, without the white space around them."""
    found: list[str] = []
    at = 0
    for document in tree.documents:
        for leaf in leaves(document):
            start = leaf.start
            if leaf.style in ("|", ">"):
                header = tree.text.find("\n", leaf.start)
                start = header if header >= 0 else leaf.end
            found += _COMMENT.findall(tree.text, at, max(at, start))
            at = max(at, leaf.end)
    found += _COMMENT.findall(tree.text, at)
    return [comment.strip() for comment in found]


def trailing(text: str, end: int) -> str:
    """The comment on the rest of the line behind a value; empty where there is none."""
    line = text[end : _line_end(text, end)]
    stripped = line.strip(" \t")
    return stripped if stripped.startswith("#") and (line[:1] in (" ", "\t")) else ""


def gap(text: str, start: int, end: int) -> list[str]:
    """The whole lines of a range that lies between two entries: comments stripped of indentation, blank lines empty."""
    return [line.strip(" \t\r") for line in text[start:end].split("\n")[:-1]] if start < end else []


def tail(text: str, start: int, end: int, column: int) -> int:
    """Where the comments end that stand directly behind the last entry of a block and are indented like it."""
    reached = start
    at = start
    while at < end:
        following = _line_end(text, at)
        line = text[at:following]
        stripped = line.lstrip(" ")
        if stripped.startswith("#"):
            if len(line) - len(stripped) < column:
                break
            reached = min(following + 1, end)
        elif stripped.strip():
            break
        at = following + 1
    return reached


def next_line(text: str, end: int) -> int:
    """The start of the line behind the one on which a value ends."""
    if end and text[end - 1] == "\n":
        return end
    return min(_line_end(text, end) + 1, len(text))


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found
