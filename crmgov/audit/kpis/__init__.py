"""The figures by which people follow a CRM over months (rule 71), each with how far it can be trusted (lead 18). Pure.

Each module has ``asks``, what it wants to know, and ``kpis``, what comes of it. A figure that cannot be worked out says
why, rather than being guessed or left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from crmgov.audit.kpis import fullness, outcomes, people, rhythm
from crmgov.audit.kpis.fresh import fresh, newest
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.audits import Kpi, PastKpi


class Area(Protocol):
    """A module of this package."""

    def asks(self, scene: AuditScene) -> Iterator[Ask]:
        """The figures wanted; asked again after each round of answers."""
        ...

    def kpis(self, scene: AuditScene, fields: Mapping[str, Sequence[Judged]]) -> Iterator[Kpi]:
        """What comes of them; ``fields`` are the judged fields by object. Trust is that of the inputs alone."""
        ...


AREAS: tuple[Area, ...] = (fullness, outcomes, people, rhythm)


def asks(scene: AuditScene) -> Iterator[Ask]:
    """All that any area wants to know, and when each object was last written to."""
    for area in AREAS:
        yield from area.asks(scene)
    for parent, held in scene.pointed.items():
        if held.modified or held.created:
            yield parent, newest(held)


def scorecard(scene: AuditScene, verdicts: Sequence[Judged]) -> tuple[Kpi, ...]:
    """All figures by area, those that are not known among them."""
    by_object: dict[str, list[Judged]] = {}
    for one in verdicts:
        by_object.setdefault(one.facts.parent, []).append(one)
    return tuple(
        msgspec.structs.replace(kpi, trust=round(kpi.trust * fresh(scene, kpi.object), 4))
        for area in AREAS
        for kpi in area.kpis(scene, by_object)
    )


def against(now: Sequence[Kpi], earlier: Sequence[tuple[str, Sequence[Kpi]]]) -> tuple[Kpi, ...]:
    """Figures with what they were in earlier audits: each with its time, oldest first; the last is compared with."""
    past: dict[tuple[str, str], list[PastKpi]] = {}
    for time, scorecard in earlier:
        for one in scorecard:
            if one.known:
                then = PastKpi(time=time, share=one.share, days=one.days)
                past.setdefault((one.name, one.object), []).append(then)
    last = {(one.name, one.object): one for one in (earlier[-1][1] if earlier else ())}
    found = []
    for one in now:
        key = (one.name, one.object)
        before = last.get(key, Kpi(name=one.name, object=one.object))
        moved = {"before": before.share, "days_before": before.days, "past": tuple(past.get(key, ()))}
        found.append(msgspec.structs.replace(one, **moved))
    return tuple(found)
