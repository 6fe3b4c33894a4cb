"""Returns and cancellations that come much more often than before (governance rule 34)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.criteria import before, days_ago, every, present
from crmgov.audit.process.words import counted
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.words import words
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"RETURNS001": (34,)}
_LEAVES = re.compile(
    r"return(?:s|ed)?|churn(?:s|ed)?|cancel(?:led|ed|lation)?|terminated|refund(?:s|ed)?", re.IGNORECASE
)
_DAYS = 30
"""Days that are compared with the three times as many before them."""
_LEAST = 10
"""Cases below which their number is chance."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records by the date of a return: lately, and before."""
    for parent, field in _dated(scene):
        yield from ((parent, figure) for figure in _figures(scene, field))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - dates decide
    """One for each such date that is at least twice as frequent as before."""
    for parent, field in _dated(scene):
        lately, earlier = (counted(scene, parent, figure) for figure in _figures(scene, field))
        if lately >= _LEAST and lately * 3 >= earlier * 2:
            text = f"{lately:,} {parent} records have a {field} in the last {_DAYS} days"
            message = f"{text}; in the {3 * _DAYS} days before it were {earlier:,}, or {earlier / 3:,.0f} in {_DAYS}"
            yield scene.config.finding("RETURNS001", message, scene.field(parent, field), evidence=(text,))


def _dated(scene: AuditScene) -> Iterator[tuple[str, str]]:
    for parent, held in scene.holdings.items():
        for name, kind in held.kinds.items():
            if kind == "time" and any(_LEAVES.fullmatch(word) for word in words(name)):
                yield parent, name


def _figures(scene: AuditScene, field: str) -> tuple[Figure, Figure]:
    first, middle = (days_ago(scene.today, days) for days in (4 * _DAYS, _DAYS))
    lately = _between(field, middle, scene.today + timedelta(days=1))
    return Figure(metric="records", where=lately), Figure(metric="records", where=_between(field, first, middle))


def _between(field: str, first: date, end: date) -> bytes:
    early: Body = {"not": before(field, first)}
    return scope(every(present(field), early, before(field, end)))
