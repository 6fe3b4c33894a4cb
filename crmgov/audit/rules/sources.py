"""Records without a source, and sources that a conversion lost (governance rule 18)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crmgov.audit.population import lacks
from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.criteria import every, present
from crmgov.audit.process.links import Link, links
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.modelling.source_survives import source_of
from crmgov.check.governance.scene import mapping
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"SOURCE001": (18,), "SOURCE002": (18,)}


class _Carried(NamedTuple):
    """A source that a conversion takes over, where a record says what it was converted to."""

    link: Link
    source: str
    to: str
    key: str


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records without a source, and those whose source is blank in what they were converted to."""
    for parent, source in _sourced(scene):
        yield parent, _without(scene, parent, source)
    for one in _carried(scene):
        yield from ((one.link.parent, figure) for figure in _figures(scene, one))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - sources decide
    """One for each object with records that have no source, and one for each conversion that lost some."""
    for parent, source in _sourced(scene):
        lacking, whole = counted(scene, parent, _without(scene, parent, source)), counted(scene, parent, RECORDS)
        if lacking:
            text = share(lacking, whole, f"{parent} records")
            yield scene.config.finding(
                "SOURCE001", f"{text} have no {source}", scene.field(parent, source), evidence=(text,)
            )
    for one in _carried(scene):
        whole, lost = (counted(scene, one.link.parent, figure) for figure in _figures(scene, one))
        if lost:
            text = share(lost, whole, f"converted {one.link.parent} records with {one.source}")
            message = f"{text} have none in the {one.link.target} they became: {one.to} is blank"
            address = scene.field(one.link.parent, one.source)
            yield scene.config.finding("SOURCE002", message, address, evidence=(text,))


def _sourced(scene: AuditScene) -> Iterator[tuple[str, str]]:
    """The objects that conversions begin at and lead to, each with the field of its source."""
    found: dict[str, None] = {}
    for one in scene.config.ways.passes:
        if one.conversion:
            found |= {one.source.object: None, one.target.object: None}
    for parent in found:
        source = source_of(scene.config, parent) if parent in scene.holdings else ""
        if source and scene.holds(parent, source):
            yield parent, source


def _carried(scene: AuditScene) -> Iterator[_Carried]:
    for one in scene.config.ways.passes:
        parent = one.source.object
        if not one.conversion or parent not in scene.holdings:
            continue
        source = source_of(scene.config, parent)
        to = str(mapping(mapping(one.body.get("carry")).get(f"{parent}.{source}")).get("to") or "")
        target, _, name = to.partition(".")
        there = scene.pointed.get(target)
        found = [link for link in links(scene, parent) if link.target == target]
        if len(found) == 1 and there is not None and name in there.kinds and there.key and scene.holds(parent, source):
            yield _Carried(found[0], source, name, there.key)


def _without(scene: AuditScene, parent: str, source: str) -> Figure:
    return Figure(metric="records", where=scope(lacks(scene, parent, source)))


def _figures(scene: AuditScene, one: _Carried) -> tuple[Figure, Figure]:
    """Converted records with a source whose counterpart is there, and those of them that lost it."""
    given = {"not": lacks(scene, one.link.parent, one.source)}
    there = every(given, present(f"{one.link.field}.{one.key}"))
    lost = every(there, lacks(scene, one.link.target, one.to, f"{one.link.field}.{one.to}"))
    via = one.link.via
    return Figure(metric="records", where=scope(there), via=via), Figure(metric="records", where=scope(lost), via=via)
