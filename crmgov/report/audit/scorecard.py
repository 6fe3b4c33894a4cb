"""The figures that people follow over months, as lines."""

from collections.abc import Sequence

from crmgov.model.audits import AuditDocument, Kpi
from crmgov.report.audit import words
from crmgov.report.audit.look import Look
from crmgov.report.audit.table import cut
from crmgov.report.text import clean

LINES = 12
"""Figures on the first screen."""
_BESIDE = ("useful fields", "new", "kept up")
"""What is told only when all is asked for: the verdicts say it, or nobody acts on it."""


def block(audit: AuditDocument, look: Look) -> list[str]:
    """A line for each figure, with how it moved and how far it can be trusted."""
    shown = list(audit.scorecard) if look.full else first(audit.scorecard)
    if not shown:
        return []
    names = [name_of(one) for one in shown]
    width = min(max(34, *map(len, names)), max(34, look.columns - 40))
    lines = [f"{'SCORECARD':<{width}} {'NOW':>9} {'MOVED':>9} {'TRUST':>6}"]
    for name, one in zip(names, shown, strict=True):
        trust = words.percent(one.trust) if one.known else ""
        cells = f"{cut(name, width):<{width}} {now(one):>9} {moved(one):>9} {trust:>6}"
        lines.append(cut(f"{cells}  {clean(one.reason)}".rstrip(), 10_000 if look.full else look.columns))
    left = sum(one.known for one in audit.scorecard) - sum(one.known for one in shown)
    return [*lines, *([f"{left:,} more (--full)"] if left else []), ""]


def first(scorecard: Sequence[Kpi]) -> list[Kpi]:
    """What the first screen and other short forms show: how records end and what people do, then golden records that
    lack something, the emptiest first; only what is known.
    """
    known = [one for one in scorecard if one.known and one.name not in _BESIDE]
    golden = [one for one in known if one.name == "golden record"]
    rest = [one for one in known if one not in golden]
    lacking = sorted((one for one in golden if round((one.share or 0) * 100) < 100), key=lambda one: one.share or 0)
    return [*rest, *lacking][:LINES]


def name_of(one: Kpi) -> str:
    """A figure as people call it."""
    return clean(f"{one.object}: {one.name}" if one.object else one.name)


def now(one: Kpi) -> str:
    """What it is: a share in percent, or days."""
    if one.days is not None:
        return f"{one.days:,.1f} d" if one.days < 10 else f"{one.days:,.0f} d"
    return "-" if one.share is None else words.percent(one.share)


def moved(one: Kpi) -> str:
    """By how many points or days it moved since the audit that is compared with."""
    if one.days is not None and one.days_before is not None:
        days = round(one.days - one.days_before, 1)
        return f"{days:+.1f} d" if days else "0"
    if one.share is not None and one.before is not None:
        points = round((one.share - one.before) * 100)
        return f"{points:+d}" if points else "0"
    return ""
