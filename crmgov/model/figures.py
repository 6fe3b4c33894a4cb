"""What can be asked of the records of one object, whatever holds them, and how the answers are held.

One small language for every source: it is compiled once for each, and every figure of an object that fits goes into one
statement. Values of records stay in memory, for the rules that compare spellings; nothing prints them unasked.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

import msgspec

from crmgov.model.canonical import Body, decode, encode
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.evidence import Evidence

Metric = Literal[
    "records",
    "filled",
    "distinct",
    "values",
    "repeated",
    "least",
    "most",
    "longest",
    "longer",
    "fitting",
    "latest",
    "days",
]
"""``records``: how many. ``filled``: with a value in the field. ``distinct``: different values. ``values``: how many
records hold each value, the most frequent first; of a field that holds several, each of them. ``repeated``: records
whose value another record has too (``text`` of the answer: how many different values they share). ``least``, ``most``:
the smallest and largest number or time as text. ``longest``: characters of the longest text. ``longer``: texts of more
than ``most`` characters. ``fitting``: texts in which ``pattern`` is found. ``latest``: when a record with a value in
the field was last written. ``days``: whole days from ``since`` to the field, of all records together that have both in
that order (``of`` of the answer says how many those are). Spaces around a text count only for ``longest`` and
``longer``. What has no answer that is the same on every engine (the least text, the length of a number) is unmeasured,
with that reason."""

Likeness = Literal["exact", "email", "phone", "domain", "company_name", "words", "zip"]
"""How two values are known to be the same: as they stand; without case; digits alone; the host of an address; without
legal form, case and punctuation; without case, blanks and punctuation; without case and blanks."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure. ``where`` holds Criteria in canonical bytes (see ``scope``); only records that satisfy it count. In
    them, ``blank`` and ``present`` may name as ``value`` a list of texts that count as blank too, as ``blanks`` do.

    ``via`` names the lookups that paths go over, each with the object it points at: with ``(("Contact", "Contact"),)``
    the figure may speak of ``Contact.Account`` wherever it names a field. ``by`` is a field whose values part the
    answer; ``blanks`` are texts (trimmed, lower case) that say as little as nothing; ``most`` the
    number of values told at most; ``exact`` whether an estimate will not do. ``alike`` takes the place of ``field`` in
    ``values`` and ``repeated``: fields and how each is compared; records count that are filled in all of them, and a
    value is theirs in normal form, parted by ``TOGETHER``. ``since`` is the field from which ``days`` are counted.
    """

    metric: Metric
    field: str = ""
    where: bytes = b""
    by: str = ""
    pattern: str = ""
    blanks: tuple[str, ...] = ()
    most: int = 0
    exact: bool = True
    alike: tuple[tuple[str, Likeness], ...] = ()
    via: tuple[tuple[str, str], ...] = ()
    since: str = ""

    @property
    def criteria(self) -> Body | None:
        """The criteria; None where all records count."""
        found: Body | None = decode(self.where) if self.where else None
        return found


def scope(criteria: Body | None) -> bytes:
    """Criteria as a Figure holds them."""
    return b"" if not criteria else encode(criteria)


def both(one: Body | None, two: Body | None) -> Body | None:
    """Criteria that are true where both are."""
    wanted = [criteria for criteria in (one, two) if criteria]
    return {"all": wanted} if len(wanted) > 1 else (wanted[0] if wanted else None)


SEPARATOR = ";"
"""Between the values of a field that holds several, in a file (Salesforce, HubSpot and Zoho export them so)."""
TOGETHER = "\x1f"
"""Between the values of several fields that count as one."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one figure. ``counts`` parts it by value (``values``, ``by``); ``text`` holds ``least``, ``most``,
    ``latest``, and of ``repeated`` the number of values shared. Both may hold values of records.
    """

    evidence: Evidence
    counts: tuple[tuple[str, int], ...] = ()
    text: str = ""

    @property
    def known(self) -> bool:
        """Whether anything was measured."""
        return self.evidence.exactness != "unmeasured"


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """What a source holds of one object: fields by native name, and what stands beside them in every record.

    ``created``, ``modified``, ``author``, ``editor``, ``owner`` and ``record_type`` name fields the source knows for
    that, ``key`` what tells records apart and other records point at; ``active``, ``logged_in``, ``role`` and
    ``profile`` are known of people: whether they still work here, when they were last here, as what, and by which
    profile. Empty where it has none. ``kinds`` says of each field whether its values are text, number, boolean, time.
    """

    object: str
    kinds: Mapping[str, Literal["text", "number", "boolean", "time", "many", "other"]] = {}
    created: str = ""
    modified: str = ""
    author: str = ""
    editor: str = ""
    owner: str = ""
    record_type: str = ""
    key: str = ""
    active: str = ""
    logged_in: str = ""
    role: str = ""
    profile: str = ""
    firm: tuple[str, ...] = ()
    """Lookups that the source itself keeps from pointing at nothing: foreign keys."""
    strange: tuple[str, ...] = ()
    """Columns that are no field of the object."""

    @property
    def fields(self) -> frozenset[str]:
        """Native names of the fields held."""
        return frozenset(self.kinds)


Asked = Mapping[str, Iterable[Figure]]
"""Figures by object."""


class Calls(msgspec.Struct, frozen=True, kw_only=True):
    """What figures of one object cost: the ``statements`` (or calls) that answer so many figures of so many fields."""

    fields: int
    figures: int
    statements: int


class Answers:
    """Answers by object and figure; what was not asked is unmeasured."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, Figure], Answer] = {}

    def __setitem__(self, key: tuple[str, Figure], answer: Answer) -> None:
        self._held[key] = answer

    def __getitem__(self, key: tuple[str, Figure]) -> Answer:
        return self._held.get(key, _NOT_ASKED)

    def __iter__(self) -> Any:
        return iter(self._held.items())

    def update(self, others: "Answers") -> None:
        """Take over the answers of others."""
        self._held.update(others._held)


