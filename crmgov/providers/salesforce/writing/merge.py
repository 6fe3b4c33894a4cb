"""A change of a body carried into an element of a file.

Both bodies are first turned into trees of nodes by the mapping tables. ``Merge`` compares the two trees and touches
only what differs between them, so that whatever the file holds beyond the model stays as it is. A change that is there
already is no change: what is to be added may be there, what is to be removed may be gone.
"""

from collections.abc import Callable, Mapping
from typing import Union
from urllib.parse import unquote

from crmgov.providers.salesforce.splice import insert
from crmgov.providers.salesforce.xmltree import Element, node

Tree = list["Node"]
Node = tuple[str, Union[str, Tree]]  # noqa: UP007 - Tree is a forward reference
Path = tuple[str, ...]
Identity = tuple[str, int]
"""What tells one repeated element from another: the text of its key, and its place among those with the same."""


def elements(tree: Tree) -> list[Element]:
    """New elements for nodes, in their order."""
    return [node(tag, value if isinstance(value, str) else elements(value)) for tag, value in tree]


def _same(text: str) -> str:
    return text


class Merge:
    """Carries differences between two trees into elements.

    ``keys`` gives, for each path of a repeated element, the child that names one (``""``: its own text, None: its
    place). ``renamed`` gives the new text of a key that is renamed: such a row keeps its place and all it holds.
    """

    def __init__(self, keys: Mapping[Path, str | None], renamed: Callable[[str], str] = _same) -> None:
        self.keys = keys
        self.renamed = renamed

    def into(self, element: Element, before: Tree, after: Tree, path: Path = ()) -> None:
        """Make the difference between two trees in an element."""
        for tag in dict.fromkeys(tag for tag, _ in (*before, *after)):
            old = [value for name, value in before if name == tag]
            new = [value for name, value in after if name == tag]
            if old == new:
                continue
            here = (*path, tag)
            if here in self.keys:
                self.rows(element, here, old, new)
            else:
                self.single(element, here, old[0] if old else None, new[0] if new else None)

    def single(self, element: Element, path: Path, old: str | Tree | None, new: str | Tree | None) -> None:
        """An element that stands at most once."""
        live = element.first(path[-1])
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
        tag, key = path[-1], self.keys[path]
        before = dict(zip(_identities([_key(value, key) for value in old]), old, strict=True))
        after = dict(zip(_identities([_key(value, key) for value in new]), new, strict=True))
        there = element.all(tag)
        live = dict(zip(_identities([_live_key(row, key) for row in there]), there, strict=True))
        for identity in [identity for identity in before if identity not in after]:
            row = live.pop(identity, None)
            follower = (self.renamed(identity[0]), identity[1])
            if row is None:
                continue
            if follower in after and follower not in before and follower not in live:
                _set_key(row, key, follower[0])
                live[follower] = row
                before[follower] = before[identity]
            else:
                element.children.remove(row)
        for identity, value in after.items():
            row = live.get(identity)
            if row is not None and isinstance(value, list) and value != before.get(identity):
                known = before.get(identity)
                self.into(row, known if isinstance(known, list) else [], value, path)
        self.reorder(element, [i for i in before if i in after and i in live], [i for i in after if i in before], live)
        self.add(element, tag, after, live)

    def reorder(
        self, element: Element, old: list[Identity], new: list[Identity], live: dict[Identity, Element]
    ) -> None:
        """Put rows in their new order, in the places they hold between them, if their order changed."""
        new = [identity for identity in new if identity in live]
        if sorted(old) != sorted(new) or old == new:
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


def _identities(keys: list[str]) -> list[Identity]:
    """Keys with a number for those that occur more than once."""
    seen: dict[str, int] = {}
    result = []
    for key in keys:
        result.append((key, seen.get(key, 0)))
        seen[key] = seen.get(key, 0) + 1
    return result


def _key(value: str | Tree, key: str | None) -> str:
    """What names a row, in the form in which names are compared; empty where its place does."""
    if key is None:
        return ""
    if isinstance(value, str):
        return unquote(value.strip()) if key == "" else ""
    return next((unquote(text.strip()) for tag, text in value if tag == key and isinstance(text, str)), "")


def _live_key(row: Element, key: str | None) -> str:
    if key is None:
        return ""
    return unquote(row.value(key or ".") or "")


def _set_key(row: Element, key: str | None, text: str) -> None:
    target = row if not key else row.first(key)
    if target is not None:
        target.text = text
