"""A text of JSON, read only as far as the element asked for."""

import codecs
from collections.abc import Iterator
from typing import Any

from crmgov.audit.records.flattened import DECODER

LONGEST = 1 << 26
"""Characters of the longest element that is read."""
_SPACE = " \t\r\n"
_MORE = ("nextRecordsUrl", "@odata.nextLink")
"""Where vendors' interfaces say that more records follow; one of them says ``done`` too."""


class BrokenElement(str):
    """Stands for a line that is no element."""

    __slots__ = ()


class Text:
    """A text that is read only as far as the element asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = ""
        self._at = 0
        self._ended = False
        self.more = self.wrapped = False

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
                value, end = DECODER.raw_decode(self._text, self._at)
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
            self.expect("]")
            return
        while True:
            element = self.value()
            yield element if isinstance(element, dict) else BrokenElement()
            if self.expect(",", "]") == "]":
                return

    def within(self) -> Iterator[Any]:
        """The elements of the list under ``records`` in the object that begins here, also where that stands under
        ``result``. Afterwards ``wrapped`` says whether there is one, and ``more`` whether it says that others follow.
        """
        self.expect("{")
        while self.peek() != "}":
            key = self.value()
            self.expect(":")
            if key == "records" and self.peek() == "[":
                self.wrapped = True
                yield from self.listed()
            elif key == "result" and self.peek() == "{":
                yield from self.within()
            else:
                value = self.value()
                self.more |= (key == "done" and value is False) or (key in _MORE and bool(value))
            if self.expect(",", "}") == "}":
                return
        self.expect("}")

    def end(self) -> None:
        """Raises ValueError where anything follows."""
        if self.peek():
            raise ValueError("more than one value")

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
