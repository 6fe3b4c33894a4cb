"""Won deals without what follows them, and proposals without a task (governance rules 24 and 25)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.links import Link, links
from crmgov.audit.process.pointing import Pointed
from crmgov.audit.process.staff import TASKS
from crmgov.audit.process.words import share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.automation.proposals import PROPOSALS
from crmgov.check.governance.words import bare, key, words
from crmgov.model.diagnostics import Diagnostic

COVERS = {"DEALS004": (25,), "DEALS005": (24,)}
_FOLLOWS = frozenset(("contract", "order", "subscription", "onboarding", "project", "implementation", "delivery"))
"""Words in the names of objects that come of a deal."""
_TASKS = ("WhatId", "Opportunity", "Deal", "RelatedTo", "related_to")


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Deals, and at how many of them something points that follows."""
    for one in (*_won(scene), *_proposed(scene)):
        yield from one.asks()


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - links decide
    """One for each object that follows some deals and not all; where none is followed, the work lies elsewhere."""
    for code, found, word in (("DEALS004", _won(scene), "won"), ("DEALS005", _proposed(scene), "proposed")):
        for one in found:
            whole, followed = one.counts(scene)
            if 0 < followed < whole:
                text = share(whole - followed, whole, f"{word} {one.parent} records")
                message = f"{text} have no {one.link.parent}, as far as records show"
                address = stages.ways_of(scene, one.parent)[0].address
                yield scene.config.finding(code, message, address, ("stages", one.values[0]), evidence=(text,))


def _won(scene: AuditScene) -> list[Pointed]:
    return [
        Pointed(parent, stages.stage_field(scene, parent), won, link)
        for parent, won in _deals(scene)
        for child in scene.holdings
        if _FOLLOWS.intersection(_words(child))
        for link in links(scene, child)
        if link.target == parent
    ]


def _words(name: str) -> Iterator[str]:
    """The words of a name, in the singular."""
    return (key(word) for word in words(bare(name)))


def _deals(scene: AuditScene) -> Iterator[tuple[str, tuple[str, ...]]]:
    for parent in stages.staged(scene):
        won = tuple(name for name, outcome in stages.outcomes(scene, parent).items() if outcome == "won")
        if won and scene.holdings[parent].key:
            yield parent, won


def _proposed(scene: AuditScene) -> list[Pointed]:
    held, found = scene.holdings.get(TASKS), []
    for parent, _ in _deals(scene) if held is not None else ():
        field = next((name for name in _TASKS if held is not None and name in held.kinds), "")
        names = {
            station.stage: None
            for station in stages.stations(scene, parent)
            if station.outcome == "open" and PROPOSALS.search(station.stage)
        }
        if field and names:
            link = Link(TASKS, field, parent)
            found.append(Pointed(parent, stages.stage_field(scene, parent), tuple(names), link))
    return found
