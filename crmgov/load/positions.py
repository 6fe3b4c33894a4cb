"""From a route of keys to a line and column: the one file is parsed again, only when somebody looks."""

from collections.abc import Callable

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from crmgov.load.events import MOST_DEPTH, Event
from crmgov.model.diagnostics import Place, Route, Where
from crmgov.model.shape import KEY


class Node:
    """A value with its place: text where it is a scalar, ``items`` where it is a list, ``pairs`` where it is a map.

    Marks count from 0, as libyaml's do.
    """

    __slots__ = ("_index", "column", "end_column", "end_line", "items", "line", "pairs", "text")

    def __init__(self, event: Event) -> None:
        start, end = event.start_mark, event.end_mark
        self.line, self.column = start.line, start.column
        self.end_line, self.end_column = end.line, end.column
        self.text: str | None = event.value if type(event) is ScalarEvent else None
        self.items: list[Node] | None = None
        self.pairs: list[tuple[Node, Node]] | None = None
        self._index: dict[str, tuple[Node | None, Node]] | None = None

    def step(self, step: str) -> "tuple[Node | None, Node] | None":
        """The (key, value) that a step leads to; of entries with one name the first. A list's entries have no key."""
        if self._index is None:
            self._index = {}
            for key, value in self.pairs or ():
                if key.text is not None:
                    self._index.setdefault(key.text, (key, value))
            for item in self.items or ():
                name = item.text if item.text is not None else item.name
                if name is not None:
                    self._index.setdefault(name, (None, item))
        found = self._index.get(step)
        if found is None and self.items and step.isascii() and step.isdigit() and len(step) < 9:
            return (None, self.items[int(step)]) if int(step) < len(self.items) else None
        return found

    @property
    def name(self) -> str | None:
        """What an element of a list calls itself."""
        node = self.named
        return None if node is None else node.text

    @property
    def named(self) -> "Node | None":
        """The value of an element's name."""
        return next((value for key, value in self.pairs or () if key.text == KEY), None)

    def place(self, file: str) -> Place:
        """The place of a scalar, or of the beginning of a list or map."""
        if self.text is None:
            return Place(file, self.line + 1, self.column + 1)
        return Place(file, self.line + 1, self.column + 1, self.end_line + 1, self.end_column + 1)


class _TooDeepError(Exception):
    pass


class Positions:
    """The places of everything in one file. A file that breaks off is known up to there."""

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        self.documents: list[Node] = []
        self._get: Callable[[], Event] = CParser(data).get_event
        try:
            self._stream()
        except (YAMLError, _TooDeepError):
            return

    def place(self, at: Where) -> Place:
        """The place of a route; where it goes below what the file holds, the nearest place above."""
        if at.document >= len(self.documents):
            return Place(self.file, 1, 1)
        node = self.documents[at.document]
        shown, route = node, at.route
        while route:
            taken, step = _step(node, route)
            if step is None:
                break
            key, node = step
            route = route[taken:]
            shown = key if key is not None and (at.on_key or not _written(node)) else _best(node)
        return shown.place(self.file)

    def _stream(self) -> None:
        get = self._get
        while True:
            event = get()
            if type(event) is StreamEndEvent:
                return
            if type(event) is DocumentStartEvent:
                self.documents.append(self._node(get(), 0))

    def _node(self, event: Event, depth: int) -> Node:
        if depth > MOST_DEPTH:
            raise _TooDeepError
        get, node = self._get, Node(event)
        if type(event) is MappingStartEvent:
            node.pairs = []
            while type(inner := get()) is not MappingEndEvent:
                node.pairs.append((self._node(inner, depth + 1), self._node(get(), depth + 1)))
        elif type(event) is SequenceStartEvent:
            node.items = []
            while type(inner := get()) is not SequenceEndEvent:
                node.items.append(self._node(inner, depth + 1))
        return node


def _written(node: Node) -> bool:
    """Whether a value is written on the spot: a scalar that is not empty."""
    return node.text is not None and (node.end_line, node.end_column) > (node.line, node.column)


def _best(node: Node) -> Node:
    """What to show of an element: its name, if it has one."""
    return node.named or node


def _step(node: Node, route: Route) -> "tuple[int, tuple[Node | None, Node] | None]":
    """What the first steps of a route lead to, and how many steps that took."""
    found = node.step(route[0])
    if found is None and node.items is not None and route[0] == "values" and len(route) > 1:
        # A list may stand for {values: list}, so the step into that goes nowhere.
        return 2, node.step(route[1])
    return 1, found
