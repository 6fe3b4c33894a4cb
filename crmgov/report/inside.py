"""What changed inside one value that is compared as a whole, such as a criterion."""

from collections.abc import Iterator

from crmgov.model.address import quote
from crmgov.model.canonical import encode
from crmgov.report.conditions import condition_changes, is_condition
from crmgov.report.plain import turn, value
from crmgov.report.text import clean

MOST = 6
"""Differences beyond which the two whole values say more."""
_LARGEST = 20_000
"""Bytes of a value beyond which nobody wants to read its differences, and finding them takes too long."""


def inside(text: str, before: object, after: object) -> list[str]:
    """One line for each difference inside a value; ``text`` is the route of the whole, as people read it.

    Empty where only the two whole values can be told: they are not both lists or both maps, differ in too many places,
    or are too large. Places in lists are counted from 1; in a criterion the comparison is named instead.
    """
    both_lists = isinstance(before, list) and isinstance(after, list)
    if not both_lists and not (isinstance(before, dict) and isinstance(after, dict)):
        return []
    if len(encode(before)) + len(encode(after)) > _LARGEST:
        return []
    if isinstance(before, dict) and isinstance(after, dict) and is_condition(before) and is_condition(after):
        lines = condition_changes(text, before, after)
    else:
        lines = list(_lines(text, before, after))
    return lines if len(lines) <= MOST else []


def _lines(text: str, before: object, after: object) -> Iterator[str]:
    from deepdiff import DeepDiff

    found = DeepDiff(before, after, view="tree", verbose_level=2)
    for sort, differences in found.items():
        for difference in differences:
            path = difference.path(output_format="list")
            if sort in ("iterable_item_added", "dictionary_item_added"):
                yield _one(text, path, "+", difference.t2)
            elif sort in ("iterable_item_removed", "dictionary_item_removed"):
                yield _one(text, path, "-", difference.t1)
            else:
                yield f"{_place(text, path)}: {turn(difference.t1, difference.t2)}"


def _one(text: str, path: list[str | int], sign: str, given: object) -> str:
    """Something that came or went: in a list its place is told by the list, in a map by its name."""
    if isinstance(path[-1], int):
        return f"{_place(text, path[:-1])}: {sign} {value(given)}"
    return f"{_place(text, path)}: {sign} {value(given)}"


def _place(text: str, path: list[str | int]) -> str:
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{clean(quote(step))}"
    return text
