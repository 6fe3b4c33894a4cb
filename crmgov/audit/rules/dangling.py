"""Records that point at records which are not there (governance rule 41)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.criteria import blank, every, present
from crmgov.audit.process.links import Link, links
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"ORPHAN002": (41,)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records with each lookup, and those of them that point at nothing: one statement an object."""
    for parent in scene.holdings:
        found = _pointing(scene, parent)
        for link in found:
            yield from ((parent, figure) for figure in _figures(scene, link, found))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - lookups decide
    """One for each lookup with such records."""
    for parent in scene.holdings:
        found = _pointing(scene, parent)
        for link in found:
            whole, lost = (counted(scene, parent, figure) for figure in _figures(scene, link, found))
            if lost:
                text = share(lost, whole, f"{parent} records with a {link.field}")
                message = f"{text} point at no {link.target} that the source holds"
                if lost == whole:
                    message += ": either it spells their keys otherwise, or it holds only some of them"
                yield scene.config.finding("ORPHAN002", message, scene.field(parent, link.field), evidence=(text,))


def _pointing(scene: AuditScene, parent: str) -> list[Link]:
    """Lookups at records that the source holds; a database that keeps the reference itself is believed."""
    held = scene.pointed
    firm = held[parent].firm if parent in held else ()
    return [
        link
        for link in links(scene, parent)
        if link.field not in firm and link.target in held and held[link.target].key
    ]


def _figures(scene: AuditScene, link: Link, others: Sequence[Link]) -> tuple[Figure, Figure]:
    via = tuple((other.field, other.target) for other in others)
    lost = every(present(link.field), blank(f"{link.field}.{scene.pointed[link.target].key}"))
    return (
        Figure(metric="records", where=scope(present(link.field))),
        Figure(metric="records", where=scope(lost), via=via),
    )