_NOT_ASKED = Answer(evidence=Evidence(exactness="unmeasured", reason="it was not asked"))


class Records(Protocol):
    """A source of records: a database, files of an export, or a CRM's own counts."""

    name: str
    """Whence, as people call it; no password stands in it."""

    def holdings(self) -> Mapping[str, Holding]:
        """What it holds, by native name of the object. Objects it does not hold are absent."""
        ...

    def problems(self) -> list[Diagnostic]:
        """What is wrong with what it holds: files that are ragged, columns that are missing."""
        ...

    def calls(self, asked: Asked) -> Mapping[str, Calls]:
        """What the figures would cost, by object; nothing is asked for it."""
        ...

    def answer(self, asked: Asked) -> Answers:
        """All figures, each answered or unmeasured with the reason."""
        ...

    def close(self) -> None:
        """Let go of connections and temporary files."""
        ...


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a copy: how many ``records`` it holds, and the model's type of each column; or the ``reason`` why
    there is none.
    """

    records: int = 0
    types: Mapping[str, str] = {}
    reason: str = ""


@runtime_checkable
class Dates(Protocol):
    """A source that knows since when the CRM has what is configured."""

    def made(self) -> Mapping[str, date]:
        """By address, the day (UTC) that a field or object was made, as far as the source tells."""
        ...


@runtime_checkable
class Copies(Records, Dates, Protocol):
    """A CRM's own records, which it counts itself as far as it can, and of which it gives copies to be counted here."""

    def unsayable(self, asked: Asked) -> Mapping[str, int]:
        """By object, how many of the figures it cannot count itself."""
        ...

    def left(self) -> int:
        """Calls that may still be made."""
        ...

    def copy_calls(self, name: str) -> int | None:
        """About how many calls a copy of an object's records takes; None where none is to be had."""
        ...

    def copy_bytes(self, name: str) -> int:
        """About how large a copy would be; 0 where that is not known."""
        ...

    def copy(self, name: str, to: Path, most_bytes: int) -> Copied:
        """Write all records of an object to a CSV file that is not there yet, under the names of ``holdings``."""
        ...
