"""Which listed value a spelling means: by a declared alias, by what is left without case and signs, or nearly."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from crmgov.audit.quality.countries import country, names_countries
from crmgov.check.governance.modelling.same_values import plain
from crmgov.model.canonical import Body

How = Literal["alias", "spelling", "near"]
_NEAR = 88
"""Likeness (0 to 100) from which a value may be another one misspelt."""
_LONG = 5
"""Letters below which two words may be alike by chance."""


class Meaning(NamedTuple):
    """The listed value that a spelling means, and how that is known."""

    name: str
    how: How


def unaccented(text: str) -> str:
    """A text without accents: ``Osterreich`` for ``Österreich``."""
    parted = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def letters(text: str) -> str:
    """What is left without accents, case and everything but letters and digits."""
    return "".join(sign for sign in unaccented(text).casefold() if sign.isalnum())


def left(text: str) -> str:
    """What is left of a value without case, accents, blanks and punctuation between words."""
    return plain(unaccented(text))


class Spellings:
    """The spellings of a list of values."""

    def __init__(self, values: Mapping[str, Body]) -> None:
        self._known: dict[str, str | None] = {}
        self._aliases: dict[str, str] = {}
        ordered = sorted(values.items(), key=lambda item: item[1].get("active") is False)
        for name, row in ordered:
            aliases = row.get("aliases")
            for alias in map(str, aliases if isinstance(aliases, list) else ()):
                self._aliases.setdefault(alias.strip().casefold(), name)
        self._learn((left(name), name) for name, _ in ordered)
        self._learn((left(str(row.get("label") or "")), name) for name, row in ordered)
        self._learn((left(alias), name) for alias, name in self._aliases.items())
        self._countries: dict[str, str] = {}
        if names_countries(values):
            for name, _ in ordered:
                if code := country(name):
                    self._countries.setdefault(code, name)

    def _learn(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Spellings not known yet; one that two values claim means neither."""
        found: dict[str, str | None] = {}
        for spelling, name in pairs:
            if spelling and spelling not in self._known:
                found[spelling] = name if found.get(spelling, name) == name else None
        self._known |= found

    def means(self, text: str) -> Meaning | None:
        """The value a spelling surely means; None where it means none, or might mean two."""
        alias = self._aliases.get(text.strip().casefold())
        if alias is not None:
            return Meaning(alias, "alias")
        known = self._known.get(left(text)) or self._countries.get(country(text) if self._countries else "")
        return None if known is None else Meaning(known, "spelling")

    def near(self, text: str) -> Meaning | None:
        """The value a spelling may mean: a letter or two away from it, and from no other. Digits must be equal."""
        from rapidfuzz import fuzz, process

        spelling = left(text)
        if len(spelling) < _LONG:
            return None
        found = process.extract(
            spelling, [one for one, name in self._known.items() if name], scorer=fuzz.ratio, score_cutoff=_NEAR, limit=5
        )
        names = {self._known[one] for one, _, _ in found if _digits(one) == _digits(spelling) and len(one) >= _LONG}
        name = names.pop() if len(names) == 1 else None
        return None if name is None else Meaning(name, "near")


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
