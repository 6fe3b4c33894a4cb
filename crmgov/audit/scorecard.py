"""The figures by which people follow a CRM over months, each with how far it can be trusted (rule 71, lead 18). Pure.

Only what the records themselves say is here. Logins, the time a ticket takes and how long a deal takes are in the
history a vendor keeps, which no source of records holds; they are named as not known rather than guessed.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from crmgov.audit.facts import FieldFacts
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.bodies import mapping
from crmgov.model.audits import Kpi
from crmgov.model.figures import Figure, Holding, scope

_ELSEWHERE = {
    "login rate": "sign-ins are in the vendor's log, which no source of records holds",
    "cycle length": "when a record entered a stage is in the vendor's history, which no source of records holds",
}


def asks(scene: AuditScene) -> Iterator[Ask]:
    """How many records were written to recently, and when the last one was; all else is asked for by the facts."""
    for parent, held in scene.holdings.items():
        if held.modified:
            yield parent, _since(scene, held.modified)
        if held.modified or held.created:
            yield parent, _newest(held)


def _newest(held: Holding) -> Figure:
    return Figure(metric="most", field=held.modified or held.created)


def _fresh(scene: AuditScene, parent: str) -> float:
    """How fresh an object's records are: 1 where one was written today, less for each day, 0 after "recent" is over.

    Records that do not say when they were written count for half.
    """
    held = scene.holdings[parent]
    text = scene.answer(parent, _newest(held)).text[:10] if held.modified or held.created else ""
    try:
        days = (scene.today - dt.date.fromisoformat(text)).days
    except ValueError:
        return 0.5
    return min(1.0, max(0.0, 1 - days / scene.settings.recent_days))


def _since(scene: AuditScene, field: str) -> Figure:
    days = scene.settings.recent_days
    return Figure(metric="records", where=scope({"field": field, "op": "greater_or_equal", "value": f"$today-{days}"}))


def scorecard(scene: AuditScene, verdicts: Sequence[Judged]) -> tuple[Kpi, ...]:
    """All figures of all objects, in order, those that are not known at the end."""
    by_object: dict[str, list[Judged]] = {}
    for one in verdicts:
        by_object.setdefault(one.facts.parent, []).append(one)
    found = [
        _trusted(scene, kpi)
        for parent in scene.holdings
        for kpi in _of_object(scene, parent, by_object.get(parent, []))
    ]
    return (*found, *(Kpi(name=name, object="", reason=reason) for name, reason in _ELSEWHERE.items()))


def _trusted(scene: AuditScene, kpi: Kpi) -> Kpi:
    return msgspec.structs.replace(kpi, trust=round(kpi.trust * _fresh(scene, kpi.object), 4))


def against(now: Sequence[Kpi], before: Sequence[Kpi]) -> tuple[Kpi, ...]:
    """Figures with what they were in an earlier audit."""
    was = {(one.name, one.object): one.share for one in before}
    return tuple(msgspec.structs.replace(one, before=was.get((one.name, one.object))) for one in now)


def _of_object(scene: AuditScene, parent: str, fields: list[Judged]) -> Iterator[Kpi]:
    known = [one for one in fields if one.verdict != "unknown"]
    if fields:
        kept = sum(one.verdict == "keep" for one in known)
        yield _kpi(
            "useful fields",
            parent,
            kept,
            len(known),
            inputs=len(known) / len(fields),
            reason="no field could be judged",
        )
    yield from _golden(scene, parent, {one.facts.name: one.facts for one in fields})
    records, held = scene.records(parent), scene.holdings[parent]
    for name, column in (("new", held.created), ("kept up", held.modified)):
        if records:
            count = scene.count(parent, _since(scene, column)) if column else None
            reason = f"no column says when a record was {'made' if name == 'new' else 'last written'}"
            yield _kpi(name, parent, count, records, inputs=1.0, reason=reason)


def _golden(scene: AuditScene, parent: str, fields: dict[str, FieldFacts]) -> Iterator[Kpi]:
    """The share of required values that are there, over all records and fields of the golden record."""
    address = scene.config.tree.address("Object", parent)
    if address not in scene.config.snapshot:
        return
    required = mapping(scene.config.tree.body(address).get("golden_record")).get("required") or ()
    wanted = [fields[name] for name in required if name in fields]
    counted = [
        one for one in wanted if one.filled.evidence.exactness == "value" and one.filled.evidence.count is not None
    ]
    records = scene.answer(parent, RECORDS).evidence.count
    if not required or not records:
        return
    there = sum(one.filled.evidence.count or 0 for one in counted)
    whole = records * len(counted)
    yield _kpi(
        "golden record",
        parent,
        there,
        whole,
        inputs=len(counted) / len(required),
        reason="none of its fields was counted",
    )


def _kpi(name: str, parent: str, part: int | None, whole: int, *, inputs: float, reason: str) -> Kpi:
    """``inputs`` is the share of what the figure rests on that was measured."""
    if part is None or not whole:
        return Kpi(name=name, object=parent, reason=reason)
    return Kpi(name=name, object=parent, share=round(part / whole, 6), of=whole, trust=round(inputs, 6))
