"""Records in a stage that lack what the stage, or the handoff into it, asks for (governance rule 15)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.population import lacks
from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import either, every
from crmgov.audit.process.stations import Station
from crmgov.audit.process.words import counted, listed, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"INSTAGE001": (15,)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """How many records of each stage lack any of its fields, and each of them."""
    yield from stages.asks(scene)
    for parent in stages.staged(scene):
        for station in stages.stations(scene, parent):
            needed = _needed(scene, station)
            if needed:
                yield from ((parent, figure) for figure in _figures(scene, station, needed))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - stages decide
    """One for each stage with records that lack something."""
    for parent in stages.staged(scene):
        for station in stages.stations(scene, parent):
            needed = _needed(scene, station)
            if not needed:
                continue
            whole, lacking, *each = (counted(scene, parent, figure) for figure in _figures(scene, station, needed))
            if lacking:
                which = listed(zip(needed, each, strict=True))
                text = share(lacking, whole, f"{parent} records")
                message = f"{text} in {station.name} lack what it asks for: {which}"
                yield scene.config.finding(
                    "INSTAGE001", message, station.address, station.route, evidence=(f"{text} lack {which}",)
                )


def _needed(scene: AuditScene, station: Station) -> tuple[str, ...]:
    """The fields asked for at entry that the source holds; a box that is not ticked is an answer."""
    named = [*station.required, *_handed_over(scene, station)]
    kinds = scene.holdings[station.parent].kinds
    return tuple(dict.fromkeys(name for name in named if kinds.get(name, "boolean") != "boolean"))


def _handed_over(scene: AuditScene, station: Station) -> Iterator[str]:
    """What the handoff demands of the record itself: into this stage, or by a conversion that this stage is."""
    for one in scene.config.ways.passes:
        into = one.target.object == station.parent and one.target.stage == station.stage
        into = into and one.target.way is not None and [one.target.way] == [way for way, _ in station.steps]
        converted = one.conversion and one.source.object == station.parent and station.outcome == "converted"
        if into or converted:
            for named in one.body.get("required") or ():
                parent, _, name = str(named).partition(".")
                if parent == station.parent:
                    yield name


def _figures(scene: AuditScene, station: Station, needed: Sequence[str]) -> list[Figure]:
    """All records of the stage, those that lack anything, and those that lack each field."""
    each = [lacks(scene, station.parent, name) for name in needed]
    wanted = [station.where, every(station.where, either(each)), *(every(station.where, one) for one in each)]
    return [Figure(metric="records", where=scope(one)) for one in wanted]
