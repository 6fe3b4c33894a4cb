"""JSON, read element by element: a list, a list under ``records``, or one element a line."""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crmgov.audit.records.part import Choose, Part, written
from crmgov.audit.records.text import Look, UnreadableError, chunks, looked

LONGEST = 1 << 26
"""Characters of the longest element that is read."""
_BATCH = 5_000
_SPACE = " \t\r\n"
_BESIDE = ("attributes", "@odata.etag")
"""What vendors' interfaces add to each element."""


class BrokenElement(str):
    """Stands for a line that is no element."""

    __slots__ = ()


def read(label: str, path: Path, target: Path, choose: Choose) -> Part:
    """One file, its wanted keys written to ``target``. Raises UnreadableError with the reason."""
    import pyarrow as pa

    look = looked(path)
    if look.size == 0:
        raise UnreadableError("it is empty")
    keys: dict[str, None] = {}
    records = 0
    broken: list[int] = []
    for element in _elements(path, look):
        records += 1
        if isinstance(element, dict):
            keys.update(dict.fromkeys(_flat(element)))
        else:
            broken.append(records)
    names = choose(list(keys))
    columns = {called: f"f{number}" for number, called in enumerate(names.values())}
    schema = pa.schema([(column, pa.string()) for column in columns.values()])
    count = written(_batches(path, look, list(names), schema), schema, target)
    return Part(
        label=label, path=target, columns=columns, all_columns=tuple(keys), records=records, read=count,
        rejected=len(broken), broken_lines=tuple(broken[:20]), encoding=look.encoding, broken=look.broken,
        nuls=look.nuls,
    )  # fmt: skip


def _batches(path: Path, look: Look, wanted: list[str], schema: Any) -> Iterator[Any]:
    import pyarrow as pa

    held: list[dict[str, str | None]] = []
    for element in _elements(path, look):
        if isinstance(element, dict):
            held.append(_flat(element))
        if len(held) >= _BATCH:
            yield _batch(pa, held, wanted, schema)
            held = []
    yield _batch(pa, held, wanted, schema)


def _batch(pa: Any, held: list[dict[str, str | None]], wanted: list[str], schema: Any) -> Any:
    return pa.record_batch([pa.array([one.get(key) for one in held], pa.string()) for key in wanted], schema=schema)


def _flat(element: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, str | None]:
    """Keys to texts; what is nested goes by its path, several plain values are one text, lists of more are left."""
    found: dict[str, str | None] = {}
    for key, value in element.items():
        if key in _BESIDE:
            continue
        if isinstance(value, dict) and depth < 4:
            found |= _flat(value, f"{before}{key}.", depth + 1)
        elif isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
            found[before + key] = ";".join(_text(one) or "" for one in value) or None
        else:
            found[before + key] = None if isinstance(value, dict | list) else _text(value)
    return found


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value if value is None else value.encode("utf-8", "replace").decode()
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _elements(path: Path, look: Look) -> Iterator[Any]:
    """The elements of a file, one at a time. Raises UnreadableError where it is no JSON of a form that is known."""
    text = _Text(chunks(path, look))
    start = text.peek()
    try:
        if start == "[" or (start == "{" and not _by_line(path, look) and text.enter()):
            yield from text.listed()
        elif start == "{":
            yield from _lines(_Text(chunks(path, look)))
        else:
            raise UnreadableError("it is no JSON" if start else "it is empty")
    except RecursionError as error:
        raise UnreadableError("it is nested too deeply") from error
    except ValueError as error:
        raise UnreadableError("its JSON is broken, or it was cut off") from error


def _by_line(path: Path, look: Look) -> bool:
    """Whether the first line is an element by itself, and not the whole list under a name."""
    head = b""
    for chunk in chunks(path, look):
        head += chunk
        if b"\n" in head.lstrip() or len(head) > LONGEST:
            break
    try:
        first = json.loads(head.lstrip().partition(b"\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and not isinstance(first.get("records"), list) and not _result(first)


def _result(element: dict[str, Any]) -> bool:
    inner = element.get("result")
    return isinstance(inner, dict) and isinstance(inner.get("records"), list)


def _lines(text: "_Text") -> Iterator[Any]:
    for line in text.lines():
        if line.strip():
            try:
                element = json.loads(line)
            except (ValueError, RecursionError):
                element = BrokenElement()
            yield element if isinstance(element, dict) else BrokenElement()


class _Text:
    """A text that is read only as far as the element asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = ""
        self._at = 0
        self._ended = False
        self._scan = json.JSONDecoder()

    def _more(self) -> bool:
        piece = next(self._pieces, None)
        self._ended = piece is None
        self._text = self._text[self._at :] + self._decoder.decode(piece or b"", final=self._ended)
        self._at = 0
        return not self._ended

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def expect(self, *wanted: str) -> str:
        """Go past one of these characters. Raises ValueError."""
        found = self.peek()
        if found not in wanted or not found:
            raise ValueError(found)
        self._at += 1
        return found

    def value(self) -> Any:
        """The next value. Raises ValueError where there is none, or one too long."""
        self.peek()
        tried = 0
        while True:
            try:
                value, end = self._scan.raw_decode(self._text, self._at)
            except ValueError:
                end = -1
            if 0 <= end < len(self._text) or (end >= 0 and self._ended):
                self._at = end
                return value
            # read twice as much before another try, so that a long value is not scanned over and over
            tried = max(2 * tried, 1)
            if len(self._text) - self._at > LONGEST or not sum(self._more() for _ in range(tried)):
                if end >= 0:
                    self._at = end
                    return value
                raise ValueError("cut off")

    def listed(self) -> Iterator[Any]:
        """The elements of the list that begins here."""
        self.expect("[")
        if self.peek() == "]":
            return
        while True:
            element = self.value()
            yield element if isinstance(element, dict) else BrokenElement()
            if self.expect(",", "]") == "]":
                return

    def enter(self) -> bool:
        """Go to the list under ``records``, also where that stands under ``result``; False where there is none."""
        self.expect("{")
        while self.peek() != "}":
            key = self.value()
            self.expect(":")
            if key == "records" and self.peek() == "[":
                return True
            if key == "result" and self.peek() == "{":
                return self.enter()
            self.value()
            if self.expect(",", "}") == "}":
                return False
        return False

    def lines(self) -> Iterator[str]:
        """Line by line. Raises ValueError where one is too long."""
        while True:
            end = self._text.find("\n", self._at)
            if end < 0:
                if len(self._text) - self._at > LONGEST:
                    raise ValueError("too long")
                if self._more():
                    continue
                yield self._text
                return
            yield self._text[self._at : end]
            self._at = end + 1
