"""``crmgov fmt``: documents in the layout that ``pull`` gives, with their comments.

What has no order (attributes, maps, sets) is put into the order of the model or sorted; what has one keeps it. Quotes,
and the choice between lines and brackets, stay as they were written; but a list without order has one entry a line, so
that branches which add to it merge.
"""

from collections import Counter
from typing import Any

import msgspec
from yaml import YAMLError

from crmgov.model.canonical import encode
from crmgov.model.diagnostics import of
from crmgov.model.kinds import INLINE, KINDS
from crmgov.model.normal import canonical_body
from crmgov.model.provider import ProviderError
from crmgov.model.shape import KEY, Shape, shape_of
from crmgov.write import codes  # noqa: F401 - declares the codes used here
from crmgov.write.comments import comments, gap, next_line, tail, trailing
from crmgov.write.emit import WIDTH, entry_shape, is_kind, is_offer, is_unordered, put, top_order
from crmgov.write.marked import Marked, Node, marked
from crmgov.write.revise import values
from crmgov.write.scalars import key as name_of

_LEAF = Shape(form="leaf")
_STEP = "  "


class Unformatted(ProviderError):  # noqa: N818 - an answer, not an error
    """A text that is not laid out; the diagnostic says why."""


def format_text(text: str) -> str:
    """The text laid out anew; the same values (proved by reading both) and the same comments. Idempotent.

    Raises Unformatted where the text is not readable, or where a comment stands in a place it cannot be kept in.
    """
    lines = text.replace("\r\n", "\n")
    lines += "" if lines.endswith("\n") or not lines else "\n"
    try:
        tree = marked(lines)
        result = _Formatter(tree).text() if tree.documents else lines
        safe = _same(lines, result) and Counter(comments(tree)) == Counter(comments(marked(result)))
    except (YAMLError, ValueError) as error:
        raise Unformatted(of("WRITE006", "The file is not laid out: it cannot be read as YAML")) from error
    if not safe:
        raise Unformatted(of("WRITE007", "The file is not laid out: a comment or value could not be kept"))
    return result.replace("\n", "\r\n") if "\r\n" in text else result


def _same(before: str, after: str) -> bool:
    return [_meaning(value) for value in values(before)] == [_meaning(value) for value in values(after)]


def _meaning(value: Any) -> bytes:
    """A document without what has no order."""
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        return encode(value)
    inline = {key: value[key] for key in INLINE if kind == "Object" and isinstance(value.get(key), dict)}
    rest = {key: inner for key, inner in value.items() if key not in inline}
    found: dict[str, Any] = {"": _canonical(kind, rest)}
    for key, bodies in inline.items():
        found[key] = {name: _canonical(INLINE[key], body) for name, body in bodies.items()}
    return encode(found)


def _canonical(kind: str, body: Any) -> Any:
    try:
        return canonical_body(kind, body) if isinstance(body, dict) else body
    except (TypeError, KeyError):
        return body


