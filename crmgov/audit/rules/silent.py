"""Automations and routes that fail without a word (governance rules 21, 22, 23, 28, 31, 79, 80)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.silence import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.silence import segments
from crmgov.audit.silence.figures import SUPPOSED
from crmgov.audit.silence.predict import Counted, Prediction, predictions, splits
from crmgov.audit.silence.predict import asks as figures
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import spoken
from crmgov.check.governance.silence.shares import Kind
from crmgov.model.diagnostics import Diagnostic, Severity
from crmgov.model.evidence import percent

COVERS = {
    "SILENT001": (21, 22, 23), "SILENT002": (80,), "SILENT003": (22, 23, 79), "SILENT004": (22, 79),
    "SILENT005": (21, 22), "SILENT006": (28, 31),
}  # fmt: skip
_SHARED: tuple[tuple[str, Kind, str], ...] = (
    ("SILENT001", "skipped", "are passed by"),
    ("SILENT002", "false", "are taken only because nothing is known"),
    ("SILENT003", "catch_all", "fall to whoever takes the rest"),
    ("SILENT005", "nobody", "reach nobody"),
    ("SILENT005", "no_person", "have nobody for an action"),
)
"""What counts once it is more than the share allowed."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """How the records of every automation part."""
    found = splits(scene)
    yield from figures(scene, found)
    yield from segments.asks(scene, found)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - records decide
    """What of it is more than a few records, or reaches nobody for certain."""
    for one in predictions(scene, splits(scene)):
        yield from _certain(scene, one)
        if (one.scope.count or 0) >= scene.settings.minimum_records and one.scope.exactness == "value":
            for code, kind, words in _SHARED:
                yield from _share(scene, one, code, kind, words)
        yield from _dead(scene, one)


def _share(scene: AuditScene, one: Prediction, code: str, kind: Kind, words: str) -> Iterator[Diagnostic]:
    evidence, whole = one.kinds.get(kind), one.scope.count
    number = evidence.count if evidence is not None and evidence.exactness == "value" else None
    if not number or not whole or number * 100 < scene.settings.silent_percent * whole:
        return
    parts = [part for part in one.shares if part.kind == kind]
    causes = dict.fromkeys(f"{what} on {count:,}" for part in parts for what, count in part.causes)
    why = f": {', '.join(causes)}" if causes else ""
    message = (
        f"{spoken(one.address)}: {number:,} of {whole:,} records in scope ({percent(number / whole)}) {words}{why}"
    )
    yield scene.config.finding(code, message, one.address, evidence=_evidence(one, parts))


def _certain(scene: AuditScene, one: Prediction) -> Iterator[Diagnostic]:
    parts = [part for part in one.shares if part.kind == "empty_team" and part.evidence.exactness == "value"]
    for team in dict.fromkeys(part.team for part in parts):
        number = sum(part.evidence.count or 0 for part in parts if part.team == team)
        if number:
            given = "record is" if number == 1 else "records are"
            message = f"{spoken(one.address)}: {number:,} {given} given to {team}, which has no members"
            yield scene.config.finding("SILENT004", message, one.address, evidence=_evidence(one, parts))


def _dead(scene: AuditScene, one: Prediction) -> Iterator[Diagnostic]:
    records = scene.records(one.object) or 0
    age = scene.ages.get(one.address)
    young = age is not None and age.young(scene.settings.young_days)
    if young or records < scene.settings.minimum_records or one.ever.exactness != "value" or one.ever.count:
        return
    message = f"{spoken(one.address)}: none of {records:,} records meets its condition as they are now"
    # One that has only just arrived has had no time to see such a record.
    settled = age is not None and age.settled(scene.settings.young_days)
    severity: Severity | None = None if settled and not one.passing else "note"
    unsaid: tuple[str, ...] = () if settled else ("how long it has existed is not known",)
    unsaid += ("records may have met it, and moved on",) if one.passing else ()
    evidence = (*_evidence(one, ()), *unsaid)
    yield scene.config.finding("SILENT006", message, one.address, severity=severity, evidence=evidence)


def _evidence(one: Prediction, parts: Sequence[Counted]) -> tuple[str, ...]:
    """The base, what is supposed, and each part in words."""
    parted = tuple(f"{part.evidence.count or 0:,} {part.what}" for part in parts)
    supposed = (SUPPOSED,) if one.supposed else ()
    return (f"{one.scope.count or 0:,} records in scope, {one.base}", *parted, *supposed)
