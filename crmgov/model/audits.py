"""What an audit says, as one document: what ``audit --format json`` writes and every other form is made from.

Figures and configuration only. Values of records stand in one place, ``FieldEvidence.shown``, and only when asked for.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from crmgov.model.diagnostics import Severity
from crmgov.model.evidence import Evidence

FORMAT = "crmgov-audit/1"
"""Raised when a key changes its meaning or goes away; keys may be added."""

Verdict = Literal["keep", "hide", "deprecate", "remove", "unknown"]
VERDICTS: tuple[Verdict, ...] = ("remove", "deprecate", "hide", "unknown", "keep")
"""The one that asks for most first."""
OFFERING = ("Layout", "PermissionSet", "ReportType")
"""Kinds that merely offer a field; whatever else names it depends on it. A report type lists what reports may show."""
Standing = Literal["new", "known", "waived"]
"""Whether a finding counts, was known before, or is accepted for a time."""


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A field on the records of one record type."""

    record_type: str
    records: int
    filled: int


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """How many records hold one value."""

    value: str
    records: int


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """A field in an earlier audit: shares from 0 to 1 of all records and of recent ones, null where not known."""

    time: str
    filled: float | None = None
    recent: float | None = None


class FieldEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """The figures behind a verdict.

    ``hands`` counts records with a value by who wrote them last: ``integration``, ``import`` or ``others``;
    ``listed`` counts configured values, ``not_listed`` records with any other; ``shown`` are the values of records,
    most frequent first, where they were asked for, and ``masked`` says why there are none.
    """

    records: Evidence
    filled: Evidence
    recent_records: Evidence
    recent_filled: Evidence
    last_write: str = ""
    record_types: tuple[Share, ...] = ()
    hands: Mapping[str, int] = {}
    listed: tuple[Held, ...] = ()
    not_listed: int | None = None
    shown: tuple[Held, ...] = ()
    masked: str = ""


class FieldVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """One field: whether it earns its place, why, and what is not known of it."""

    address: str
    object: str
    name: str
    label: str
    type: str
    custom: bool
    verdict: Verdict
    reasons: tuple[str, ...]
    not_known: tuple[str, ...]
    evidence: FieldEvidence
    writers: tuple[str, ...]
    uses: Mapping[str, tuple[str, ...]]
    past: tuple[Past, ...] = ()

    @property
    def share(self) -> float | None:
        """Share of all records filled, 0 to 1."""
        return _share(self.evidence.filled, self.evidence.records)

    @property
    def recent(self) -> float | None:
        """Share of recent records filled, 0 to 1."""
        return _share(self.evidence.recent_filled, self.evidence.recent_records)


def _share(part: Evidence, whole: Evidence) -> float | None:
    return None if part.count is None or not whole.count else part.count / whole.count


class AuditedObject(msgspec.Struct, frozen=True, kw_only=True):
    """One object: its records, and what was not read of it.

    ``not_held`` are configured fields the source should have a column for and has not, ``strange`` how many columns are
    no field.
    """

    name: str
    label: str
    records: Evidence
    fields: int
    custom: int
    not_held: tuple[str, ...] = ()
    strange: int = 0


class SegmentFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The records of an automation that hold one value of a field: those in its scope, and those it passes by or sends
    astray. ``value`` is a configured name; empty for all values that are not configured, and for none.
    """

    by: str
    value: str
    in_scope: int
    skipped: int

    @property
    def share(self) -> float:
        """The part astray, 0 to 1."""
        return self.skipped / self.in_scope if self.in_scope else 0.0


class AutomationFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One automation or routing rule: records in its scope, how many it acts on, and how many it passes by or sends
    astray. ``reasons`` say why, a sentence each; ``base`` says in words which records were looked at;
    ``segments`` part them by record type and by source, where the records tell these.
    """

    address: str
    label: str
    base: str = ""
    in_scope: int | None = None
    fires: int | None = None
    skipped: int | None = None
    reasons: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()
    segments: tuple[SegmentFigures, ...] = ()


class AuditFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One finding, with where it stands in the configuration, why it matters and how to mend it."""

    code: str
    summary: str
    severity: Severity
    standing: Standing
    address: str
    message: str
    why: str = ""
    mend: str = ""
    evidence: tuple[str, ...] = ()
    policy: str = ""
    file: str = ""
    line: int = 0
    reason: str = ""
    """Of one that is waived: who accepts it, until when and why."""


class PastKpi(msgspec.Struct, frozen=True, kw_only=True):
    """What a figure was in an earlier audit."""

    time: str
    share: float | None = None
    days: float | None = None


class Kpi(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of one object: a ``share`` from 0 to 1, or an average of ``days``; null where it is not known, and
    ``reason`` says why.

    ``of`` is the number of records it is a share or an average of. ``trust``, 0 to 1, is the share of its inputs that
    were measured exactly, less for each day since anybody wrote a record; ``before`` and ``days_before`` are what it
    was in the audit that is compared with, ``past`` what it was in all that are kept, oldest first.
    """

    name: str
    object: str
    share: float | None = None
    of: int | None = None
    trust: float = 0.0
    reason: str = ""
    before: float | None = None
    days: float | None = None
    days_before: float | None = None
    past: tuple[PastKpi, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it could be worked out."""
        return self.share is not None or self.days is not None


class AuditDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A whole audit."""

    format: str = FORMAT
    environment: str
    source: str
    time: str
    against: str = ""
    young_days: int
    recent_days: int
    minimum_records: int
    not_looked_at: tuple[str, ...]
    objects: tuple[AuditedObject, ...]
    verdicts: tuple[FieldVerdict, ...]
    automations: tuple[AutomationFigures, ...]
    findings: tuple[AuditFinding, ...]
    off: int = 0
    scorecard: tuple[Kpi, ...] = ()
