"""A change of a body carried into an element of a file.

Both bodies are first turned into trees of nodes by the mapping tables. ``Merge`` compares the two trees and touches
only what differs between them, so that whatever the file holds beyond the model stays as it is. A change that is there
already is no change: what is to be added may be there, what is to be removed may be gone.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from urllib.parse import unquote

from crmgov.providers.salesforce.splice import insert
from crmgov.providers.salesforce.xml import Tree
from crmgov.providers.salesforce.xmltree import Element, node

Path = tuple[str, ...]
Identity = tuple[tuple[str, ...], int]
"""What tells one repeated element from another: the texts of its key, and its place among those with the same."""


def elements(tree: Tree) -> list[Element]:
    """New elements for nodes, in their order."""
    return [node(tag, value if isinstance(value, str) else elements(value)) for tag, value in tree]


def plain(element: Element) -> Tree | str:
    """An element as nodes, the way the mapping tables read it."""
    return [(child.tag, plain(child)) for child in element.children] if element.children else element.text


class Merge:
    """Carries differences between two trees into elements.

    ``keys`` gives, for each path of a repeated element, the child that names one (several joined by ``+``, ``""``: its
    own text, None: its place). Repeated elements without an entry are aligned by what they hold. With ``renaming`` the
    trees differ in names alone: rows that go and rows that come are the same rows, so each keeps its place and all it
    holds.
    """

    def __init__(self, keys: Mapping[Path, str | None], *, renaming: bool = False) -> None:
        self.keys = keys
        self.renaming = renaming

    def into(self, element: Element, before: Tree, after: Tree, path: Path = ()) -> None:
        """Make the difference between two trees in an element."""
        for tag in dict.fromkeys(tag for tag, _ in (*before, *after)):
            old = [value for name, value in before if name == tag]
            new = [value for name, value in after if name == tag]
            if old == new:
                continue
            here = (*path, tag)
            if here in self.keys or len(old) > 1 or len(new) > 1:
                self.rows(element, here, old, new)
            else:
                self.single(element, here, old[0] if old else None, new[0] if new else None)

    def single(self, element: Element, path: Path, old: str | Tree | None, new: str | Tree | None) -> None:
        """An element that stands at most once; texts in several that stand for one list become that one."""
        live = element.first(path[-1])
        if isinstance(old, list):
            for more in [one for one in element.all(path[-1])[1:] if one.text.strip() and not one.children]:
                element.children.remove(more)
        new = [] if new == "" and isinstance(old, list) else new
        if live is None:
            if new is not None:
                insert(element, node(path[-1], new if isinstance(new, str) else elements(new)))
        elif new is None:
            self.remove(element, live, path, old)
        elif isinstance(new, str) and not live.children:
            live.text = live.text if live.text.strip() == new.strip() else new
        elif isinstance(new, str) or (live.text.strip() and not live.children):
            at = element.children.index(live)
            element.children[at] = node(path[-1], new if isinstance(new, str) else elements(new))
        else:
            self.into(live, old if isinstance(old, list) else [], new, path)

    def remove(self, element: Element, live: Element, path: Path, old: str | Tree | None) -> None:
        """Take an element out; where it holds more than the model, only what the model holds of it."""
        if isinstance(old, list):
            self.into(live, old, [], path)
        if not live.children or not isinstance(old, list):
            element.children.remove(live)

    def rows(self, element: Element, path: Path, old: list[str | Tree], new: list[str | Tree]) -> None:
        """A repeated element: rows by identity, added where their neighbours are."""
        tag, key = path[-1], self.keys.get(path)
        before = _identified(old, key)
        after = _identified(new, key) if path in self.keys else _aligned(old, new)
        there = element.all(tag)
        live = dict(zip(_numbered([_live_key(row, key) for row in there]), there, strict=True))
        gone = [identity for identity in before if identity not in after]
        come = [identity for identity in after if identity not in before]
        if self.renaming and key is not None and len(gone) == len(come):
            for identity, follower in zip(gone, come, strict=True):
                if identity in live and follower not in live:
                    live[follower] = live.pop(identity)
                    _set_key(live[follower], key, after[follower])
                    before[follower] = before.pop(identity)
        for identity in gone:
            if identity in before and identity in live:
                element.children.remove(live.pop(identity))
        for identity, value in after.items():
            row, known = live.get(identity), before.get(identity)
            if row is not None and value != known and key != "":
                self.into(row, _tree(known), _tree(value), path)
        self.reorder(element, [i for i in before if i in after and i in live], [i for i in after if i in before], live)
        self.add(element, tag, after, live)

    def reorder(
        self, element: Element, old: list[Identity], new: list[Identity], live: dict[Identity, Element]
    ) -> None:
        """Put rows in their new order, in the places they hold between them, if their order changed."""
        new = [identity for identity in new if identity in live]
        if self.renaming or sorted(old) != sorted(new) or old == new:
            return
        places = sorted(element.children.index(live[identity]) for identity in new)
        for place, identity in zip(places, [live[identity] for identity in new], strict=True):
            element.children[place] = identity

    def add(
        self, element: Element, tag: str, after: Mapping[Identity, str | Tree], live: dict[Identity, Element]
    ) -> None:
        """Add the rows that are not there, each behind the one before it, else before the one behind it."""
        first = next((live[identity] for identity in after if identity in live), None)
        last: Element | None = None
        for identity, value in after.items():
            row = live.get(identity)
            if row is None:
                row = node(tag, value if isinstance(value, str) else elements(value))
                if last is not None:
                    element.children.insert(element.children.index(last) + 1, row)
                elif first is not None:
                    element.children.insert(element.children.index(first), row)
                else:
                    insert(element, row)
            last = row


def _tree(value: str | Tree | None) -> Tree:
    """The nodes of a row; an empty one is read as text."""
    return value if isinstance(value, list) else []


def _numbered(keys: list[tuple[str, ...]]) -> list[Identity]:
    """Keys with a number for those that occur more than once."""
    seen: dict[tuple[str, ...], int] = {}
    result = []
    for key in keys:
        result.append((key, seen.get(key, 0)))
        seen[key] = seen.get(key, 0) + 1
    return result


def _identified(values: list[str | Tree], key: str | None) -> dict[Identity, str | Tree]:
    return dict(zip(_numbered([_key(value, key) for value in values]), values, strict=True))


def _aligned(old: list[str | Tree], new: list[str | Tree]) -> dict[Identity, str | Tree]:
    """Rows without a name: those that are equal in both lists, or stand between the same, are the same row."""
    result: dict[Identity, str | Tree] = {}
    fresh = len(old)
    for _, low, high, first, last in SequenceMatcher(None, list(map(repr, old)), list(map(repr, new))).get_opcodes():
        for offset in range(last - first):
            place = low + offset
            if place >= high:
                place, fresh = fresh, fresh + 1
            result[((), place)] = new[first + offset]
    return result


def _key(value: str | Tree, key: str | None) -> tuple[str, ...]:
    """What names a row, in the form in which names are compared; nothing where its place does."""
    if key is None:
        return ()
    if isinstance(value, str):
        return (unquote(value.strip()),) if key == "" else ()
    texts = {tag: text for tag, text in reversed(value) if isinstance(text, str)}
    return tuple(unquote(texts.get(part, "").strip()) for part in key.split("+"))


def _live_key(row: Element, key: str | None) -> tuple[str, ...]:
    if key is None:
        return ()
    return tuple(unquote(row.value(part or ".") or "") for part in key.split("+"))


def _set_key(row: Element, key: str, value: str | Tree) -> None:
    """Write the key of one row as it stands in the nodes of another."""
    texts = {"": value} if isinstance(value, str) else dict(value)
    for part in key.split("+"):
        target, text = (row.first(part) if part else row), texts.get(part)
        if target is not None and isinstance(text, str) and target.text.strip() != text:
            target.text = text