class _Formatter:
    def __init__(self, tree: Marked) -> None:
        self.tree = tree
        self.source = tree.text
        self.out: list[str] = []
        self.sorting = True

    def text(self) -> str:
        at = 0
        for number, node in enumerate(self.tree.documents):
            self.sorting = not self.tree.aliases[number]
            following = self.tree.documents[number + 1 :]
            end = following[0].start if following else len(self.source)
            if node.kind == "map" and not node.flow and node.pairs:
                start = self.source.rfind("\n", 0, node.start) + 1
                self._header(at, start)
                at = self._map(node, _shape_of(node), "", end)
            else:
                self._header(at, self._row_start(node.start))
                at = next_line(self.source, node.end)
                self.out += self.source[self._row_start(node.start) : at].rstrip("\n").split("\n")
        self.out += _tidy(gap(self.source, at, len(self.source)) if at < len(self.source) else [])
        text = "\n".join(self.out).rstrip("\n") + "\n"
        return text.lstrip("\n")

    def _header(self, start: int, end: int) -> None:
        """What stands before a document: comments, blank lines, and the line that separates documents."""
        self.out += _tidy(gap(self.source, start, end), first=not self.out)

    def _map(self, node: Node, shape: Shape, pad: str, end: int) -> int:
        """Lay out a map; returns the offset up to which the source is used up."""
        order = self._order([key.text for key, _ in node.pairs], shape)
        chunks: list[list[str]] = []
        at = self._row_start(node.pairs[0][0].start)
        for index, (key, value) in enumerate(node.pairs):
            begin = self._row_start(key.start)
            lead = [pad + line if line else "" for line in _tidy(gap(self.source, at, begin), first=index == 0)]
            stop = self._row_start(node.pairs[index + 1][0].start) if index + 1 < len(node.pairs) else end
            written = self.source[key.start : key.end]
            head = pad + (f"{written}:" if "\n" not in written else name_of(key.text, pad))
            inner = _inner(shape, key)
            if is_offer(shape) and value.flow and value.kind == "list":
                # A row for each name, as pull writes them.
                lines, at = self._leaf(head, value, _written(value, inner), pad)
            else:
                lines, at = self._entry(head, value, inner, pad, stop, under_map=True)
            chunks.append(lead + lines)
        return self._finish([chunks[index] for index in order], at, end, pad, self._column(node.pairs[0][0].start))

    def _list(self, node: Node, shape: Shape, pad: str, end: int, *, indented: bool) -> int:
        order = self._item_order(node, shape)
        chunks: list[list[str]] = []
        at = self._row_start(node.items[0].dash)
        for index, item in enumerate(node.items):
            begin = self._row_start(item.dash)
            lead = [pad + line if line else "" for line in _tidy(gap(self.source, at, begin), first=index == 0)]
            stop = self._row_start(node.items[index + 1].dash) if index + 1 < len(node.items) else end
            lines, at = self._entry(pad + "-", item, _inner(shape), pad, stop, under_map=False)
            chunks.append(lead + lines)
        column = self._column(node.items[0].dash) + (0 if indented else 1)
        return self._finish([chunks[index] for index in order], at, end, pad, column)

    def _entry(
        self, head: str, node: Node, shape: Shape, pad: str, end: int, *, under_map: bool
    ) -> tuple[list[str], int]:
        """The lines of one entry, and the offset up to which the source is used up."""
        shape = _written(node, shape)
        if node.anchor:
            head += f" &{node.anchor}"
        if node.flow or node.kind in ("scalar", "alias") or not (node.pairs or node.items):
            opened = self._opened(head, node, shape, pad) if node.flow and node.items else None
            return opened or self._leaf(head, node, shape, pad)
        first = node.pairs[0][0].start if node.pairs else node.items[0].dash
        between = self.source[node.head : first]
        inner = _Formatter(self.tree)
        inner.sorting = self.sorting
        if "\n" not in between:
            at = inner._block(node, shape, pad + _STEP, end, indented=True)
            lines = inner.out
            return [head, *lines] if under_map else _behind_dash(head, lines, pad), at
        comment = trailing(self.source, node.head + (1 + len(node.anchor) + 1 if node.anchor else 0))
        start = next_line(self.source, node.head)
        before = _tidy(gap(self.source, start, self._row_start(first)), first=True)
        above = [f"{pad}{_STEP}{line}" if line else "" for line in before]
        indented = not under_map or self._column(first) > len(pad) or bool(node.pairs)
        at = inner._block(node, shape, pad + _STEP, end, indented=indented)
        if head.endswith("-") and not comment and not above:
            return _behind_dash(head, inner.out, pad), at
        return [head + (f"  {comment}" if comment else ""), *above, *inner.out], at

    def _block(self, node: Node, shape: Shape, pad: str, end: int, *, indented: bool) -> int:
        if node.kind == "map":
            return self._map(node, shape, pad, end)
        return self._list(node, shape, pad, end, indented=indented)

    def _leaf(self, head: str, node: Node, shape: Shape, pad: str) -> tuple[list[str], int]:
        written = self.source[node.start : node.end]
        comment = trailing(self.source, node.end)
        at = next_line(self.source, node.end)
        if node.style in ("|", ">"):
            return self._text_block(head, node, pad), at
        if "\n" in written and node.kind == "scalar":
            lines: list[str] = []
            put(lines, pad, "", node.text, _LEAF)
            body = [head + lines[0][len(pad) :], *lines[1:]]
            body[0] += f"  {comment}" if comment else ""
            return body, at
        if node.flow and "#" not in written:
            row = self._row(node, shape).removeprefix(f"&{node.anchor} ")
            written = row if "\n" not in written or len(head) + 1 + len(row) <= WIDTH else written
        rows = f"{head} {written}".rstrip(" ").split("\n")
        rows[-1] += f"  {comment}" if comment else ""
        return rows, at

    def _text_block(self, head: str, node: Node, pad: str) -> list[str]:
        """A block of text at its new indentation; its header and its lines otherwise as they are."""
        header, *lines = self.source[node.start : node.end].split("\n")
        if any(character.isdigit() for character in header.partition("#")[0]):
            return [head + " " + header, *lines] if not _moved(lines, pad) else self._quoted(head, node, pad)
        width = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), default=0)
        if lines and not lines[-1]:
            lines.pop()
        return [
            f"{head} {header.rstrip()}",
            *(f"{pad}{_STEP}{line[width:]}" if line.strip(" ") else "" for line in lines),
        ]

    def _quoted(self, head: str, node: Node, pad: str) -> list[str]:
        lines: list[str] = []
        put(lines, pad, "", node.text, _LEAF)
        return [head + lines[0][len(pad) :], *lines[1:]]

    def _opened(self, head: str, node: Node, shape: Shape, pad: str) -> tuple[list[str], int] | None:
        """A list within brackets that has no order, one entry a line; None where that is not to be."""
        plain = [item.kind == "scalar" or self.source[item.start : item.end].startswith("{") for item in node.items]
        if not self.sorting or not is_unordered(shape) or not all(plain):
            return None
        chunks: list[list[str]] = []
        at = node.start + 1
        below = pad + _STEP
        before, below_head = _around(self.source[node.head : node.start])
        notes = [line for line in (before, *below_head) if line.startswith("#")]
        for item in node.items:
            written = self.source[item.start : item.end]
            if item.kind == "map" and "#" in written:
                return None
            behind, above = _around(self.source[at : item.start])
            _join(chunks, behind, notes, below)
            lines: list[str] = []
            if item.kind == "scalar" and "\n" in written:
                put(lines, below, "-", item.text, _LEAF)
            else:
                lines.append(f"{below}- {self._row(item, _inner(shape))}")
            chunks.append([*(below + line for line in above), *lines])
            at = item.end
        behind, last = _around(self.source[at : node.end - 1])
        _join(chunks, behind, notes, below)
        notes += filter(None, [trailing(self.source, node.end)])
        ordered = [chunks[place] for place in self._item_order(node, shape)]
        rows = [line for chunk in ordered for line in chunk]
        lines = ["  ".join([head, *notes[:1]])]
        lines += [*(below + note for note in notes[1:]), *rows, *(below + line for line in last)]
        return lines, next_line(self.source, node.end)

    def _row(self, node: Node, shape: Shape) -> str:
        """A collection within brackets, with one space where one belongs."""
        shape = _written(node, shape)
        if node.kind == "map":
            pairs = (
                (self._row(key, _LEAF), self._row(value, entry_shape(shape, key.text))) for key, value in node.pairs
            )
            body = "{" + ", ".join(f"{key}: {value}".rstrip() for key, value in pairs) + "}"
        elif node.kind == "list":
            items = (node.items[place] for place in self._item_order(node, shape))
            body = "[" + ", ".join(self._row(item, _inner(shape)) for item in items) + "]"
        else:
            body = " ".join(self.source[node.start : node.end].split("\n"))
        return f"&{node.anchor} {body}" if node.anchor else body

    def _order(self, names: list[str], shape: Shape) -> list[int]:
        if not self.sorting or len(set(names)) != len(names):
            return list(range(len(names)))
        if is_kind(shape):
            envelope = [name for name in ("apiVersion", "kind", "name", "object") if name in names]
            inline = [name for name in names if name in INLINE and _is_inline(shape, name)]
            rest = [name for name in names if name not in envelope and name not in inline]
            ordered = [*envelope, *top_order(shape, dict.fromkeys(rest)), *inline]
        elif shape.form == "map":
            ordered = sorted(names)
        else:
            known = [name for name in shape.attributes if name in names]
            ordered = known + [name for name in names if name not in shape.attributes]
        return [names.index(name) for name in ordered]

    def _item_order(self, node: Node, shape: Shape) -> list[int]:
        places = list(range(len(node.items)))
        if not self.sorting or not is_unordered(shape):
            return places
        names = []
        for item in node.items:
            named = item.entry(KEY) if item.kind == "map" else None
            names.append(named[1].text if named else item.text)
        return sorted(places, key=lambda place: names[place])

    def _finish(self, chunks: list[list[str]], at: int, end: int, pad: str, column: int) -> int:
        """Add a block's entries, and the comments that stand behind the last one, at the block's own indentation."""
        for chunk in chunks:
            self.out += chunk
        reached = tail(self.source, at, end, column)
        self.out += [pad + line if line else "" for line in _tidy(gap(self.source, at, reached))]
        return max(at, reached)

    def _row_start(self, at: int) -> int:
        return self.source.rfind("\n", 0, at) + 1

    def _column(self, at: int) -> int:
        return at - self._row_start(at)


