"""Linked records that disagree: a deal of one company with a contact of another (governance rules 46 and 81)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.criteria import every, present
from crmgov.audit.process.links import Link, links
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"LINKED001": (46, 81)}
_COMPANIES = ("account", "company")


class _Pair(NamedTuple):
    """A record's own company, and the company of something else it points at."""

    own: Link
    other: Link
    theirs: str

    @property
    def path(self) -> str:
        """The other's company, as seen from the record."""
        return f"{self.other.field}.{self.theirs}"


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records with both companies, and those where they differ."""
    for one in _pairs(scene):
        yield from ((one.own.parent, figure) for figure in _figures(one))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - links decide
    """One for each pair of lookups that disagree."""
    for one in _pairs(scene):
        whole, differ = (counted(scene, one.own.parent, figure) for figure in _figures(one))
        if differ:
            text = share(differ, whole, f"{one.own.parent} records")
            message = f"{text} have another {one.own.field} than the {one.theirs} of their {one.other.field}"
            yield scene.config.finding(
                "LINKED001", message, scene.field(one.own.parent, one.other.field), evidence=(text,)
            )


def _pairs(scene: AuditScene) -> Iterator[_Pair]:
    """Objects with one lookup to a company, beside another to something that has one company itself."""
    for parent in scene.holdings:
        found = links(scene, parent)
        own = [link for link in found if link.target.casefold() in _COMPANIES]
        for other in found if len(own) == 1 else ():
            if other.target in (parent, own[0].target) or other.target not in scene.pointed:
                continue
            there = scene.pointed[other.target]
            theirs = [link for link in links(scene, other.target) if link.target == own[0].target and there.key]
            if len(theirs) == 1:
                yield _Pair(own[0], other, theirs[0].field)


def _figures(one: _Pair) -> tuple[Figure, Figure]:
    both = every(present(one.own.field), present(one.path))
    differ: Body = {"field": one.own.field, "op": "not_equals", "other_field": one.path}
    via = one.other.via
    return Figure(metric="records", where=scope(both), via=via), Figure(metric="records", where=scope(differ), via=via)
