"""From a route of keys to a line and column: the one file is parsed again, only when somebody looks."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import (
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from crmgov.load.events import MOST_DEPTH, Event, place_of
from crmgov.model.diagnostics import Place, Route, Where
from crmgov.model.shape import KEY


class Node(NamedTuple):
    """A value with its place. ``entries`` holds (key place, key, value) of a map, or (value place, None, value)."""

    place: Place
    text: str | None
    entries: list["Entry"]
    is_list: bool


class Entry(NamedTuple):
    """One entry of a map or list."""

    place: Place
    key: str | None
    node: Node


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
        place = _start(node.place) if node.text is None else node.place
        route = at.route
        while route:
            taken, step = _step(node, route)
            if step is None:
                return place
            node, route = step.node, route[taken:]
            place = step.place if at.on_key else _shown(step)
        return place

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
        place = place_of(self.file, event)
        if isinstance(event, MappingStartEvent):
            return Node(place, None, list(self._mapping(depth + 1)), False)
        if isinstance(event, SequenceStartEvent):
            return Node(place, None, list(self._sequence(depth + 1)), True)
        return Node(place, event.value if isinstance(event, ScalarEvent) else None, [], False)

    def _mapping(self, depth: int) -> Iterator[Entry]:
        get = self._get
        while isinstance(event := get(), NodeEvent):
            key = self._node(event, depth)
            yield Entry(key.place, key.text, self._node(get(), depth))

    def _sequence(self, depth: int) -> Iterator[Entry]:
        get = self._get
        while isinstance(event := get(), NodeEvent):
            node = self._node(event, depth)
            yield Entry(node.place, None, node)


def _start(place: Place) -> Place:
    return Place(place.file, place.line, place.column)


def _shown(entry: Entry) -> Place:
    """What to show for a value: itself if it is written on the spot, else its key, its name or its beginning."""
    node = entry.node
    if node.text is not None:
        return node.place if node.place.end_column > node.place.column or entry.key is None else entry.place
    if entry.key is not None:
        return entry.place
    return next((inner.node.place for inner in node.entries if inner.key == KEY), _start(node.place))


def _step(node: Node, route: Route) -> tuple[int, Entry | None]:
    """The entry that the first steps of a route lead to, and how many steps that took."""
    step = route[0]
    if not node.is_list:
        return 1, next((entry for entry in node.entries if entry.key == step), None)
    for entry in node.entries:
        if entry.node.text == step or name_of(entry.node) == step:
            return 1, entry
    if step.isascii() and step.isdigit() and len(step) < 9 and int(step) < len(node.entries):
        return 1, node.entries[int(step)]
    # A list may stand for {values: list}, so a step into that goes nowhere.
    if step == "values" and len(route) > 1:
        return 2, _step(node, route[1:])[1]
    return 1, None


def name_of(node: Node) -> str | None:
    """The name of an element of a list."""
    return next((entry.node.text for entry in node.entries if entry.key == KEY), None)
