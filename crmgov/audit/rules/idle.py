"""Open records with which nobody has done anything for long (governance rules 26 and 48)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import before, blank, days_ago, every
from crmgov.audit.process.dates import activity
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"DEALS002": (26, 48)}


class _Open(NamedTuple):
    """An object's open records, and the field that says when somebody last touched one."""

    parent: str
    where: Body
    field: str
    kept: bool
    """Whether the field is of activity; else it is of any change."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Open records, those not touched for long, and those with no such day at all."""
    for one in _open(scene):
        yield from ((one.parent, figure) for figure in _figures(scene, one))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - dates decide
    """One for each object with such records."""
    for one in _open(scene):
        whole, idle, never = (counted(scene, one.parent, figure) for figure in _figures(scene, one))
        if not idle:
            continue
        text = share(idle, whole, f"open {one.parent} records")
        what = "without activity" if one.kept else "without any change"
        message = f"{text} have been {what} for more than {scene.settings.idle_days} days, by {one.field}"
        told = (text, *((f"{never:,} more have no {one.field}",) if never else ()))
        yield scene.config.finding("DEALS002", message, stages.ways_of(scene, one.parent)[0].address, evidence=told)


def _open(scene: AuditScene) -> Iterator[_Open]:
    """Objects whose open records are sold or qualified: those that can be won, lost or converted."""
    for parent in stages.staged(scene):
        open_, ends = stages.opened(scene, parent), set(stages.outcomes(scene, parent).values())
        kept = activity(scene, parent)
        field = kept or scene.holdings[parent].modified
        if open_ and field and ends & {"won", "converted"}:
            yield _Open(parent, open_, field, bool(kept))


def _figures(scene: AuditScene, one: _Open) -> tuple[Figure, Figure, Figure]:
    idle = every(one.where, before(one.field, days_ago(scene.today, scene.settings.idle_days)))
    wanted = (one.where, idle, every(one.where, blank(one.field)))
    first, second, third = (Figure(metric="records", where=scope(criteria)) for criteria in wanted)
    return first, second, third
