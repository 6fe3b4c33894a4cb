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
_WHEN = frozenset(("date", "datetime", "on", "at", "time", "day"))
"""Words that may follow it: with another one, as in ``ReturnCallOn``, the date is of something else."""
_DAYS = 30
"""Days that are compared with the three times as many before them."""
_LEAST = 10
"""Cases below which their number is chance."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records by the date of a return: lately, and before."""
    for parent, field in _dated(scene):
        yield from ((parent, figure) for figure in _figures(scene, field))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:
    """One for each such date that is at least twice as frequent as before. Where there was none before, the field must
    be known to have been there.
    """
    settled = {one.facts.address for one in fields if one.facts.age is not None and one.facts.age.settled(4 * _DAYS)}
    for parent, field in _dated(scene):
        lately, earlier = (counted(scene, parent, figure) for figure in _figures(scene, field))
        if not earlier and scene.field(parent, field) not in settled:
            continue
        if lately >= _LEAST and lately * 3 >= earlier * 2:
            usual = f"{earlier / 3:,.1f}".removesuffix(".0")
            text = f"{lately:,} {parent} records have a {field} in the last {_DAYS} days"
            message = f"{text}; in the {3 * _DAYS} days before there were {earlier:,}, or {usual} in {_DAYS}"
            yield scene.config.finding("RETURNS001", message, scene.field(parent, field), evidence=(text,))


def _dated(scene: AuditScene) -> Iterator[tuple[str, str]]:
    for parent, held in scene.holdings.items():
        for name, kind in held.kinds.items():
            said = words(name)
            if kind == "time" and any(
                _LEAVES.fullmatch(word) and _WHEN.issuperset(said[at + 1 :]) for at, word in enumerate(said)
            ):
                yield parent, name


def _figures(scene: AuditScene, field: str) -> tuple[Figure, Figure]:
    first, middle = (days_ago(scene.today, days) for days in (4 * _DAYS, _DAYS))
    lately = _between(field, middle, scene.today + timedelta(days=1))
    return Figure(metric="records", where=lately), Figure(metric="records", where=_between(field, first, middle))


def _between(field: str, first: date, end: date) -> bytes:
    early: Body = {"not": before(field, first)}
    return scope(every(present(field), early, before(field, end)))
