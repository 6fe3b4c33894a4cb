"""Measured facts about records, and the questions that ask for them."""

from typing import Literal, Protocol

import msgspec

from crmgov.model.canonical import Body

QuestionType = Literal[
    "records",
    "filled",
    "blank",
    "with_values",
    "longer_than",
    "not_convertible",
    "duplicates",
    "orphans",
    "matching",
]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One figure asked of a provider, by native names.

    ``records``: records of the object. ``filled``/``blank``: records where ``field`` is or is not filled.
    ``with_values``: records whose ``field`` holds one of ``values``. ``longer_than``: values longer than ``number``.
    ``not_convertible``: values that do not convert to the field ``target``. ``duplicates``: records sharing a value.
    ``orphans``: records that point at nothing. ``matching``: records that meet ``criteria``, in the two-valued sense.
    With ``among``, criteria too, only records that meet those are looked at.
    """

    type: QuestionType
    object: str
    field: str | None = None
    values: tuple[str, ...] = ()
    number: int | None = None
    target: Body | None = None
    criteria: Body | None = None
    among: Body | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One measured fact: a ``value`` (exact), an ``estimate`` (with its method) or ``unmeasured`` (with the reason).
    A value with a method was counted elsewhere than in the records themselves, and ``time`` says of when that is.

    ``of`` is the number of records looked at; ``source`` and ``time`` (ISO 8601, UTC) say whence and when. Never holds
    a record's value.
    """

    exactness: Literal["value", "estimate", "unmeasured"]
    count: int | None = None
    of: int | None = None
    method: str = ""
    reason: str = ""
    source: str = ""
    time: str = ""


def percent(share: float) -> str:
    """A share (0 to 1) as people read it: a tenth of a percent only below one percent; never 0 or 100 by rounding."""
    if 0 < share < 0.001:
        return "<0.1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{share:.1%}" if 0 < share < 0.01 else f"{share:.0%}"


class Measures(Protocol):
    """A provider that can count records."""

    def measure(self, questions: list[Question]) -> list[Evidence]:
        """Answer each question, in order; what cannot be answered is ``unmeasured`` with the reason."""
        ...
