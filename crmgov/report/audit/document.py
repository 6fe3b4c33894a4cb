"""An audit as the document that every form is made from. No value of a record is in it unless asked for."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from crmgov.audit import values_shown
from crmgov.audit.kpis import against
from crmgov.audit.picklists import listed
from crmgov.audit.population import COMPUTED
from crmgov.audit.run import Audit
from crmgov.audit.scene import RECORDS, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.made import is_shipped, label_of
from crmgov.model.audits import (
    AuditDocument,
    AuditedObject,
    AuditFinding,
    FieldEvidence,
    FieldVerdict,
    Held,
    Kpi,
    Past,
    Share,
    Standing,
)
from crmgov.model.diagnostics import CATALOGUE, Diagnostic, Place
from crmgov.report.findings import Beside, place_of


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an audit beyond itself.

    ``findings`` are those that count and ``beside`` the others; ``past`` holds earlier audits by address of a field,
    oldest first, ``scorecards`` the figures of earlier audits by their time, also oldest first, and ``against`` the day
    of the one that is compared with, which is the last.
    """

    environment: str = ""
    source: str = ""
    findings: Sequence[Diagnostic] = ()
    beside: Beside = Beside()
    against: str = ""
    past: Mapping[str, tuple[Past, ...]] = {}
    scorecards: Sequence[tuple[str, Sequence[Kpi]]] = ()


def document(audit: Audit, setting: Setting) -> AuditDocument:
    """The whole document."""
    scene = audit.scene
    verdicts = tuple(_field(scene, one, setting.past) for one in audit.verdicts)
    by_object: dict[str, list[FieldVerdict]] = {}
    for one in verdicts:
        by_object.setdefault(one.object, []).append(one)
    return AuditDocument(
        environment=setting.environment,
        source=setting.source,
        time=max((scene.answer(parent, RECORDS).evidence.time for parent in scene.holdings), default=""),
        against=setting.against,
        young_days=scene.settings.young_days,
        recent_days=scene.settings.recent_days,
        minimum_records=scene.settings.minimum_records,
        not_looked_at=scene.not_looked_at,
        objects=tuple(_object(scene, parent, by_object.get(parent, [])) for parent in scene.holdings),
        verdicts=verdicts,
        automations=tuple(audit.automations),
        findings=tuple(_findings(setting)),
        off=setting.beside.off,
        scorecard=against(audit.scorecard, setting.scorecards),
    )


def _object(scene: AuditScene, parent: str, own: Sequence[FieldVerdict]) -> AuditedObject:
    address, holding = scene.config.tree.address("Object", parent), scene.holdings[parent]
    body = scene.config.tree.body(address) if address in scene.config.snapshot else {}
    return AuditedObject(
        name=parent,
        label=label_of(parent, body),
        records=scene.answer(parent, RECORDS).evidence,
        fields=len(own),
        custom=sum(one.custom for one in own),
        not_held=tuple(sorted(one.name for one in own if one.name not in holding.kinds and one.type not in COMPUTED)),
        strange=len(holding.strange),
    )


def _field(scene: AuditScene, one: Judged, past: Mapping[str, tuple[Past, ...]]) -> FieldVerdict:
    facts = one.facts
    return FieldVerdict(
        address=facts.address,
        object=facts.parent,
        name=facts.name,
        label=label_of(facts.name, facts.body),
        type=str(facts.body.get("type") or "text"),
        custom=not is_shipped(scene.config.tree, facts.parent, facts.name),
        verdict=one.verdict,
        reasons=one.reasons,
        not_known=one.not_known,
        evidence=_evidence(scene, one),
        writers=facts.writers,
        uses=facts.uses,
        past=past.get(facts.address, ()),
    )


def _evidence(scene: AuditScene, one: Judged) -> FieldEvidence:
    facts = one.facts
    names = listed(scene.config, facts.body)
    guarded = values_shown.guarded(facts.body)
    values = scene.answer(facts.parent, values_shown.most_frequent(scene, facts.parent, facts.name, facts.body))
    told = values.counts if values.known else ()
    configured = () if names is None or guarded else tuple(pair for pair in told if pair[0] in names)
    off_list = sum(count for value, count in told if value not in (names or ())) if names is not None else 0
    masked = values_shown.masked(facts.body) if scene.show_values else ""
    shown = told[: values_shown.MOST_SHOWN] if scene.show_values and not masked else ()
    return FieldEvidence(
        records=facts.records.evidence,
        filled=facts.filled.evidence,
        recent_records=facts.recent_records.evidence,
        recent_filled=facts.recent.evidence,
        last_write=_day(facts.latest.text),
        record_types=tuple(
            Share(record_type=part.name, records=part.records, filled=part.filled)
            for part in facts.by_type
            if part.name
        ),
        hands=facts.hands,
        listed=_held(configured),
        not_listed=off_list if names is not None and values.known else None,
        shown=_held(shown),
        masked=masked,
    )


def _day(text: str) -> str:
    """The day of a time; empty for what is none, which might be anything."""
    try:
        return dt.date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""


def _held(counts: Sequence[tuple[str, int]]) -> tuple[Held, ...]:
    return tuple(Held(value=value, records=count) for value, count in counts)


def _findings(setting: Setting) -> Iterator[AuditFinding]:
    beside = setting.beside
    yield from (_finding(one, "new") for one in setting.findings)
    yield from (_finding(one, "known") for one in beside.known)
    for one in beside.waived:
        waiver = one.waiver
        reason = f"until {waiver.expires}, by {waiver.owner}: {waiver.reason}"
        yield msgspec.structs.replace(_finding(one.finding, "waived"), reason=reason)


def _finding(one: Diagnostic, standing: Standing) -> AuditFinding:
    place, info = place_of(one.at) or Place(""), CATALOGUE.get(one.code)
    return AuditFinding(
        code=one.code, summary=info.summary if info is not None else one.code, severity=one.severity,
        standing=standing, address=one.address, message=one.message, why=one.detail, mend=one.mend,
        evidence=one.evidence, policy=one.policy, file=place.file, line=place.line,
    )  # fmt: skip
