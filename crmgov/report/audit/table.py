"""Columns on a terminal: as wide as what stands in them, cut with an ellipsis where the terminal is narrower."""

from collections.abc import Callable, Sequence

import msgspec

from crmgov.report.text import width

ELLIPSIS = "…"
_GAP = "  "


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column. ``least`` is how narrow it may become; 0: it is never cut. ``right`` aligns it to the right."""

    head: str
    least: int = 0
    right: bool = False


Paint = Callable[[int, str, str], str]
"""Colours a cell that is already as wide as it will be: column, what it says, padded text."""


def cut(text: str, most: int) -> str:
    """A cleaned text on at most so many columns."""
    if width(text) <= most:
        return text
    kept = text
    while kept and width(kept) > most - 1:
        kept = kept[: min(len(kept) - 1, most)]
    return kept + ELLIPSIS if most > 0 else ""


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], most: int, paint: Paint = lambda _, __, text: text
) -> list[str]:
    """A head line and one line a row, none longer than ``most`` unless the columns that are never cut are."""
    wide = [max([width(column.head), *(width(row[n]) for row in rows)]) for n, column in enumerate(columns)]
    over = sum(wide) + len(_GAP) * (len(columns) - 1) - most
    while over > 0:
        spare = [(wide[n] - column.least, n) for n, column in enumerate(columns) if column.least]
        room, widest = max(spare, default=(0, 0))
        if room <= 0:
            break
        wide[widest] -= 1
        over -= 1
    head = _GAP.join(_padded(column.head, wide[n], right=column.right) for n, column in enumerate(columns))
    return [head.rstrip(), *(_line(columns, row, wide, paint) for row in rows)]


def fitting(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], told: Sequence[int], spare: Sequence[int], most: int
) -> list[int]:
    """Of the columns ``told``, those that fit side by side; while they do not, the first of ``spare`` goes."""
    kept, going = list(told), [n for n in spare if n in told]
    while going and _narrowest(columns, rows, kept) > most:
        kept.remove(going.pop(0))
    return kept


def _narrowest(columns: Sequence[Column], rows: Sequence[Sequence[str]], kept: Sequence[int]) -> int:
    wide = {n: max([width(columns[n].head), *(width(row[n]) for row in rows)]) for n in kept}
    return sum(min(wide[n], columns[n].least or wide[n]) for n in kept) + len(_GAP) * (len(kept) - 1)


def _line(columns: Sequence[Column], row: Sequence[str], wide: Sequence[int], paint: Paint) -> str:
    cells = [
        paint(n, row[n], _padded(cut(row[n], wide[n]), wide[n], right=column.right)) for n, column in enumerate(columns)
    ]
    return _GAP.join(cells).rstrip()


def _padded(text: str, most: int, *, right: bool) -> str:
    space = " " * (most - width(text))
    return space + text if right else text + space
