"""Contacts without a company, and deals without a company or contact (governance rule 41)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.criteria import blank, every
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.modelling.orphans import belongings
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"ORPHAN001": (41,)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records in which every such lookup is blank."""
    for parent, names in _belonging(scene):
        yield parent, _figure(names)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - lookups decide
    """One for each object with such records."""
    for parent, names in _belonging(scene):
        lacking = counted(scene, parent, _figure(names))
        if lacking:
            text = share(lacking, counted(scene, parent, RECORDS), f"{parent} records")
            message = f"{text} belong to nobody: no {' and no '.join(names)}"
            yield scene.config.finding("ORPHAN001", message, scene.field(parent, names[0]), evidence=(text,))


def _belonging(scene: AuditScene) -> Iterator[tuple[str, list[str]]]:
    """Lookups to whom records belong; only where the source holds all of them can their absence be told."""
    for parent, addresses in belongings(scene.config).items():
        names = [parts(address)[2] for address in addresses]
        if parent in scene.holdings and all(scene.holds(parent, name) for name in names):
            yield parent, names


def _figure(names: Sequence[str]) -> Figure:
    return Figure(metric="records", where=scope(every(*(blank(name) for name in names))))
