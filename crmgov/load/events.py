"""Values of YAML documents, built from libyaml's events: YAML 1.2, nothing ambiguous, every problem with its place.

A problem that leaves the rest readable is recorded and reading goes on: the first of two equal keys stands, a tag or a
merge key is left out, a number in a doubtful spelling stands in as the text that was written (``Doubtful``).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from crmgov.load.encoding import foreign
from crmgov.load.odd import cleaned, odd_character
from crmgov.load.retell import retold
from crmgov.load.scalars import NUMERIC, WORDS, NumberError, plain, suggestion
from crmgov.model.diagnostics import Diagnostic, Place, of

Event = Any
"""An event of libyaml; its published types leave out most attributes."""

MOST_DEPTH = 64
"""Levels of nesting; the deepest place in the model (nested criteria aside) has 9."""
MOST_EXPANDED = 20_000
"""Nodes that aliases may add to one file; a node is a value, or 64 characters of one."""
MOST_PROBLEMS = 200
"""Problems told of one file before reading it is given up."""


MOST_KNOWN_KEYS = 20_000
_KNOWN_KEYS: set[str | None] = set()
# Plain keys that were looked at once and are simply text; purely to save time.


class Doubtful(str):
    """A number in a doubtful spelling, kept as it is written; the problem is already told."""

    __slots__ = ()


class Parsed(NamedTuple):
    """What a file holds: documents with their numbers, and the problems met. ``broken``: the rest was not read."""

    documents: list[tuple[int, Any]]
    problems: list[Diagnostic]
    broken: bool
    doubtful: bool


class StopReadingError(Exception):
    """Raised with the diagnostic that ends the reading of a file."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def place_of(file: str, event: Event) -> Place:
    """The place of an event; libyaml counts from 0."""
    start, end = event.start_mark, event.end_mark
    return Place(file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!", 1)[:60]


def parse(file: str, data: bytes) -> Parsed:
    """All documents of one file. Never raises for what a file holds."""
    other = foreign(file, data)
    if other is not None:
        return Parsed([], [other], broken=True, doubtful=False)
    reader = _Reader(file, data)
    broken = False
    try:
        reader.stream()
    except StopReadingError as stop:
        reader.problems.append(stop.diagnostic)
        broken = True
    except YAMLError as error:
        reader.problems.append(retold(file, data, error))
        broken = True
        if "<document start>" in str(error) and reader.documents:
            # What follows belongs to the last document, which is not whole either.
            reader.documents.pop()
    return Parsed(reader.documents, reader.problems, broken, reader.doubtful)


class _Reader:
    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        self.problems: list[Diagnostic] = []
        self.documents: list[tuple[int, Any]] = []
        self.doubtful = False
        self.odd = not data.isascii()
        self._data = data
        self._source = ""
        self._get: Callable[[], Event] = CParser(data).get_event
        self._anchors: dict[str, Any] = {}
        self._sizes: dict[int, tuple[Any, _Extent]] = {}
        self._expanded = 0

    def stream(self) -> None:
        get = self._get
        index = 0
        while True:
            event = get()
            kind = type(event)
            if kind is DocumentStartEvent:
                self._directives(event)
                self._anchors, self._sizes = {}, {}
                self.documents.append((index, self._node(get(), 0)))
                index += 1
            elif kind is StreamEndEvent:
                return

    def problem(self, code: str, message: str, event: Event, hint: str = "") -> None:
        if len(self.problems) >= MOST_PROBLEMS:
            raise self._stop("YAML014", f"{self.file} holds more than {MOST_PROBLEMS} problems", event)
        self.problems.append(of(code, message, at=place_of(self.file, event), hint=hint))

    def _stop(self, code: str, message: str, event: Event, hint: str = "") -> StopReadingError:
        return StopReadingError(of(code, message, at=place_of(self.file, event), hint=hint))

    def _directives(self, event: Event) -> None:
        if event.version not in (None, (1, 2)):
            written = ".".join(str(part) for part in event.version)
            self.problem("YAML012", f"%YAML {written} asks for other rules than YAML 1.2", event, "remove this line")
        if event.tags:
            self.problem("YAML012", "%TAG declares tags, which are not read", event, "remove this line")

    def _node(self, event: Event, depth: int) -> Any:
        kind = type(event)
        if kind is AliasEvent:
            return self._alias(event, depth)
        if event.tag is not None:
            self.problem("YAML009", f"The tag {_tag(event.tag)} is not read", event, "remove the tag")
        value: Any
        if kind is ScalarEvent:
            value = self._scalar(event)
        elif depth >= MOST_DEPTH:
            raise self._stop("YAML007", f"Nested more than {MOST_DEPTH} levels deep", event, "level 65")
        elif kind is MappingStartEvent:
            value = self._mapping(depth + 1)
        else:
            value = self._sequence(depth + 1)
        if event.anchor is not None:
            self._anchors[event.anchor] = value
            if isinstance(value, (dict, list)):
                # The value is kept with its size, so that its id stays its own.
                self._sizes[id(value)] = (value, self._extent(value))
        return value

    def _scalar(self, event: Event) -> Any:
        text = event.value
        if self.odd:
            text = self._odd(event)
        if event.style:
            return text
        try:
            return plain(text)
        except NumberError as error:
            number = suggestion(text)
            hint = f'write "{text}"' + (f" or {number}" if number else "")
            self.problem("YAML008", f"{text[:40]} {error}", event, hint if len(text) <= 40 else "")
            self.doubtful = True
            return Doubtful(text)

    def _mapping(self, depth: int) -> dict[str, Any]:
        # The hot loop: most of a tree is scalars in mappings, so they are read here without a further call.
        get, odd, known = self._get, self.odd, _KNOWN_KEYS
        result: dict[str, Any] = {}
        value: Any
        while True:
            event = get()
            if type(event) is MappingEndEvent:
                return result
            key = event.value if type(event) is ScalarEvent else None
            if key not in known or event.tag is not None:
                key = self._key(event, depth)
            if key in result:
                self.problem("YAML005", f'The key "{key}" is already there', event, "written twice")
            start = get()
            if type(start) is ScalarEvent and start.tag is None and start.anchor is None and not odd:
                value = start.value
                if not start.style:
                    if value in WORDS:
                        value = WORDS[value]
                    elif value[0] in NUMERIC:
                        value = self._scalar(start)
            else:
                value = self._node(start, depth)
            if key is not None and key not in result:
                result[key] = value

    def _sequence(self, depth: int) -> list[Any]:
        get, odd = self._get, self.odd
        result: list[Any] = []
        value: Any
        while True:
            event = get()
            kind = type(event)
            if kind is ScalarEvent and event.tag is None and event.anchor is None and not odd:
                value = event.value
                if not event.style:
                    if value in WORDS:
                        value = WORDS[value]
                    elif value[0] in NUMERIC:
                        value = self._scalar(event)
                result.append(value)
            elif kind is SequenceEndEvent:
                return result
            else:
                result.append(self._node(event, depth))

    def _key(self, event: Event, depth: int) -> str | None:
        """The name of a key that is not obviously one; None where its value must be left out."""
        if type(event) is not ScalarEvent:
            self.problem("YAML011", "A key is a list, a map or an alias, not text", event, "quote it if it is text")
            if type(event) in (MappingStartEvent, SequenceStartEvent):
                self._node(event, depth)
            return None
        if event.tag is not None:
            self.problem("YAML009", f"The tag {_tag(event.tag)} is not read", event, "remove the tag")
        text: str = self._odd(event) if self.odd else event.value
        if event.style:
            return text
        if text.isidentifier() and text.isascii() and text not in WORDS:
            if len(_KNOWN_KEYS) < MOST_KNOWN_KEYS and event.tag is None:
                _KNOWN_KEYS.add(text)
            return text
        if text == "<<":
            self.problem("YAML010", "<< is not read", event, "write the keys out")
            return None
        try:
            value = plain(text)
        except NumberError:
            value = 0
        if value is None:
            self.problem("YAML011", "A key must be text, not empty", event, f'write "{text}" if it is a name')
            return None
        if not isinstance(value, str):
            what = "true or false" if isinstance(value, bool) else "a number"
            self.problem("YAML011", f"The key {text[:40]} is {what}, and keys are text", event, f'write "{text[:40]}"')
        return text

    def _odd(self, event: Event) -> str:
        text: str = event.value
        told = odd_character(text, bool(event.style))
        if told is None or (event.style == '"' and not self._stands_there(event)):
            return text
        self.problem(told.code, told.message, event, told.hint)
        return cleaned(text)

    def _stands_there(self, event: Event) -> bool:
        """Whether odd characters stand in the text themselves; written as escapes they can be seen."""
        if not self._source:
            self._source = self._data.decode("utf-8", "replace").removeprefix("\ufeff")
        written = self._source[event.start_mark.index : event.end_mark.index]
        return odd_character(written, quoted=True) is not None

    def _alias(self, event: Event, depth: int) -> Any:
        if event.anchor not in self._anchors:
            raise self._stop("YAML013", f"*{event.anchor} repeats a value that is not there yet", event)
        value = self._anchors[event.anchor]
        extent = self._extent(value)
        self._expanded += extent.size
        if self._expanded > MOST_EXPANDED:
            raise self._stop("YAML006", f"Aliases repeat more than {MOST_EXPANDED:,} values", event, "too much")
        if depth + extent.height > MOST_DEPTH:
            raise self._stop(
                "YAML007", f"With this alias, nested more than {MOST_DEPTH} levels deep", event, "too deep"
            )
        return value

    def _extent(self, value: Any) -> "_Extent":
        known = self._sizes.get(id(value))
        if known is not None:
            return known[1]
        if isinstance(value, str):
            return _Extent(1 + len(value) // 64, 0)
        if not isinstance(value, (dict, list)):
            return _Extent(1, 0)
        inner = [self._extent(item) for item in (value.values() if isinstance(value, dict) else value)]
        keys = sum(1 + len(key) // 64 for key in value) if isinstance(value, dict) else 0
        return _Extent(1 + keys + sum(one.size for one in inner), 1 + max((one.height for one in inner), default=0))


class _Extent(NamedTuple):
    """How much a value repeats where it is repeated: nodes, and levels of nesting."""

    size: int
    height: int
