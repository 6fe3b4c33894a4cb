"""Limits of the databases, checked on desired state before anything is planned."""

import re
from collections import Counter

from crmgov.model.address import parse
from crmgov.model.canonical import decode
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.snapshot import Snapshot
from crmgov.providers.sql import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.providers.sql.names import DialectName, Names
from crmgov.providers.sql.storage import Configuration

COLUMNS: dict[DialectName, tuple[int, str]] = {
    "sqlite": (2000, "sqlite.org/limits.html: SQLITE_MAX_COLUMN"),
    "postgresql": (1600, "PostgreSQL manual, appendix K: columns per table"),
}
LENGTH = (10_485_760, "PostgreSQL manual, 8.3 character types: the longest varchar(n)")
PRECISION = (1000, "PostgreSQL manual, 8.1.2 numeric: the largest declared precision")
_SIZED = re.compile(rb'"(?:length|precision|scale)"')
_MOST_COLUMNS = 2
"""The most columns one field takes: a place has two."""


def limits(snapshot: Snapshot, names: Names) -> list[Diagnostic]:
    """Every limit that normalised desired state breaks."""
    fields: list[str] = []
    found: list[Diagnostic] = []
    for text, data in snapshot.bodies.items():
        if text.startswith("Field/"):
            fields.append(text)
            if b'"scale"' in data or (names.dialect == "postgresql" and _SIZED.search(data)):
                found.extend(_sizes(text, decode(data), snapshot, names))
            if b'"type"' not in data:
                message = f"{text}: it has no type, so it can be changed where it exists but not made"
                found.append(of("SQL012", message, address=text, at=snapshot.places.get(text)))
    limit, source = COLUMNS[names.dialect]
    owners = Counter(text[: text.find(".")] for text in fields)
    crowded = {owner for owner, count in owners.items() if count * _MOST_COLUMNS >= limit}
    texts = [text for text in fields if text[: text.find(".")] in crowded] if crowded else []
    for parent, count in _columns(texts, snapshot, names).items():
        if count >= limit:  # the key is a column too
            address = f"Object/{parent}"
            message = f"{parent} would have {count + 1:,} columns; {names.dialect} holds {limit:,} ({source})"
            found.append(of("SQL008", message, address=address, at=snapshot.places.get(address)))
    return found


def _columns(crowded: list[str], snapshot: Snapshot, names: Names) -> Counter[str]:
    """Columns of the tables that may have too many."""
    configuration = Configuration(names, {})
    columns: Counter[str] = Counter()
    for text in crowded:
        at = parse(text)
        columns[at.parent or ""] += len(configuration.storage(at.parent or "", at.name, snapshot.body(text)).columns)
    return columns


def _sizes(text: str, body: dict[str, object], snapshot: Snapshot, names: Names) -> list[Diagnostic]:
    faults = []
    length, precision, scale = (body.get(name) for name in ("length", "precision", "scale"))
    if names.dialect == "postgresql":
        if isinstance(length, int) and length > LENGTH[0]:
            faults.append(f"length {length:,} is over {LENGTH[0]:,} ({LENGTH[1]})")
        if isinstance(precision, int) and precision > PRECISION[0]:
            faults.append(f"precision {precision:,} is over {PRECISION[0]:,} ({PRECISION[1]})")
    if isinstance(precision, int) and isinstance(scale, int) and scale > precision:
        faults.append(f"scale {scale} is over precision {precision}: no digit is left before the point")
    return [
        of("SQL008", f"{parse(text).resource}: {fault}", address=text, at=snapshot.places.get(text)) for fault in faults
    ]
