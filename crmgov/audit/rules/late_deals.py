"""Open deals that were to be closed in the past (governance rule 48)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import before, every
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.words import bare, key
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"DEALS001": (48,)}
_CLOSE = ("CloseDate", "ClosingDate", "ExpectedCloseDate", "ExpectedClose", "date_deadline")


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Open deals, and those whose day is over."""
    for parent, field, open_ in _deals(scene):
        yield from ((parent, figure) for figure in _figures(scene, field, open_))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - dates decide
    """One for each object with stages that can be won."""
    for parent, field, open_ in _deals(scene):
        whole, late = (counted(scene, parent, figure) for figure in _figures(scene, field, open_))
        if late:
            text = share(late, whole, f"open {parent} records")
            message = f"{text} have a {field} in the past: a forecast by that date is off by at least as much"
            yield scene.config.finding("DEALS001", message, scene.field(parent, field), evidence=(text,))


def _deals(scene: AuditScene) -> Iterator[tuple[str, str, Body]]:
    for parent in stages.staged(scene):
        open_ = stages.opened(scene, parent)
        known = {key(bare(name)): name for name, kind in scene.holdings[parent].kinds.items() if kind == "time"}
        field = next((known[key(name)] for name in _CLOSE if key(name) in known), "")
        if open_ and field and "won" in stages.outcomes(scene, parent).values():
            yield parent, field, open_


def _figures(scene: AuditScene, field: str, open_: Body) -> tuple[Figure, Figure]:
    late = every(open_, before(field, scene.today))
    return Figure(metric="records", where=scope(open_)), Figure(metric="records", where=scope(late))
