"""The figures behind the pictures of an audit's page: how full fields are, by record type, and how they moved."""

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from crmgov.model.audits import VERDICTS, AuditDocument, FieldVerdict, Kpi
from crmgov.report.audit import scorecard

HEAT_ROWS = 30
"""Fields of one object in a heat map: those that differ most between record types."""
MOVED = 20
"""Fields listed as moved since the earlier audit."""
_POINT = 0.01
"""A move smaller than this is none."""


class Bar(msgspec.Struct, frozen=True):
    """Some fields that are about as full: ``parts`` count them by verdict."""

    label: str
    count: int
    parts: list[tuple[str, int]]


class Heat(msgspec.Struct, frozen=True):
    """One object's fields (rows) by record type (columns): shares from 0 to 1. ``left``: fields that are not listed."""

    object: str
    record_types: list[tuple[str, int]]
    rows: list[tuple[str, list[float | None]]]
    left: int


class Moved(msgspec.Struct, frozen=True):
    """A field whose share changed: by how many points, with all its shares, the oldest first."""

    name: str
    points: int
    shares: list[float]


def fullness(fields: Sequence[FieldVerdict]) -> list[Bar]:
    """Fields by how full they are: empty, in tenths, full, and those nobody counted."""
    groups: dict[str, Counter[str]] = {label: Counter() for label in _labels()}
    for field in fields:
        groups[_label(field.share)][field.verdict] += 1
    return [
        Bar(label, found.total(), [(one, found[one]) for one in VERDICTS if found[one]])
        for label, found in groups.items()
        if found or label != "not counted"
    ]


def _labels() -> Iterator[str]:
    yield "empty"
    yield from (f"{start}-{start + 10}%" for start in range(0, 100, 10))
    yield "full"
    yield "not counted"


def _label(share: float | None) -> str:
    if share is None:
        return "not counted"
    if share == 0 or share >= 1:
        return "full" if share else "empty"
    start = int(share * 10) * 10
    return f"{start}-{start + 10}%"


def heats(audit: AuditDocument) -> list[Heat]:
    """A heat map for each object of which figures by record type exist."""
    by_object: dict[str, list[FieldVerdict]] = {}
    for field in audit.verdicts:
        if field.evidence.record_types:
            by_object.setdefault(field.object, []).append(field)
    found = []
    for name, fields in by_object.items():
        types = [(share.record_type, share.records) for share in fields[0].evidence.record_types]
        rows = sorted(((field.name, _shares(field, types)) for field in fields), key=_spread)
        found.append(Heat(name, types, rows[:HEAT_ROWS], max(0, len(rows) - HEAT_ROWS)))
    return found


def _shares(field: FieldVerdict, types: Sequence[tuple[str, int]]) -> list[float | None]:
    own = {share.record_type: share for share in field.evidence.record_types}
    return [
        None if (share := own.get(name)) is None or not share.records else share.filled / share.records
        for name, _ in types
    ]


def _spread(row: tuple[str, list[float | None]]) -> tuple[float, str]:
    """The row whose record types differ most first."""
    known = [share for share in row[1] if share is not None]
    return -(max(known) - min(known)) if known else 1.0, row[0]


def moved(audit: AuditDocument) -> list[Moved]:
    """Fields whose share changed since the audit before, the greatest change first."""
    found = []
    for field in audit.verdicts:
        shares = [past.filled for past in field.past if past.filled is not None]
        if field.share is not None and shares and abs(field.share - shares[-1]) >= _POINT:
            points = round((field.share - shares[-1]) * 100)
            found.append(Moved(f"{field.object}.{field.name}", points, [*shares, field.share]))
    return sorted(found, key=lambda one: (-abs(one.points), one.name))[:MOVED]


class Measure(msgspec.Struct, frozen=True):
    """A figure of the scorecard: as people call it, what it is, how it moved, how far it can be trusted (0 to 1), and
    the line through all it was, if it was anything; ``words`` say that line.
    """

    name: str
    now: str
    moved: str
    trust: float
    points: str
    words: str


def measures(figures: Sequence[Kpi]) -> list[Measure]:
    """Figures of the scorecard that are known, as pictures of them are drawn."""
    return [_measure(one) for one in figures]


def _measure(one: Kpi) -> Measure:
    values = [past.days if one.days is not None else past.share for past in one.past]
    now = one.days if one.days is not None else one.share
    known = [value for value in (*values, now) if value is not None]
    most = max(1.0, *known) if one.days is not None else 1.0
    several = len(known) > 1
    return Measure(
        name=scorecard.name_of(one), now=scorecard.now(one), moved=scorecard.moved(one), trust=one.trust,
        points=line([value / most for value in known]) if several else "",
        words=f"{len(known)} audits" if several else "",
    )  # fmt: skip


def line(shares: Sequence[float], width: int = 96, height: int = 24) -> str:
    """The points of a line through shares, for an SVG polyline: 0 at the bottom, 1 at the top."""
    step = (width - 4) / max(1, len(shares) - 1)
    return " ".join(f"{2 + n * step:.1f},{height - 2 - share * (height - 4):.1f}" for n, share in enumerate(shares))
