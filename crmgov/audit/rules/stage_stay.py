"""Records that stay in a stage for longer than they may (governance rule 19)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import before, days_ago, every
from crmgov.audit.process.dates import Entered, entered
from crmgov.audit.process.stations import Station
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"INSTAGE003": (19,), "INSTAGE006": (19,)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """The records of each stage with a longest stay, and those beyond it."""
    yield from stages.asks(scene)
    for parent, station, age in _aged(scene):
        date = entered(scene, station)
        if date is not None:
            yield from ((parent, figure) for figure in _figures(scene, station, date, age))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - stages decide
    """One for each stage with records beyond their time, and one for each pipeline whose stages cannot be judged."""
    untold: dict[str, list[Station]] = {}
    for parent, station, age in _aged(scene):
        date = entered(scene, station)
        if date is None:
            untold.setdefault(station.address, []).append(station)
            continue
        whole, late = (counted(scene, parent, figure) for figure in _figures(scene, station, date, age))
        if late:
            text = share(late, whole, f"{parent} records")
            message = (
                f"{text} have been in {station.name} for more than {age:,} day{'' if age == 1 else 's'}, {date.words}"
            )
            route = (*station.route, "max_age")
            yield scene.config.finding("INSTAGE003", message, station.address, route, evidence=(text, date.words))
    for address, found in untold.items():
        names = ", ".join(f'"{station.stage}"' for station in found)
        message = f"{found[0].parent}: no field says since when records have been in {names}"
        yield scene.config.finding("INSTAGE006", message, address, found[0].route, evidence=("unknown",))


def _aged(scene: AuditScene) -> Iterator[tuple[str, Station, int]]:
    """Stages with a longest stay in which records are still open."""
    for parent in stages.staged(scene):
        for station in stages.stations(scene, parent):
            if station.max_age is not None and station.outcome in ("", "open"):
                yield parent, station, station.max_age


def _figures(scene: AuditScene, station: Station, date: Entered, age: int) -> tuple[Figure, Figure]:
    late = every(station.where, before(date.field, days_ago(scene.today, age)))
    return Figure(metric="records", where=scope(station.where)), Figure(metric="records", where=scope(late))
