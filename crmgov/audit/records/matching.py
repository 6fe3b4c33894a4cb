"""Which file holds which object, and which column which field: names compared without case, plural and decoration."""

import re
from collections.abc import Iterable, Mapping

_PART = re.compile(r"[-_ .]*(?:\d{4}[-_]?\d{2}[-_]?\d{2}|part[-_]?\d+|\d+|export|extract)$", re.IGNORECASE)
"""What exports append to a name: a date, the number of a part."""


def singular(name: str) -> str:
    """A name without case and without its plural ending."""
    name = name.casefold()
    if name.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    if name.endswith(("sses", "xes", "ches", "shes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def object_of(stem: str, objects: Iterable[str]) -> str | None:
    """The object whose records a file of this name holds; None where it fits none, or several equally."""
    known = list(objects)
    while stem:
        exact = [name for name in known if name.casefold() == stem.casefold()]
        found = exact or [name for name in known if singular(name) == singular(stem)]
        if len(found) == 1:
            return found[0]
        shorter = _PART.sub("", stem)
        if shorter == stem:
            return None
        stem = shorter
    return None


def columns_of(columns: Iterable[str], fields: Iterable[str]) -> tuple[Mapping[str, str], list[str]]:
    """Field to column, and the columns that are no field; a field matches without case, spaces and underscores."""
    by_key: dict[str, str] = {}
    for field in fields:
        by_key.setdefault(_key(field), field)
    found: dict[str, str] = {}
    strange: list[str] = []
    for column in columns:
        known = by_key.get(_key(column))
        if known is None or known in found:
            strange.append(column)
        else:
            found[known] = column
    return found, strange


def _key(name: str) -> str:
    return re.sub(r"[\s_]+", "", name.strip().casefold())
