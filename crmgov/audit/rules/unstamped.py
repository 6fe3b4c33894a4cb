"""Records in a stage whose automation left no trace in them (governance rule 24)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import blank, every
from crmgov.audit.process.dates import stamp
from crmgov.audit.process.stations import Station
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"INSTAGE007": (24,)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records in each stage with a date that an automation sets, and those without the date."""
    yield from stages.asks(scene)
    for station, field in _stamped(scene):
        yield from ((station.parent, figure) for figure in _figures(station, field))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - stages decide
    """One for each such stage."""
    for station, field in _stamped(scene):
        whole, without = (counted(scene, station.parent, figure) for figure in _figures(station, field))
        if without:
            text = share(without, whole, f"{station.parent} records")
            message = f"{text} in {station.name} have no {field}, which an automation sets at entry"
            yield scene.config.finding("INSTAGE007", message, station.address, station.route, evidence=(text,))


def _stamped(scene: AuditScene) -> Iterator[tuple[Station, str]]:
    for parent in stages.staged(scene):
        for station in stages.stations(scene, parent):
            field = stamp(scene, station)
            if field:
                yield station, field


def _figures(station: Station, field: str) -> tuple[Figure, Figure]:
    without = every(station.where, blank(field))
    return Figure(metric="records", where=scope(station.where)), Figure(metric="records", where=scope(without))
