"""What every form says of an audit in the same words."""

from collections import Counter
from collections.abc import Iterable, Sequence

from crmgov.check.words import thing
from crmgov.model.audits import OFFERING, VERDICTS, AuditDocument, AuditFinding, FieldVerdict, Verdict
from crmgov.model.diagnostics import SEVERITIES
from crmgov.model.evidence import Evidence
from crmgov.model.evidence import percent as percent_of
from crmgov.report.text import clean, count

_USERS = {
    "External": ("report", ""), "Field": ("formula", ""), "Lifecycle": ("handoff", ""),
    "PermissionSet": ("permission set", ""), "Policy": ("policy", "policies"), "RecordType": ("record type", ""),
    "StageSet": ("stage set", ""),
}  # fmt: skip
"""What people call a kind that uses a field, and several of it, where that is not the kind's own name."""
_WANTED = {
    "remove": "to remove",
    "deprecate": "to deprecate",
    "hide": "to hide",
    "unknown": "unknown",
    "keep": "to keep",
}
TO_DO: tuple[Verdict, ...] = ("remove", "deprecate", "hide")
"""The verdicts that ask for something."""


def used_by(field: FieldVerdict) -> str:
    """Who uses a field, by sort: what depends on it first, what merely offers it last."""
    order = sorted(field.uses, key=lambda kind: (kind in OFFERING, kind))
    counts = ((len(field.uses[kind]), *_USERS.get(kind, (thing(kind), ""))) for kind in order)
    parts = [count(number, one, several) for number, one, several in counts]
    return ", ".join(parts) or "nothing"


def percent(share: float | None) -> str:
    """A share as people read it; a dash where it is not known."""
    return "-" if share is None else percent_of(share)


def exactness(evidence: Evidence) -> str:
    """``exact``, ``estimated`` or ``not counted``."""
    return {"value": "exact", "estimate": "estimated", "unmeasured": "not counted"}[evidence.exactness]


def records(evidence: Evidence) -> str:
    """How many records, or why that is not known."""
    if evidence.count is None:
        return f"records not counted ({clean(evidence.reason)})" if evidence.reason else "records not counted"
    return f"{count(evidence.count, 'record')}, {exactness(evidence)}"


def verdict_counts(fields: Iterable[FieldVerdict]) -> Counter[str]:
    """How many fields have each verdict."""
    return Counter(field.verdict for field in fields)


def verdicts(fields: Iterable[FieldVerdict]) -> str:
    """``2 to deprecate, 1 to hide, 39 to keep``, the most pressing first."""
    counts = verdict_counts(fields)
    return ", ".join(f"{counts[one]:,} {_WANTED[one]}" for one in VERDICTS if counts[one]) or "no fields"


def pressing(field: FieldVerdict) -> tuple[int, float, str, str]:
    """The order in which fields are told: what asks for most first, then the emptiest."""
    return VERDICTS.index(field.verdict), field.share if field.share is not None else 2, field.object, field.name


def findings_total(findings: Sequence[AuditFinding], off: int) -> str:
    """``2 warnings, 1 note; 412 known, 3 waived``."""
    new = Counter(one.severity for one in findings if one.standing == "new")
    standing = Counter(one.standing for one in findings)
    told = ", ".join(count(new[one], one) for one in SEVERITIES if new[one]) or "no findings"
    more = [f"{standing[one]:,} {one}" for one in ("known", "waived") if standing[one]]
    more += [f"{off:,} switched off"] if off else []
    return "; ".join([told, *([", ".join(more)] if more else [])])


def by_code(findings: Iterable[AuditFinding]) -> list[tuple[str, list[AuditFinding]]]:
    """Findings that count by code, the gravest first, both codes and within each."""
    groups: dict[str, list[AuditFinding]] = {}
    for one in findings:
        if one.standing == "new":
            groups.setdefault(one.code, []).append(one)
    for group in groups.values():
        group.sort(key=_rank)
    return sorted(groups.items(), key=lambda item: (_rank(item[1][0]), -len(item[1]), item[0]))


def _rank(finding: AuditFinding) -> int:
    return SEVERITIES.index(finding.severity)


def not_known(audit: AuditDocument, fields: Iterable[FieldVerdict]) -> list[str]:
    """What verdicts over these fields do not know, in the order of ``not_looked_at`` first."""
    missing = {what for field in fields for what in field.not_known}
    return [what for what in audit.not_looked_at if what in missing] + sorted(missing - {*audit.not_looked_at})


def counted(audit: AuditDocument) -> str:
    """When it was counted: ``counted 2026-11-22 14:10 UTC``."""
    return f"counted {audit.time[:10]} {audit.time[11:16]} UTC" if audit.time else "nothing was counted"


def tells_a_verdict(code: str) -> bool:
    """Whether a finding says again what a verdict says."""
    return code.startswith("UNUSED")


def settled(audit: AuditDocument) -> frozenset[str]:
    """Addresses of the fields whose verdict is known or waived."""
    return frozenset(one.address for one in audit.findings if one.standing != "new" and tells_a_verdict(one.code))


def name_of(field: FieldVerdict) -> str:
    """A field as it is typed after ``--only``."""
    return f"{field.object}.{field.name}"
