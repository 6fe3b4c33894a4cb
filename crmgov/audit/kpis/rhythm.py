"""How many records are new, and how many were kept up. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from crmgov.audit.kpis.made import lately, shared
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.audits import Kpi
from crmgov.model.figures import Figure, scope


def asks(scene: AuditScene) -> Iterator[Ask]:
    """How many records were made recently, and how many written."""
    for parent, held in scene.holdings.items():
        for field in (held.created, held.modified):
            if field:
                yield parent, _since(scene, field)


def kpis(scene: AuditScene, fields: Mapping[str, Sequence[Judged]]) -> Iterator[Kpi]:  # noqa: ARG001 - times decide
    """Both, for each object that has records."""
    for parent, held in scene.holdings.items():
        records = scene.records(parent)
        for name, field, what in (("new", held.created, "made"), ("kept up", held.modified, "last written")):
            if records:
                count = scene.count(parent, _since(scene, field)) if field else None
                yield shared(name, parent, count, records, reason=f"no column says when a record was {what}")


def _since(scene: AuditScene, field: str) -> Figure:
    return Figure(metric="records", where=scope(lately(scene, field)))
