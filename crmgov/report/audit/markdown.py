"""An audit as Markdown, for a pull request or a job's summary: nothing in it is markup but what stands here."""

from collections.abc import Iterator, Sequence

from crmgov.model.audits import AuditDocument, AuditFinding, FieldVerdict
from crmgov.report.audit import scorecard, words
from crmgov.report.audit.automations import astray, number, ranked
from crmgov.report.audit.look import Look
from crmgov.report.markdown_text import code, escape
from crmgov.report.text import bounded, count

ROWS = 100
"""Fields listed at most; a host cuts or refuses what is longer than 65,536 characters."""
LINES = 10
"""Findings listed of one code."""
_LONGEST = 300
"""Characters of one message."""


def render(audit: AuditDocument, look: Look) -> str:
    """A line of totals, what to do by field, other findings by code, automations, and what is not known."""
    name = escape(audit.environment or audit.source)
    total = sum(one.records.count or 0 for one in audit.objects)
    verdicts = f"**{escape(words.verdicts(audit.verdicts))}** of {count(len(audit.verdicts), 'field')}"
    records = f"{count(total, 'record')} of {count(len(audit.objects), 'object')}, {words.counted(audit)}"
    parts = [
        f"## Audit of {name}",
        f"{verdicts}; {records}",
        escape(words.findings_total(audit.findings, audit.off)),
    ]
    missing = words.not_known(audit, audit.verdicts)
    if missing:
        parts.append(f"Not known: {escape(', '.join(missing))}")
    parts += _fields(audit, look)
    parts += _automations(audit)
    parts += _scorecard(audit, look)
    parts += _findings(audit, look)
    return "\n\n".join(parts) + "\n"


def _fields(audit: AuditDocument, look: Look) -> Iterator[str]:
    every = sorted(audit.verdicts, key=words.pressing)
    settled = words.settled(audit)
    open_ = [one for one in every if one.verdict in words.TO_DO and one.address not in settled]
    chosen = every if look.full else open_
    if not chosen:
        yield (
            "No other field is to be hidden, deprecated or removed."
            if settled
            else "No field is to be hidden, deprecated or removed."
        )
        return
    head = f"| Field | Verdict | Filled | Last {audit.recent_days} days | Last write | Written by | Used by |"
    yield "\n".join([head, "| --- | --- | --: | --: | --- | --- | --- |", *(_row(one) for one in chosen[:ROWS])])
    if len(chosen) > ROWS:
        yield f"and {len(chosen) - ROWS:,} more: {escape(words.verdicts(chosen[ROWS:]))}"
    unknown = [one for one in every if one.verdict == "unknown"]
    if unknown and not look.full:
        yield f"{count(len(unknown), 'field')} unknown, of {count(len({one.object for one in unknown}), 'object')}"


def _row(field: FieldVerdict) -> str:
    cells = [
        code(bounded(words.name_of(field), 120)).replace("|", "\\|"), field.verdict,
        escape(words.percent(field.share)), escape(words.percent(field.recent)),
        escape(field.evidence.last_write), escape(", ".join(field.writers) or "nobody"), escape(words.used_by(field)),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _automations(audit: AuditDocument) -> Iterator[str]:
    chosen = [one for one in ranked(audit) if one.skipped][:ROWS]
    if chosen:
        cells = [
            (escape(bounded(one.label, 120)), number(one.in_scope), number(one.fires), escape(astray(one)))
            for one in chosen
        ]
        rows = [f"| {' | '.join(row)} |" for row in cells]
        yield "\n".join(
            ["| Automation | In scope | Fires | Skipped or misrouted |", "| --- | --: | --: | --- |", *rows]
        )


def _scorecard(audit: AuditDocument, look: Look) -> Iterator[str]:
    shown = [one for one in audit.scorecard if one.known] if look.full else scorecard.first(audit.scorecard)
    if shown:
        cells = [
            (scorecard.name_of(one), scorecard.now(one), scorecard.moved(one), words.percent(one.trust))
            for one in shown
        ]
        rows = [f"| {' | '.join(map(escape, row))} |" for row in cells[:ROWS]]
        yield "\n".join(["| Scorecard | Now | Moved | Trust |", "| --- | --: | --: | --: |", *rows])


def _findings(audit: AuditDocument, look: Look) -> Iterator[str]:
    others: Sequence[AuditFinding] = [one for one in audit.findings if not words.tells_a_verdict(one.code)]
    for name, group in words.by_code(others):
        shown = group if look.full else group[:LINES]
        lines = [f"- {escape(bounded(one.message, _LONGEST))}" for one in shown]
        if len(shown) < len(group):
            lines.append(f"- and {len(group) - len(shown):,} more")
        head = f"**{group[0].severity} {name}** {escape(group[0].summary)} ({len(group):,})"
        yield "\n".join([head, "", *lines, "", f"Mend: {escape(group[0].mend)}"])