def _shape_of(node: Node) -> Shape:
    kind = node.entry("kind")
    if kind is None or kind[1].text not in KINDS:
        return _LEAF
    shape = shape_of(kind[1].text)
    if kind[1].text != "Object":
        return shape
    inline = {key: Shape(form="map", item=shape_of(inner)) for key, inner in INLINE.items()}
    return Shape(form="struct", attributes={**shape.attributes, **inline})


def _inner(shape: Shape, key: Node | None = None) -> Shape:
    """The shape of an entry. What is compared as one value keeps the order of all lists in it."""
    inner = (shape.item or _LEAF) if key is None else entry_shape(shape, key.text)
    return _kept(inner) if shape.form == "leaf" else inner


def _written(node: Node, shape: Shape) -> Shape:
    """The shape of what is written: a choice may be given by its values alone."""
    values = shape.attributes.get("values")
    return values if values is not None and node.kind == "list" and shape.form == "struct" else shape


def _kept(shape: Shape) -> Shape:
    attributes = {name: _kept(inner) for name, inner in shape.attributes.items()}
    item = None if shape.item is None else _kept(shape.item)
    return msgspec.structs.replace(shape, ordered=True, attributes=attributes, item=item)


def _is_inline(shape: Shape, name: str) -> bool:
    held = shape.attributes.get(name)
    return held is not None and held.item is not None and is_kind(held.item)


