"""What a policy requires of an attribute, and how a value falls short of it."""

import json
from typing import Any

from crmgov.check.patterns import Pattern
from crmgov.check.policy.chosen import entries, same
from crmgov.model.diagnostics import brief
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Require

_MOST_NAMED = 20
"""Values that are named of those that may be."""


class Required:
    """One ``require``, asked of many values."""

    def __init__(self, require: Require, *, secret: bool = False) -> None:
        """``secret``: the value is not repeated. Raises PatternError."""
        self._ask = require
        self._secret = secret
        self._matches = Pattern(require.matches) if isinstance(require.matches, str) else None
        self._allowed = given(require.one_of, [])
        self._among = {(isinstance(one, bool), one) for one in self._allowed}
        self._most, self._least = given(require.at_most, None), given(require.at_least, None)
        choice = require.equals, require.one_of, require.matches, require.at_least
        self._needed = require.present is True or any(given(one, None) is not None for one in choice)

    def lacks(self, value: Any) -> str:
        """How a value falls short, to follow the attribute's name; empty where it does not."""
        ask = self._ask
        nothing = value is None or value in ("", [], {})
        if ask.present is False:
            return "" if nothing else "is stated and must not be"
        if nothing and self._needed:
            return "is missing"
        return self._compared(value) or self._counted(value)

    def too_much(self, value: Any) -> int | None:
        """How much there is of what may be at most so much; None where it is not too much, or not to be repeated."""
        size = len(value) if isinstance(value, list | dict) else value
        counts = isinstance(size, int) and not isinstance(size, bool) and not self._secret
        return size if counts and self._most is not None and size > self._most else None

    def _compared(self, value: Any) -> str:
        ask = self._ask
        parts = entries(value)
        if isinstance(ask.equals, str | int | float) and not all(same(part, ask.equals) for part in parts):
            return f"{self._told(value)} and must be {_shown(ask.equals)}"
        if self._allowed and not all(self._may_be(part) for part in parts):
            return f"{self._told(value)} and must be one of {_choice(self._allowed)}"
        if self._matches is not None and not all(self._matches.found_in(_text(part)) for part in parts):
            return f"{self._told(value)} and must match {brief(self._matches.text)}"
        return ""

    def _counted(self, value: Any) -> str:
        most, least = self._most, self._least
        if most is None and least is None:
            return ""
        entered = isinstance(value, list | dict) or value is None
        if not entered and (isinstance(value, bool) or not isinstance(value, int | float)):
            return f"{self._told(value)} and must be a number"
        size = len(value or ()) if entered else value
        told = f"has {size:,} {'entry' if size == 1 else 'entries'}" if entered else self._told(value)
        if most is not None and value is not None and size > most:
            return f"{told} and may {'have' if entered else 'be'} at most {_number(most)}"
        if least is not None and size < least:
            return f"{told} and must {'have' if entered else 'be'} at least {_number(least)}"
        return ""

    def _may_be(self, part: Any) -> bool:
        return not isinstance(part, list | dict) and (isinstance(part, bool), part) in self._among

    def _told(self, value: Any) -> str:
        return "has a value that is not shown" if self._secret else f"is {_shown(value)}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _shown(value: Any) -> str:
    return brief(_text(value), 60) if not isinstance(value, list) else brief(", ".join(map(_text, value)), 60)


def _choice(values: list[Any]) -> str:
    """Values to choose from, as many as anybody reads."""
    named = ", ".join(_shown(one) for one in values[:_MOST_NAMED])
    more = len(values) - _MOST_NAMED
    return f"{named} and {more:,} more" if more > 0 else named


def _number(limit: float) -> str:
    return f"{int(limit):,}" if limit == int(limit) else f"{limit:,}"
