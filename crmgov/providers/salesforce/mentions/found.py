"""What one part of a project names: fields of objects, and names that are not understood."""

import re
from collections.abc import Iterable, Mapping

from crmgov.providers.salesforce.catalogue import CATALOGUE
from crmgov.providers.salesforce.derive import Facts
from crmgov.providers.salesforce.mentions.spellings import path_of

Lookups = Mapping[tuple[str, str], str]
ANYWHERE = ""
"""The object of a field that is named without saying whose it is."""
_PATH = re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)*\Z", re.ASCII)
_CUSTOM = re.compile(r"__p?c\Z", re.IGNORECASE)


class Found:
    """Collects the fields that one part names. ``strange`` counts what was not understood."""

    def __init__(self, lookups: Lookups) -> None:
        self._facts = Facts(lookups)
        self._loose: set[str] = set()
        self.strange = 0

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields, as ``Object.Field``; ``.Field`` where it is not said of which object."""
        loose = {f"{ANYWHERE}.{name}" for name in self._loose}
        return tuple(sorted(self._facts.reads | loose))

    def column(self, owner: str, spelling: str) -> None:
        """A column of a list, by whatever it is called there."""
        text = spelling.strip()
        if not text:
            return
        known = path_of(owner, text, CATALOGUE)
        if known is None:
            self.strange += 1
        else:
            self.path(*known)

    def columns(self, owner: str, spellings: Iterable[str]) -> None:
        """Several of them."""
        for spelling in spellings:
            self.column(owner, spelling)

    def path(self, owner: str, path: str) -> None:
        """A field of an object, or a path over lookups to one."""
        text = path.strip()
        if not text:
            return
        if not _PATH.match(text) or len(text) > 1000:
            self.strange += 1
            return
        self._facts.read(owner, text)
        last = text.rpartition(".")[2]
        if "." in text and _CUSTOM.search(last) and not self._reached(last):
            self._loose.add(last)

    def _reached(self, last: str) -> bool:
        """Whether the last step of a path was found to be a field of some object."""
        return any(one.endswith(f".{last}") for one in self._facts.reads)

    def formula(self, owner: str, text: str) -> None:
        """A formula over an object's fields."""
        self._facts.formula(owner, text)

    def loose(self, name: str) -> None:
        """A custom field's name without its object."""
        self._loose.add(name)
