"""The files of one batch while it is worked out: read once, edited as trees, and handed over as bytes."""

from collections.abc import Callable, Mapping

from crmgov.model.diagnostics import Place, of
from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce.splice import new_file, render
from crmgov.providers.salesforce.writing import codes
from crmgov.providers.salesforce.xmltree import Document, Element, XmlError, parse


class Workspace:
    """Files by path. ``read`` gives a file's bytes, None where there is none; nothing is written here."""

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._before: dict[str, bytes | None] = {}
        self._now: dict[str, Document | bytes | None] = {}

    def content(self, path: str) -> bytes | None:
        """What a file holds now, edits included."""
        if path not in self._now:
            self._before[path] = self._now[path] = self._read(path)
        now = self._now[path]
        return _rendered(path, now) if isinstance(now, Document) else now

    def exists(self, path: str) -> bool:
        """Whether a file is there now."""
        return isinstance(self._now.get(path), Document) or self.content(path) is not None

    def document(self, path: str) -> Document:
        """A file as a tree to edit. Raises ProviderError where it is gone or is no XML that can be edited."""
        data = None if isinstance(self._now.get(path), Document) else self.content(path)
        now = self._now[path]
        if isinstance(now, Document):
            return now
        if data is None:
            raise ProviderError(of(codes.MISSING, f"{path} is not there any more", at=Place(path)))
        document = _parsed(path, data)
        self._now[path] = document
        return document

    def peek(self, path: str) -> bytes | None:
        """What a file holds now, without taking it into the batch."""
        return self.content(path) if path in self._now else self._read(path)

    def put(self, path: str, data: bytes | None) -> None:
        """Give a file other content as a whole; None takes it away."""
        if path not in self._before:
            self._before[path] = self._read(path)
        self._now[path] = data

    def create(self, path: str, root: str, children: list[Element]) -> None:
        """Make a new file in the vendor's layout. Raises ProviderError where one is there already."""
        if self.content(path) is not None:
            raise ProviderError(of(codes.CHANGED, f"{path} is there already", at=Place(path)))
        try:
            self.put(path, new_file(root, children))
        except XmlError as error:
            raise ProviderError(of(codes.UNSUPPORTED, f"{path}: {error}", at=Place(path))) from error

    def move(self, old: str, new: str) -> None:
        """Give a file another path. Raises ProviderError where one is there already."""
        data = self.content(old)
        if data is None and self.content(new) is not None:
            return
        if self.content(new) is not None:
            raise ProviderError(of(codes.CHANGED, f"{new} is there already", at=Place(new)))
        self.put(old, None)
        self.put(new, data)

    def touched(self) -> list[str]:
        """The paths of all files taken into the batch."""
        return list(self._now)

    def results(self) -> tuple[Mapping[str, bytes | None], Mapping[str, bytes | None]]:
        """What every file touched held before, and what it is to hold. Raises ProviderError."""
        after = {path: self.content(path) for path in self._now}
        return self._before, after


def _parsed(path: str, data: bytes) -> Document:
    try:
        return parse(data)
    except XmlError as error:
        place = Place(path, error.line, error.column)
        raise ProviderError(of(codes.UNREADABLE, f"{path} cannot be edited: {error}", at=place)) from error


def _rendered(path: str, document: Document) -> bytes:
    try:
        return render(document)
    except XmlError as error:
        raise ProviderError(of(codes.UNSUPPORTED, f"{path} cannot be edited: {error}", at=Place(path))) from error
