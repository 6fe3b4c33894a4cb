"""Which figures go into one statement: all that one pass can answer within memory and the engines' limits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from crmgov.model.figures import Figure

GROUP = 800
"""Figures in one statement, each beside the count of its scope; PostgreSQL allows 1,664 columns, SQLite 2,000."""
COLUMNAR_GROUP = 24
"""The same for engines that read single columns, so that another statement reads other columns: 650 figures in groups
of 24 took DuckDB 14.0 s and 307 MiB, in groups of 100 17.7 s and 400 MiB, and all at once several times both (2 million
records of 120 columns, Parquet)."""
DISTINCT_GROUP = 12
"""Columns whose values are told apart in one statement: all at once took six times as long, or all memory (2 million
records of 120 columns, DuckDB)."""
Via = tuple[tuple[str, str], ...]
"""Lookups, each with the object it points at."""


class Statement(NamedTuple):
    """Figures asked together: in one row, parted by another field's values, or value by value."""

    form: Literal["row", "parted", "values"]
    figures: tuple[Figure, ...]
    via: Via = ()
    """The lookups over which they go."""


def statements(figures: Iterable[Figure], *, estimates: bool, width: int) -> list[Statement]:
    """The statements for an object's figures, at most ``width`` in one, those of a field together. ``estimates``:
    whether the engine can estimate distinct values.
    """
    by_via: dict[Via, list[Figure]] = defaultdict(list)
    for figure in sorted(dict.fromkeys(figures), key=lambda figure: figure.field):
        by_via[figure.via].append(figure)
    return [one for via, found in by_via.items() for one in _along(via, found, estimates=estimates, width=width)]


def _along(via: Via, figures: Sequence[Figure], *, estimates: bool, width: int) -> list[Statement]:
    row: dict[bool, list[Figure]] = {True: [], False: []}
    parted: dict[tuple[str, bytes, bool], list[Figure]] = defaultdict(list)
    valued: list[Figure] = []
    for figure in figures:
        heavy = figure.metric == "distinct" and (figure.exact or not estimates)
        if figure.metric in ("values", "repeated"):
            valued.append(figure)
        elif figure.by:
            parted[figure.by, figure.where, heavy].append(figure)
        else:
            row[heavy].append(figure)
    return [
        *(
            Statement("row", group, via)
            for heavy in row
            for group in _groups(row[heavy], DISTINCT_GROUP if heavy else width)
        ),
        *(
            Statement("parted", group, via)
            for key, found in parted.items()
            for group in _groups(found, DISTINCT_GROUP if key[2] else width)
        ),
        *(Statement("values", group, via) for group in _groups(valued, DISTINCT_GROUP)),
    ]


def _groups(figures: Sequence[Figure], size: int) -> Iterator[tuple[Figure, ...]]:
    return (tuple(figures[start : start + size]) for start in range(0, len(figures), size))
