"""Which file holds which object, and which column which field: names compared without case, plural and decoration.

A name that fits several is told, never guessed.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

Names = Mapping[str, Sequence[str]]
"""By object, or by field: what else it is called (a CRM's own name, a label), the surest first."""

_AFTER = re.compile(
    r"(?:[-_ .]*(?:\d{4}[-_.]?\d{2}[-_.]?\d{2}(?:[-_T ]?\d{2}[-_:]?\d{2}(?:[-_:]?\d{2})?Z?)?|part[-_ ]?\d+|\(\d+\)|\d+"
    r"|c?copy)|[-_ .]+(?:export|extract|data|records|full|all|backup|sample|report))$",
    re.IGNORECASE,
)
"""What exports put behind a name: a date and time, the number of a part, a word."""
_BEFORE = re.compile(r"^(?:\d+|sample|export|extract|all|full|backup|data|copy of|salesforce|sf|hubspot|zoho)[-_ .]+",
                     re.IGNORECASE)  # fmt: skip
"""What stands before it."""


class Columns(NamedTuple):
    """Which column holds which field. ``strange`` are no field, ``ambiguous`` names what fits several, and those."""

    found: Mapping[str, str]
    strange: list[str]
    ambiguous: list[tuple[str, list[str]]]


def singular(name: str) -> str:
    """A name without case and without its plural ending."""
    name = name.casefold()
    if name.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    if name.endswith(("sses", "xes", "ches", "shes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def objects_of(stem: str, objects: Iterable[str], others: Names | None = None) -> list[str]:
    """The objects whose records a file of this name may hold: none, one, or several that fit equally."""
    own: Names = {name: [name] for name in objects}
    for name in _undecorated(stem.strip()):
        for known in (own, {one: (others or {}).get(one, ()) for one in own}):
            for rank in (str.casefold, _key, lambda text: singular(_bare(text))):
                found = [one for one, called in known.items() if rank(name) in map(rank, called)]
                if found:
                    return found
    return []


def _undecorated(stem: str) -> Iterable[str]:
    """A name, and what is left of it when decorations are taken off one after another."""
    tried: dict[str, None] = {}
    ahead = [stem]
    while ahead:
        name = ahead.pop(0)
        if name and name not in tried:
            tried[name] = None
            yield name
            ahead += [_AFTER.sub("", name), _BEFORE.sub("", name)]


def columns_of(columns: Sequence[str], fields: Iterable[str], others: Names | None = None) -> Columns:
    """Field to column: by the field's own name first, then by its other names in their order."""
    called = {field: [field, *((others or {}).get(field, ()))] for field in fields}
    depth = max((len(names) for names in called.values()), default=0)
    claims: dict[str, list[tuple[int, str]]] = {}
    ambiguous: list[tuple[str, list[str]]] = []
    strange: list[str] = []
    ranks = [_by(called, rank, key) for rank in range(depth) for key in _KEYS]
    for column in columns:
        names = column.strip()
        rank, found = next(
            ((at, table[key]) for at, table in enumerate(ranks) if (key := _KEYS[at % 2](names)) in table), (0, [])
        )
        if len(found) == 1:
            claims.setdefault(found[0], []).append((rank, column))
        elif found:
            ambiguous.append((column, sorted(found)))
        else:
            strange.append(column)
    taken: dict[str, str] = {}
    for field, claimed in claims.items():
        best = min(rank for rank, _ in claimed)
        surest = [column for rank, column in claimed if rank == best]
        if len(surest) == 1:
            taken[field] = surest[0]
        else:
            ambiguous.append((field, surest))
        strange += [column for rank, column in claimed if rank != best]
    return Columns(taken, strange, ambiguous)


def _by(called: Mapping[str, Sequence[str]], rank: int, key: Callable[[str], str]) -> dict[str, list[str]]:
    """Fields by their name of this rank."""
    found: dict[str, list[str]] = {}
    for field, names in called.items():
        if rank < len(names):
            found.setdefault(key(names[rank]), []).append(field)
    return found


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.strip().casefold())


def _bare(name: str) -> str:
    """A key without the ending of what customers made in Salesforce."""
    return _key(re.sub(r"__c$", "", name.strip().casefold()))


_KEYS: tuple[Callable[[str], str], ...] = (str.casefold, _key)
