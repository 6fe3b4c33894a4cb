"""Records beyond a stage that they never entered, where its date is kept (governance rule 16)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import blank, either, every
from crmgov.audit.process.dates import stamp
from crmgov.audit.process.stations import Station
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.ways import Way
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"INSTAGE004": (16,)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records in the stages beyond one with a date, and those of them without the date."""
    yield from stages.asks(scene)
    for parent, _, field, beyond in _dated(scene):
        yield from ((parent, figure) for figure in _figures(field, beyond))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - stages decide
    """One for each stage that records have skipped."""
    for parent, station, field, beyond in _dated(scene):
        whole, skipped = (counted(scene, parent, figure) for figure in _figures(field, beyond))
        if skipped:
            text = share(skipped, whole, f"{parent} records")
            message = (
                f"{text} beyond {station.name} were not seen in it: {field}, which an automation sets there, is blank"
            )
            yield scene.config.finding("INSTAGE004", message, station.address, station.route, evidence=(text,))


def _dated(scene: AuditScene) -> Iterator[tuple[str, Station, str, list[Station]]]:
    """Stages with a date set at entry, and the stages that can only be reached through them."""
    for parent in stages.staged(scene):
        held = list(stages.stations(scene, parent))
        for station in held:
            field = stamp(scene, station)
            beyond = [other for other in held if field and _through(station, other)]
            if beyond:
                yield parent, station, field, beyond


def _through(station: Station, other: Station) -> bool:
    """Whether every way to the other stage, in each of its pipelines, goes through this one."""
    mine = {way.address for way, _ in station.steps}
    return station.stage != other.stage and all(
        way.address in mine and not _reached(way, other.stage, without=station.stage) for way, _ in other.steps
    )


def _reached(way: Way, stage: str, *, without: str) -> bool:
    """Whether a record can come to a stage without another; it can wherever a pipeline does not say what is next."""
    start = way.start
    if start is None or start.name == without or any(step.next is None and not way.ends(step) for step in way.steps):
        return start is None or start.name != without
    seen, open_ = {start.name}, [start]
    while open_:
        for name in open_.pop().next or ():
            step = way.step(name)
            if step is not None and name != without and name not in seen:
                seen.add(name)
                open_.append(step)
    return stage in seen


def _figures(field: str, beyond: Sequence[Station]) -> tuple[Figure, Figure]:
    there = either(other.where for other in beyond)
    skipped = every(there, blank(field))
    return Figure(metric="records", where=scope(there)), Figure(metric="records", where=scope(skipped))
