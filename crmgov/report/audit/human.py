"""An audit for the terminal: what to act on first, then the figures behind it."""

from collections.abc import Iterator, Sequence

from crmgov.audit.run import Audit
from crmgov.audit.scene import RECORDS
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import spoken
from crmgov.report.audit import silence
from crmgov.report.text import clean, count

_WORDS = {
    "Automation": "automation", "Layout": "layout", "Integration": "integration", "Validation": "validation",
    "PermissionSet": "permission set", "External": "report", "RecordType": "record type", "Field": "formula",
}  # fmt: skip
_BAR = 8


def render(audit: Audit, *, full: bool) -> str:
    """One block an object, then findings beyond the verdicts."""
    by_object: dict[str, list[Judged]] = {}
    for one in audit.verdicts:
        by_object.setdefault(one.facts.parent, []).append(one)
    lines: list[str] = []
    for parent, fields in by_object.items():
        lines += [*_head(audit, parent, fields), *_table(fields, full=full), ""]
    lines += silence.block(audit.scene, full=full)
    lines += _findings(audit)
    return "\n".join(lines).rstrip() + "\n"


def _head(audit: Audit, parent: str, fields: Sequence[Judged]) -> Iterator[str]:
    records = audit.scene.answer(parent, RECORDS).evidence
    exact = "exact" if records.exactness == "value" else records.exactness
    when = f"counted {records.time[11:16]}"
    yield f"{clean(parent)}: {records.count or 0:,} records, {exact}, {when} - {count(len(fields), 'field')}"
    missing = sorted({what for one in fields for what in one.not_known})
    if missing:
        yield f"Not known: {', '.join(missing)}"


def _table(fields: Sequence[Judged], *, full: bool) -> Iterator[str]:
    shown = [one for one in fields if full or one.verdict != "keep"]
    if shown:
        yield f"{'FIELD':<24} {'FILLED':<14} {'RECENT':>6}  {'LAST WRITE':<10}  {'BY':<22} {'USED BY':<30} VERDICT"
    for one in shown:
        facts, share, lately = one.facts, one.facts.share, one.facts.recent_share
        bar = "-" if share is None else f"{share:>5.0%} {'#' * round(share * _BAR)}"
        recent = "-" if lately is None else f"{lately:.0%}"
        by, used = ", ".join(facts.writers) or "nobody", _used(one)
        name = clean(spoken(facts.address).partition(".")[2])
        yield f"{name:<24} {bar:<14} {recent:>6}  {facts.latest.text[:10]:<10}  {by:<22} {used:<30} {one.verdict}"
    kept = len(fields) - len(shown)
    if kept:
        yield f"{count(kept, 'field')} to keep (--full shows them)"


def _used(one: Judged) -> str:
    parts = [count(len(users), _WORDS[kind]) for kind, users in one.facts.uses.items() if kind in _WORDS]
    return ", ".join(parts) or "nothing"


def _findings(audit: Audit) -> Iterator[str]:
    others = [one for one in audit.findings if not one.code.startswith("UNUSED")]
    for one in others:
        yield f"{one.severity}: {one.code} {clean(one.message)}"
