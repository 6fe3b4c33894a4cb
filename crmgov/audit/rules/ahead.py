"""Records that say they were made or written in the future: an import, a clock or a date format went wrong."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.population import ahead
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure

COVERS: dict[str, tuple[int, ...]] = {}
_ZONES = 2
"""Days ahead that are told: tomorrow has begun somewhere, and a time without a zone does not say where it is from."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records whose dates lie ahead, by object."""
    return ((parent, figure) for parent, _, _, figure in _dated(scene))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - dates decide
    """One for each object and date."""
    for parent, field, what, figure in _dated(scene):
        later = counted(scene, parent, figure)
        if later:
            text = share(later, counted(scene, parent, RECORDS), f"{parent} records")
            at = scene.config.tree.address("Object", parent)
            yield scene.config.finding(
                "DATED001", f"{text} were {what} in the future, by {field}", at, evidence=(text,)
            )


def _dated(scene: AuditScene) -> Iterator[tuple[str, str, str, Figure]]:
    for parent, held in scene.holdings.items():
        for field, what in ((held.created, "made"), (held.modified, "written")):
            if field:
                yield parent, field, what, ahead(field, _ZONES)
