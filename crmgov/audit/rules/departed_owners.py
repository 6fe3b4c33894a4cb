"""Open records of people who are no longer here (governance rule 42)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import equals, every
from crmgov.audit.process.links import Link, people
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"OWNED002": (42,)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records whose owner is not active, where the source holds people; open ones where stages tell."""
    for parent, link in _owned(scene):
        yield from ((parent, figure) for figure in _figures(scene, link))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - owners decide
    """One for each object; a note where no stage tells open records from the others."""
    for parent, link in _owned(scene):
        whole, theirs, owners = (counted(scene, parent, figure) for figure in _figures(scene, link))
        if theirs:
            open_ = stages.opened(scene, parent) if stages.stage_field(scene, parent) else None
            what = f"open {parent} records" if open_ else f"{parent} records"
            text = share(theirs, whole, what)
            message = f"{text} belong to {_people(owners)} no longer active"
            yield scene.config.finding(
                "OWNED002", message, scene.config.tree.address("Object", parent), evidence=(text,),
                severity=None if open_ else "note",
            )  # fmt: skip


def _people(count: int) -> str:
    return "a person who is" if count == 1 else f"{count:,} people who are"


def _owned(scene: AuditScene) -> Iterator[tuple[str, Link]]:
    for parent in scene.holdings:
        link = people(scene, parent)
        if link is not None and scene.pointed[link.target].active:
            yield parent, link


def _figures(scene: AuditScene, link: Link) -> tuple[Figure, Figure, Figure]:
    """Records, those of people who left, and how many people these are."""
    open_ = stages.opened(scene, link.parent) if stages.stage_field(scene, link.parent) else None
    gone = scope(every(open_, equals(f"{link.field}.{scene.pointed[link.target].active}", value=False)))
    return (
        Figure(metric="records", where=scope(open_)),
        Figure(metric="records", where=gone, via=link.via),
        Figure(metric="distinct", field=link.field, where=gone, via=link.via),
    )
