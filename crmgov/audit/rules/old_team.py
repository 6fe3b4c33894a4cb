"""Records that were handed over and still belong to the team that passed them on (governance rules 17 and 19)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import every, one_of
from crmgov.audit.process.links import Link, people
from crmgov.audit.process.stations import Station
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.ways import Pass
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"OWNED003": (17, 19)}


class _Handed(NamedTuple):
    """A handoff between two stages of one object, and the roles before and after it."""

    passed: Pass
    station: Station
    link: Link
    old: str
    names: tuple[str, ...]


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records in the stage after a handoff, and those whose owner still has the role before it."""
    yield from stages.asks(scene)
    for one in _handed(scene):
        yield from ((one.station.parent, figure) for figure in _figures(scene, one))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - owners decide
    """One for each handoff, where the source says which role people have."""
    for one in _handed(scene):
        whole, left = (counted(scene, one.station.parent, figure) for figure in _figures(scene, one))
        if left:
            text = share(left, whole, f"{one.station.parent} records")
            message = f"{one.passed.name}: {text} in {one.station.name} still belong to the role {one.old}"
            yield scene.config.finding("OWNED003", message, one.passed.address, one.passed.route, evidence=(text,))


def _handed(scene: AuditScene) -> Iterator[_Handed]:
    for one in scene.config.ways.passes:
        parent = one.target.object
        if parent not in scene.holdings or one.source.object != parent or not stages.stage_field(scene, parent):
            continue
        link = people(scene, parent)
        source, target = one.source.step, one.target.step
        if link is None or not scene.pointed[link.target].role or source is None or target is None:
            continue
        new = one.role or target.owner
        names = _names(scene, source.owner)
        for station in stages.stations(scene, parent):
            if station.steps == ((one.target.way, target),) and source.owner and new and source.owner != new:
                yield _Handed(one, station, link, source.owner, names)


def _names(scene: AuditScene, role: str) -> tuple[str, ...]:
    """What a source may call a role: its name, or its label."""
    address = scene.config.tree.address("Role", role)
    body = scene.config.tree.body(address) if address in scene.config.snapshot else {}
    return tuple(dict.fromkeys((role, str(body.get("label") or role))))


def _figures(scene: AuditScene, one: _Handed) -> tuple[Figure, Figure]:
    theirs = one_of(f"{one.link.field}.{scene.pointed[one.link.target].role}", one.names)
    left = scope(every(one.station.where, theirs))
    return (
        Figure(metric="records", where=scope(one.station.where)),
        Figure(metric="records", where=left, via=one.link.via),
    )