def _behind_dash(head: str, lines: list[str], pad: str) -> list[str]:
    """The lines of a block whose first one joins the dash, unless that is a comment."""
    first = lines[0][len(pad) + 2 :]
    return [head, *lines] if first.startswith("#") or not first else [f"{head} {first}", *lines[1:]]


def _around(between: str) -> tuple[str, list[str]]:
    """What stands between two entries within brackets: a comment behind the first, and those above the second."""
    behind, *rest = (line.lstrip(" \t,").rstrip(" \t") for line in between.split("\n"))
    return behind, [line for line in rest if line]


def _join(chunks: list[list[str]], behind: str, notes: list[str], pad: str) -> None:
    """Put a comment behind the last entry, above it where it is a block of text, on the list where there is none."""
    if behind and not chunks:
        notes.append(behind)
    elif behind and chunks[-1][-1].startswith(f"{pad}- "):
        chunks[-1][-1] += f"  {behind}"
    elif behind:
        chunks[-1].insert(0, pad + behind)


def _moved(lines: list[str], pad: str) -> bool:
    return not all(line.startswith(pad + _STEP) or not line.strip() for line in lines)


def _tidy(lines: list[str], *, first: bool = False) -> list[str]:
    """Blank lines in a row made one; none at the very beginning."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]) or (not kept and not first):
            kept.append(line)
    return kept
