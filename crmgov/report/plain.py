"""Values and names as people read them, safe to print whatever they hold."""

from collections.abc import Sequence

from msgspec import UNSET

from crmgov.model.flat import PRESENT
from crmgov.report.text import clean

WIDTH = 60
"""Longest value shown in one line."""


def value(given: object, width: int = WIDTH) -> str:
    """A configuration value in domain words: yes and no, lists by their entries, nothing as ``-``."""
    if given is UNSET or given is None or given == "":
        return "-"
    if given is True:
        return "yes"
    if given is False:
        return "no"
    if given == PRESENT:
        return "there"
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    if isinstance(given, list):
        return shorten(", ".join(value(item, width) for item in given), width)
    if isinstance(given, dict):
        return shorten(", ".join(f"{clean(str(key))}: {value(item, width)}" for key, item in given.items()), width)
    return shorten(clean(str(given)), width)


def turn(before: object, after: object) -> str:
    """What a value was and what it becomes: ``no -> yes``."""
    was, becomes = value(before), value(after)
    if was == becomes:
        was, becomes = _exactly(before), _exactly(after)
    return f"{was} -> {becomes}"


def _exactly(given: object) -> str:
    """A value written so that texts and numbers, and what is cut off otherwise, can be told apart."""
    if isinstance(given, dict | list):
        return value(given, 2000)
    return f'"{clean(given)}"' if isinstance(given, str) else value(given)


def shorten(text: str, width: int) -> str:
    """Text cut to a width, with an ellipsis where something is missing."""
    return text if len(text) <= width else text[: width - 3] + "..."


def number(count: int) -> str:
    """A count with thousands marked."""
    return f"{count:,}"


def listing(items: Sequence[str], most: int = 4) -> str:
    """The first few of a list, and how many more there are."""
    shown = ", ".join(clean(item) for item in items[:most])
    return shown if len(items) <= most else f"{shown} and {len(items) - most:,} more"
