"""An audit as one self-contained page: figures to sort and filter, pictures, and how to mend what was found.

The rows of the table are data that a script turns into text, never into markup; without a script the summary, the
objects, the pictures and the findings are read all the same.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from crmgov.check.words import thing
from crmgov.model.audits import VERDICTS, AuditDocument, AuditFinding, AutomationFigures, FieldVerdict
from crmgov.report.audit import scorecard, words
from crmgov.report.audit.automations import astray, number, ranked, segment
from crmgov.report.audit.look import Look
from crmgov.report.audit.pictures import fullness, heats, line, measures, moved
from crmgov.report.page import fill
from crmgov.report.text import bounded, clean

LISTED = 50
"""Findings of one code on the page; the table and the JSON have them all."""
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""What could end a script element early, as JSON writes it otherwise."""


def render(audit: AuditDocument, look: Look) -> str:  # noqa: ARG001 - a page has everything
    """The page."""
    fields = sorted(audit.verdicts, key=words.pressing)
    counts, shown = words.verdict_counts(fields), scorecard.first(audit.scorecard)
    return fill("audit.html", {
        "audit": audit,
        "name": audit.environment or audit.source,
        "clock": words.counted(audit),
        "records": sum(one.records.count or 0 for one in audit.objects),
        "missing": words.not_known(audit, fields),
        "capped": not counts["remove"],
        "verdicts": [(one, counts[one]) for one in VERDICTS],
        "totals": words.findings_total(audit.findings, audit.off),
        "objects": _objects(audit, fields),
        "bars": fullness(fields),
        "most": max((bar.count for bar in fullness(fields)), default=0),
        "heats": heats(audit),
        "measures": measures(shown),
        "more_measures": measures([one for one in audit.scorecard if one.known and one not in shown]),
        "moved": [(one, line(one.shares)) for one in moved(audit)],
        "automations": [
            (one, number(one.in_scope), number(one.fires), astray(one), _segments(one)) for one in ranked(audit)
        ],
        "groups": [_group(code, group) for code, group in words.by_code(audit.findings)],
        "aside": [one for one in audit.findings if one.standing != "new"][:LISTED],
        "data": _island(audit, fields),
        "percent": words.percent,
        "counted": words.records,
    })  # fmt: skip


def _objects(audit: AuditDocument, fields: Sequence[FieldVerdict]) -> list[dict[str, Any]]:
    """Objects with their verdicts, the one with most to do first."""
    own: dict[str, list[FieldVerdict]] = defaultdict(list)
    for field in fields:
        own[field.object].append(field)
    rows = []
    for one in audit.objects:
        counts = words.verdict_counts(own[one.name])
        todo = sum(counts[verdict] for verdict in words.TO_DO)
        parts = [(verdict, counts[verdict]) for verdict in VERDICTS if counts[verdict]]
        rows.append({"object": one, "todo": todo, "parts": parts, "verdicts": words.verdicts(own[one.name])})
    return sorted(rows, key=lambda row: (-row["todo"], row["object"].name))


def _segments(one: AutomationFigures) -> list[str]:
    """The segments of an automation's records, the one with most astray first."""
    told = sorted((part for part in one.segments if part.skipped), key=lambda part: -part.skipped)
    return [f"{segment(part)}: {part.skipped:,} of {part.in_scope:,} ({words.percent(part.share)})" for part in told]


def _group(code: str, group: Sequence[AuditFinding]) -> dict[str, Any]:
    first = group[0]
    return {
        "code": code, "severity": first.severity, "summary": first.summary, "count": len(group), "why": first.why,
        "mend": first.mend, "listed": [bounded(one.message) for one in group[:LISTED]],
        "left": max(0, len(group) - LISTED),
    }  # fmt: skip


def _island(audit: AuditDocument, fields: Sequence[FieldVerdict]) -> str:
    """All rows as JSON that no browser takes for markup. Long texts that recur are told once and numbered."""
    texts: dict[str, int] = {}
    by_address: dict[str, list[AuditFinding]] = defaultdict(list)
    for one in audit.findings:
        by_address[one.address].append(one)
    rows = [_row(field, by_address[field.address], texts) for field in fields]
    data = {"rows": rows, "texts": list(texts), "objects": sorted(one.name for one in audit.objects)}
    return msgspec.json.encode(data).decode().translate(_UNSAFE)


def _row(field: FieldVerdict, findings: Sequence[AuditFinding], texts: dict[str, int]) -> Mapping[str, Any]:
    """One field; keys are short because there may be thousands of them."""
    evidence = field.evidence

    def once(text: str) -> int:
        return texts.setdefault(clean(text), len(texts))

    row: dict[str, Any] = {
        "o": clean(field.object), "n": clean(field.name), "l": clean(field.label), "t": clean(field.type),
        "v": field.verdict, "s": field.share, "p": words.percent(field.share), "r": field.recent,
        "q": words.percent(field.recent), "d": evidence.last_write, "w": ", ".join(field.writers) or "nobody",
        "u": words.used_by(field), "y": [once(text) for text in field.reasons],
        "k": [once(text) for text in field.not_known], "e": once(_counted(field)),
    }  # fmt: skip
    more: dict[str, Any] = {
        "f": [[one.severity, one.code, bounded(one.message), once(one.mend), one.standing] for one in findings],
        "b": [[clean(one.record_type), one.records, one.filled] for one in evidence.record_types],
        "a": [[clean(one.value), one.records] for one in evidence.listed],
        "g": [[clean(one.value), one.records] for one in evidence.shown],
        "i": [[who, count] for who, count in sorted(evidence.hands.items())],
        "m": evidence.masked,
        "h": _history(field),
        "z": {thing(kind): [clean(one) for one in users[:20]] + _rest(users) for kind, users in field.uses.items()},
    }
    if evidence.not_listed:
        more["x"] = evidence.not_listed
    return row | {key: value for key, value in more.items() if value}


def _rest(users: Sequence[str]) -> list[str]:
    return [f"and {len(users) - 20:,} more"] if len(users) > 20 else []


def _history(field: FieldVerdict) -> str:
    shares = [past.filled for past in field.past if past.filled is not None]
    return line([*shares, field.share]) if shares and field.share is not None else ""


def _counted(field: FieldVerdict) -> str:
    """Whence a field's figure is, and how exact."""
    filled = field.evidence.filled
    if filled.exactness == "unmeasured":
        return f"not counted: {filled.reason}"
    method = f" ({filled.method})" if filled.method else ""
    time = f", {filled.time[:10]} {filled.time[11:16]} UTC" if filled.time else ""
    return f"{words.exactness(filled)}{method}, from {filled.source or 'the records'}{time}"
