"""Equal sets of permissions, written once and named: an anchor at the first, its name at the others."""

from collections import Counter
from collections.abc import Iterator, Mapping

LEAST = 3
"""How often a set must occur to be named."""
SHORTEST = 40
"""Characters of a set that is worth a name."""
MOST = 400
"""Names used in one file; readers bound how much aliases may repeat."""

_LETTERS = {"create": "c", "read": "r", "update": "u", "delete": "d"}


def named_rows(rows: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each row with its text as it is written: ``&crud {create: true, ...}`` the first time, then ``*crud``."""
    counts = Counter(rows.values())
    names: dict[str, str] = {}
    left = MOST
    for row, text in rows.items():
        if text in names and left > 0:
            left -= 1
            yield row, f"*{names[text]}"
        elif text not in names and counts[text] >= LEAST and len(text) >= SHORTEST:
            names[text] = _name(text, set(names.values()))
            yield row, f"&{names[text]} {text}"
        else:
            yield row, text


def _name(text: str, taken: set[str]) -> str:
    """A name made of what the set grants: ``crud``, ``r_view_all``, ``nothing``."""
    granted = [pair.partition(":")[0] for pair in text.strip("{}").split(", ") if pair.endswith(": true")]
    letters = "".join(_LETTERS[right] for right in granted if right in _LETTERS)
    name = "_".join([letters, *(right for right in granted if right not in _LETTERS)]).strip("_") or "nothing"
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
