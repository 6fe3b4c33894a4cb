"""Open records without an owner, in a stage that names who owns them (governance rule 17)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import blank, either, every
from crmgov.audit.process.links import owner_of
from crmgov.audit.process.stations import Station
from crmgov.audit.process.words import counted, listed, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"OWNED001": (17, 19)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records without owner: of each stage, and of all these stages."""
    yield from stages.asks(scene)
    for parent, owner, found in _owned(scene):
        yield from ((parent, figure) for figure in _figures(owner, found))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - stages decide
    """One for each object."""
    for parent, owner, found in _owned(scene):
        whole, lacking, *each = (counted(scene, parent, figure) for figure in _figures(owner, found))
        if lacking:
            text = share(lacking, whole, f"open {parent} records")
            where = listed((f'"{one.stage}"', count) for one, count in zip(found, each, strict=True))
            message = f"{text} have no {owner}, though their stage says who owns them: {where}"
            yield scene.config.finding("OWNED001", message, found[0].address, ("stages",), evidence=(text, where))


def _owned(scene: AuditScene) -> Iterator[tuple[str, str, list[Station]]]:
    for parent in stages.staged(scene):
        owner = owner_of(scene, parent)
        found = [one for one in stages.stations(scene, parent) if one.owners and one.outcome in ("", "open")]
        if owner and found:
            yield parent, owner, found


def _figures(owner: str, found: Sequence[Station]) -> list[Figure]:
    there = either(one.where for one in found)
    wanted = [there, every(there, blank(owner)), *(every(one.where, blank(owner)) for one in found)]
    return [Figure(metric="records", where=scope(one)) for one in wanted]
