"""Looking for the uses of a few things: what cannot name any of them is passed over without being decoded."""

import re
from collections.abc import Iterable, Sequence

from crmgov.model.address import parse

MOST = 64
"""Words beyond which looking for each of them takes longer than looking at everything."""

_WORD = re.compile("[A-Za-z0-9]+")


class Focus:
    """The words that stand in whatever names one of some addresses; where there are none, everything may."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._words: Sequence[str] = _words(addresses)
        self._bytes = [word.encode() for word in self._words]
        self._search = re.compile("|".join(self._words), re.IGNORECASE | re.ASCII).search

    def in_body(self, data: bytes) -> bool:
        """Whether canonical bytes may name one of the addresses."""
        folded = data.lower()
        return not self._bytes or any(word in folded for word in self._bytes)

    def in_text(self, text: str) -> bool:
        """Whether a name or path may mean one of the addresses."""
        return self._search(text) is not None


def _words(addresses: Iterable[str]) -> list[str]:
    """For each address its longest word, in small letters; none at all where one has no word or there are too many.

    Letters and digits are never escaped and stand in every way of naming a thing: Salesforce calls the relation of
    ``AccountId`` ``Account`` and that of ``Partner__c`` ``Partner__r``.
    """
    found: set[str] = set()
    for text in addresses:
        at = parse(text)
        name = at.elements[-1][1] if at.elements else at.name
        words = _WORD.findall(name.removesuffix("Id") or name)
        if not words or len(found) > MOST:
            return []
        found.add(max(words, key=len).lower())
    return sorted(found)
