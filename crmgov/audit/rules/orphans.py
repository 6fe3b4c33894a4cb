"""Contacts without a company, and deals without a company or contact (governance rule 41)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import blank, every
from crmgov.audit.process.links import lookups
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"ORPHAN001": (41,)}
_COMPANY = ("account", "company")
_PERSON = "contact"


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
    """Lookups to whom contacts and deals belong; only where the source holds all can it be told that all are blank."""
    for parent in scene.holdings:
        person = parent.casefold() == _PERSON
        if person or "won" in stages.outcomes(scene, parent).values():
            wanted = {*_COMPANY} if person else {*_COMPANY, _PERSON}
            names = [
                name
                for name, targets in lookups(scene, parent).items()
                if wanted.intersection(target.casefold() for target in targets)
            ]
            if names and all(scene.holds(parent, name) for name in names):
                yield parent, names


def _figure(names: Sequence[str]) -> Figure:
    return Figure(metric="records", where=scope(every(*(blank(name) for name in names))))
