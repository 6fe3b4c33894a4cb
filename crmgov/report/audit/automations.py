"""Automations and routing rules with the records they pass by, for the terminal."""

from collections import Counter

from crmgov.model.audits import AuditDocument, AutomationFigures, SegmentFigures
from crmgov.model.evidence import percent
from crmgov.report.audit.look import Look
from crmgov.report.audit.table import Column, table
from crmgov.report.text import clean, count

_BASES = 4
"""Sorts of records looked at that are named."""
_TELLING, _MORE = 5, 1.5
"""Records that would be astray in a segment if it were like all, and how many times as many stand out."""
ROWS = 10
"""Automations on the first screen."""


def ranked(audit: AuditDocument) -> list[AutomationFigures]:
    """The one that passes most records by first; what could not be counted last."""
    return sorted(audit.automations, key=lambda one: (-(one.skipped or 0), one.skipped is None, one.address))


def block(audit: AuditDocument, look: Look) -> list[str]:
    """A table of its own; nothing where no automation was looked at. On the first screen, those that pass any by."""
    every = ranked(audit)
    chosen = every if look.full else [one for one in every if one.skipped or one.skipped is None][:ROWS]
    if not chosen:
        return []
    columns = [
        Column(head="AUTOMATION", least=16), Column(head="IN SCOPE", right=True), Column(head="FIRES", right=True),
        Column(head="SKIPPED OR MISROUTED", least=20),
    ]  # fmt: skip
    rows = [[clean(one.label), number(one.in_scope), number(one.fires), astray(one)] for one in chosen]
    lines = table(columns, rows, look.columns)
    if len(chosen) < len(every):
        lines.append(f"{len(every) - len(chosen):,} more without anything passed by (--full)")
    bases = Counter(one.base for one in chosen if one.base)
    lines += [f"{count(times, 'automation')}: {clean(base)}" for base, times in bases.most_common(_BASES)]
    return [*lines, ""]


def number(figure: int | None) -> str:
    """A count, or a dash where it is not known."""
    return "-" if figure is None else f"{figure:,}"


def astray(one: AutomationFigures) -> str:
    """How many are passed by, as a share, and why; or why that is not known."""
    if one.skipped is None:
        return clean("; ".join(one.not_known)) or "not counted"
    share = f" ({percent(one.skipped / one.in_scope)})" if one.in_scope else ""
    why = f": {clean('; '.join(one.reasons))}" if one.reasons and one.skipped else ""
    worst = f"; {where}" if (where := mostly(one)) else ""
    return f"{one.skipped:,}{share}{why}{worst}"


def mostly(one: AutomationFigures) -> str:
    """The segment that stands out, in words: at least half as much again as all, over enough records to be no chance.

    Empty where none does.
    """
    whole = (one.skipped or 0) / one.in_scope if one.in_scope else 0.0
    telling = [part for part in one.segments if part.in_scope * whole >= _TELLING and part.share >= _MORE * whole]
    worst = max(telling, key=lambda part: part.skipped - part.in_scope * whole, default=None)
    return "" if worst is None else f"{segment(worst)} {worst.share:.0%}"


def segment(part: SegmentFigures) -> str:
    """A segment as people call it: ``LeadSource Webinar``."""
    return clean(f"{part.by} {part.value}" if part.value else f"{part.by} not configured or blank")
