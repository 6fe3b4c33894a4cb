"""The figures that people follow over months, as lines."""

from crmgov.model.audits import AuditDocument, Kpi
from crmgov.report.audit import words
from crmgov.report.audit.look import Look
from crmgov.report.text import clean

_FIRST = "golden record"
"""The figure that is shown unasked."""


def block(audit: AuditDocument, look: Look) -> list[str]:
    """A line for each figure, with what it was before and how far it can be trusted; only the first sort unless all
    are asked for.
    """
    shown = [one for one in audit.scorecard if look.full or (one.name == _FIRST and one.share is not None)]
    if not shown:
        return []
    return [f"{'SCORECARD':<34} {'NOW':>5} {'MOVED':>6} {'TRUST':>6}", *map(_line, shown), ""]


def _line(one: Kpi) -> str:
    name = clean(f"{one.object}: {one.name}" if one.object else one.name)
    if one.share is None:
        return f"{name:<34} {'-':>5} {'':>6} {'':>6}  {clean(one.reason)}"
    points = "" if one.before is None else f"{round((one.share - one.before) * 100):+d}"
    return f"{name:<34} {words.percent(one.share):>5} {points:>6} {words.percent(one.trust):>6}"
