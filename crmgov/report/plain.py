"""Values and names as people read them, safe to print whatever they hold."""

from collections.abc import Sequence

from msgspec import UNSET

from crmgov.model.flat import PRESENT
from crmgov.report.text import clean

WIDTH = 60
"""Longest value shown in one line."""
_LONG = 40
"""Length from which of two texts only what differs is shown."""
_CONTEXT = 3
"""Words shown on both sides of a difference within a long text."""


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
    if isinstance(before, str) and isinstance(after, str) and _long_words(before, after):
        return " -> ".join(_around(clean(before), clean(after)))
    was, becomes = value(before), value(after)
    if was == becomes:
        same = _alike(before, after) if isinstance(before, str) and isinstance(after, str) else 0
        was, becomes = _exactly(before, same), _exactly(after, same)
    return f"{was} -> {becomes}"


def _long_words(*texts: str) -> bool:
    """Whether texts are long, and made of words that can be read one by one."""
    return max(map(len, texts)) > _LONG and all(max(map(len, text.split(" "))) <= WIDTH for text in texts)


def _around(before: str, after: str) -> tuple[str, str]:
    """Two long texts cut to where they differ, with a few words on both sides."""
    old, new = before.split(" "), after.split(" ")
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    begin = max(0, start - _CONTEXT)
    return _excerpt(old, begin, len(old) - end), _excerpt(new, begin, len(new) - end)


def _excerpt(words: list[str], begin: int, end: int) -> str:
    stop = min(len(words), end + _CONTEXT)
    text = shorten(" ".join(words[begin:stop]), 2 * WIDTH)
    return f'"{"... " if begin else ""}{text}{" ..." if stop < len(words) else ""}"'


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _exactly(given: object, same: int) -> str:
    """A value written so that texts and numbers can be told apart, and texts alike up to a place from there on."""
    if isinstance(given, dict | list):
        return value(given, 2000)
    if not isinstance(given, str):
        return value(given)
    first = max(0, same - WIDTH // 3) if len(given) > WIDTH else 0
    lead = "..." if first else ""
    return f'{lead}"{shorten(clean(given[first : first + 2 * WIDTH]), WIDTH)}"'


def shorten(text: str, width: int) -> str:
    """Text cut to a width, with an ellipsis where something is missing."""
    return text if len(text) <= width else text[: width - 3] + "..."


def number(count: int) -> str:
    """A count with thousands marked."""
    return f"{count:,}"


def listing(items: Sequence[str], most: int = 4) -> str:
    """The first few of a list, and how many more there are."""
    shown = ", ".join(shorten(clean(item), WIDTH) for item in items[:most])
    return shown if len(items) <= most else f"{shown} and {len(items) - most:,} more"
