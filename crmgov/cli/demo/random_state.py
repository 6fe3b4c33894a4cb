"""Chance with a fixed state, and what all invented records share."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from crmgov.cli.demo.words import COUNTRIES, FIRST_NAMES, LAST_NAMES, PHONE_DIGITS, PLACES, POSTAL_CODES, TRADES

Value = str | int | float | bool | None | tuple[float, float] | list[str]
Row = dict[str, Value]
"""One record: logical values by field. Lookups and users are the numbers of records, a date is its ISO text, a
geolocation (latitude, longitude), a multi-picklist a list of names."""

T = TypeVar("T")
TODAY = date(2026, 11, 2)
"""The day on which the invented records were counted."""

_SIZES = {"1-49": 30, "50-249": 34, "250-999": 22, "1000-4999": 10, "5000+": 4}
_REACH = {"Nordics": 10, "DACH": 8, "UK and Ireland": 6, "Benelux": 4, "Southern Europe": 4, "Americas": 3,
          "Asia Pacific": 1}  # fmt: skip


class Chance:
    """A source of chance whose answers are the same every time."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)  # noqa: S311 - invented data, no secret
        self._countries = list(COUNTRIES)
        self._reach = [_REACH[COUNTRIES[name][2]] for name in self._countries]

    def one(self, options: Sequence[T]) -> T:
        """Any of them."""
        return options[self._random.randrange(len(options))]

    def weighted(self, weights: Mapping[str, float]) -> str:
        """One of the names, as often as its weight says."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def some(self, options: Sequence[str], most: int) -> list[str]:
        """One to ``most`` of them, each once."""
        return self._random.sample(list(options), self._random.randint(1, most))

    def happens(self, share: float) -> bool:
        """True in this share of cases."""
        return self._random.random() < share

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(low, high)

    def around(self, middle: float, spread: float, step: float = 1) -> float:
        """A positive figure, mostly near the middle, with a long tail upwards; a multiple of ``step``."""
        return round(max(step, round(middle * self._random.lognormvariate(0, spread) / step) * step), 2)

    def day(self, first: date, last: date) -> str:
        """A day in a span, both ends included, as ISO text."""
        return (first + timedelta(days=self._random.randint(0, max(0, (last - first).days)))).isoformat()

    def ago(self, least: int, most: int) -> str:
        """A day that lies this many days back."""
        return self.day(TODAY - timedelta(days=most), TODAY - timedelta(days=least))

    def moment(self, day: str) -> str:
        """A time of the working day."""
        return f"{day} {self._random.randint(7, 17):02}:{self._random.randint(0, 59):02}:00"

    def country(self) -> str:
        """Where a company sits; most are near."""
        return self._random.choices(self._countries, self._reach)[0]

    def size(self) -> str:
        """A head count band."""
        return self.weighted(_SIZES)

    def industry(self) -> str:
        """A line of business."""
        return self.one(list(TRADES))

    def company(self, industry: str, country: str) -> str:
        """The name of a company that does not exist."""
        places = " ".join(self._random.sample(PLACES, 1 + self.happens(0.45)))
        return f"{places} {self.one(TRADES[industry])} {COUNTRIES[country][0]}"

    def person(self) -> tuple[str, str]:
        """First and last name of nobody in particular."""
        return self.one(FIRST_NAMES), self.one(LAST_NAMES)

    def phone(self, country: str) -> str:
        """A telephone number that reaches nobody."""
        digits = f"555{self._random.randint(0, 999_999):06}"
        count = PHONE_DIGITS.get(country, len(digits))
        return COUNTRIES[country][1] + (digits if count <= len(digits) else f"{digits[:3]}0{digits[3:]}")[:count]

    def postal_code(self, country: str) -> str:
        """A postal code in the form of a country."""
        digits = iter(f"{self._random.randint(1000, 99_999)}0000")
        return "".join(next(digits) if sign == "#" else sign for sign in POSTAL_CODES[country])

    def thin(self, row: Row, shares: Mapping[str, float]) -> Row:
        """The record with some values left blank: each named field is filled in its share of cases."""
        for field, share in shares.items():
            if not self.happens(share):
                row[field] = None
        return row


def domain(company: str) -> str:
    """The internet domain of an invented company; ``.example`` belongs to nobody."""
    return "".join(letter for letter in company.lower() if letter.isalnum()) + ".example"


def region(country: str) -> str:
    """The sales territory a country lies in."""
    return COUNTRIES[country][2]
