"""An audit for the terminal: what to act on first, then the figures behind it."""

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from crmgov.model.audits import AuditDocument, AuditedObject, AuditFinding, FieldVerdict
from crmgov.report.audit import scorecard, words
from crmgov.report.audit.automations import block
from crmgov.report.audit.look import Look
from crmgov.report.audit.table import Column, cut, fitting, table
from crmgov.report.text import bounded, clean, count

ROWS = 12
"""Fields of one object on the first screen."""
OBJECTS = 4
"""Objects with a table on the first screen; others have a line each."""
LINES = 3
"""Findings of one code on the first screen; of notes there is only the head."""
_BAR = 8
_ALIKE = 2
"""Fields that are unknown for the same reason, from which they share one line."""
_SPARE = (4, 3, 5, 2)
"""Columns that a narrow terminal does without, the first one first: BY, LAST WRITE, USED BY, 90 DAYS."""
_COLORS = {"remove": "31;1", "deprecate": "33;1", "hide": "36;1", "unknown": "2", "keep": "32",
           "error": "31;1", "warning": "33;1", "note": "36;1", "code": "1", "object": "1"}  # fmt: skip


class _Block(msgspec.Struct, frozen=True):
    """One object with its fields, the most pressing first."""

    object: AuditedObject
    fields: list[FieldVerdict]
    open: list[FieldVerdict]
    """Those that ask for something which nobody has settled."""


def render(audit: AuditDocument, look: Look) -> str:
    """Totals, one block an object, automations, findings beyond the verdicts, and what comes next."""
    blocks = _blocks(audit)
    lines = [*_top(audit), ""]
    shown = [one for one in blocks if look.full or look.narrowing or one.open]
    first = shown if look.full else shown[:OBJECTS]
    for one in first:
        lines += [*_head(one, look), *_rows(audit, one, look), ""]
    lines += _briefly([one for one in blocks if one not in first], look)
    lines += block(audit, look)
    lines += scorecard.block(audit, look)
    lines += _findings(audit, look)
    lines.append(words.findings_total(audit.findings, audit.off))
    lines += _next(audit, blocks, look)
    return "\n".join(lines) + "\n"


def _blocks(audit: AuditDocument) -> list[_Block]:
    """Every object, the one with most to do first."""
    settled = words.settled(audit)
    by_object: dict[str, list[FieldVerdict]] = {}
    for field in sorted(audit.verdicts, key=words.pressing):
        by_object.setdefault(field.object, []).append(field)
    blocks = []
    for one in audit.objects:
        fields = by_object.get(one.name, [])
        left = [field for field in fields if field.verdict in words.TO_DO and field.address not in settled]
        blocks.append(_Block(one, fields, left))
    weight = {"remove": 100, "deprecate": 100, "hide": 1}
    return sorted(blocks, key=lambda one: (-sum(weight[field.verdict] for field in one.open), one.object.name))


def _top(audit: AuditDocument) -> Iterator[str]:
    name = clean(audit.environment or audit.source)
    source = f" ({clean(audit.source)})" if audit.source and audit.source != name else ""
    against = f" - against {clean(audit.against)}" if audit.against else ""
    total = count(sum(one.records.count or 0 for one in audit.objects), "record")
    yield f"{name}{source}: {total} of {count(len(audit.objects), 'object')}, {words.counted(audit)}{against}"
    yield f"{count(len(audit.verdicts), 'field')}: {words.verdicts(audit.verdicts)}"
    missing = words.not_known(audit, audit.verdicts)
    if missing:
        capped = "; verdicts stop at deprecate" if "remove" not in words.verdict_counts(audit.verdicts) else ""
        yield f"Not known: {clean(', '.join(missing))}{capped}"


def _head(one: _Block, look: Look) -> Iterator[str]:
    own = one.object
    custom = f", {own.custom:,} custom" if own.custom != own.fields else ""
    name = _paint(clean(own.name), "object", look)
    counted = f", counted {own.records.time[11:16]}" if own.records.time else ""
    yield f"{name}: {words.records(own.records)}{counted} - {count(own.fields, 'field')}{custom}"
    if own.not_held:
        names = clean(", ".join(own.not_held))
        yield cut(f"  Not in the records: {count(len(own.not_held), 'field')} ({names})", look.columns)
    if own.strange:
        belong = "belongs" if own.strange == 1 else "belong"
        yield f"  {count(own.strange, 'column')} of the records {belong} to no field"


def _rows(audit: AuditDocument, one: _Block, look: Look) -> Iterator[str]:
    alike = Counter(field.reasons for field in one.fields if field.verdict == "unknown")
    together = set() if look.full else {reasons for reasons, times in alike.items() if times >= _ALIKE}
    every = one.fields if look.full else [*one.open, *(field for field in one.fields if field.verdict == "unknown")]
    chosen = [field for field in every if not (field.verdict == "unknown" and field.reasons in together)]
    shown = chosen if look.full else chosen[:ROWS]
    if shown:
        yield from _table(audit, shown, look)
    if len(shown) < len(chosen):
        yield f"and {len(chosen) - len(shown):,} more: {words.verdicts(chosen[len(shown) :])} (--full)"
    for reasons in sorted(together):
        yield f"{count(alike[reasons], 'field')} unknown: {clean('; '.join(reasons))}"
    kept = sum(field.verdict == "keep" for field in one.fields)
    settled = sum(field.verdict in words.TO_DO for field in one.fields) - len(one.open)
    beside = [f"{count(kept, 'field')} to keep"] if kept else []
    beside += [f"{settled:,} known or waived"] if settled else []
    if beside and not look.full:
        yield f"{', '.join(beside)} (--full)"


def _table(audit: AuditDocument, fields: Sequence[FieldVerdict], look: Look) -> list[str]:
    bar = _BAR if look.columns >= 100 else 0
    rows = [_row(field, bar) for field in fields]
    columns = [
        Column(head="FIELD", least=14), Column(head="FILLED"), Column(head=f"{audit.recent_days} DAYS"),
        Column(head="LAST WRITE"), Column(head="BY", least=8), Column(head="USED BY", least=10), Column(head="VERDICT"),
    ]  # fmt: skip
    told = [n for n in range(len(columns)) if n not in (2, 3) or any(row[n] not in ("", "-") for row in rows)]
    kept = fitting(columns, rows, told, _SPARE, look.columns)

    def paint(number: int, text: str, padded: str) -> str:
        return _paint(padded, text, look) if kept[number] == len(columns) - 1 else padded

    return table([columns[n] for n in kept], [[row[n] for n in kept] for row in rows], look.columns, paint)


def _row(field: FieldVerdict, bar: int) -> list[str]:
    verdict, name = str(field.verdict), clean(field.name)
    if field.share is None:
        reason = clean("; ".join(field.reasons)) or "not counted"
        return [name, "-", "", clean(field.evidence.last_write), _by(field), f"- {reason}", verdict]
    moved = "" if _before(field, recent=True) is not None else _points(field.share, _before(field, recent=False))
    filled = f"{words.percent(field.share):>5}{moved} {'#' * round(field.share * bar)}".rstrip()
    used = words.used_by(field) if field.verdict != "unknown" else f"- {clean('; '.join(field.reasons))}"
    return [name, filled, _recent(field), clean(field.evidence.last_write), _by(field), used, verdict]


def _recent(field: FieldVerdict) -> str:
    """The share of recent records, and in points how it moved since the audit that is compared with."""
    if field.recent is None:
        return "-"
    return f"{words.percent(field.recent):>4}{_points(field.recent, _before(field, recent=True))}"


def _before(field: FieldVerdict, *, recent: bool) -> float | None:
    """The share in the audit before, of recent or of all records."""
    last = field.past[-1] if field.past else None
    return None if last is None else last.recent if recent else last.filled


def _points(now: float, before: float | None) -> str:
    moved = 0 if before is None else round((now - before) * 100)
    return f" {moved:+d}" if moved else ""


def _by(field: FieldVerdict) -> str:
    return clean(", ".join(field.writers)) or "nobody"


def _briefly(blocks: Sequence[_Block], look: Look) -> list[str]:
    """Objects without a table: those with something to do on a line each, all others on one."""
    lines = [
        f"{clean(one.object.name)}: {words.verdicts(one.open)} (--only {clean(one.object.name)})"
        for one in blocks
        if one.open
    ]
    calm = [one for one in blocks if not one.open]
    if calm:
        names = ", ".join(clean(one.object.name) for one in calm)
        verdicts = words.verdicts(field for one in calm for field in one.fields)
        known = any(field.verdict in words.TO_DO for one in calm for field in one.fields)
        nothing = "Nothing new" if known else "Nothing to do"
        text = f"{nothing} in {count(len(calm), 'object')} ({verdicts}): {names}"
        lines.append(text if look.full else cut(text, max(2 * look.columns, 200)))
    return [*lines, ""] if lines else []


def _findings(audit: AuditDocument, look: Look) -> list[str]:
    """Findings beyond what verdicts tell, by code; with everything asked for, also those that do not count."""
    lines: list[str] = []
    for code, group in words.by_code(one for one in audit.findings if not words.tells_a_verdict(one.code)):
        severity = group[0].severity
        head = f"{_paint(severity, severity, look)} {_paint(code, 'code', look)}  {clean(group[0].summary)}"
        lines.append(f"{head}: {len(group):,}")
        if severity == "note" and not look.full:
            continue
        shown = group if look.full else group[:LINES]
        lines += [cut(f"   {bounded(one.message)}", 10_000 if look.full else look.columns) for one in shown]
        if len(shown) < len(group):
            lines.append(f"   and {len(group) - len(shown):,} more (--full)")
        lines.append(cut(f"   Mend: {clean(group[0].mend)}", 10_000 if look.full else look.columns))
    if look.full:
        lines += [_aside(one) for one in audit.findings if one.standing != "new"]
    return [*lines, ""] if lines else []


def _aside(one: AuditFinding) -> str:
    reason = f" ({clean(one.reason)})" if one.reason else ""
    return f"{one.standing}  {one.severity} {one.code}  {bounded(one.message)}{reason}"


def _next(audit: AuditDocument, blocks: Sequence[_Block], look: Look) -> Iterator[str]:
    """The one command that helps most now."""
    if not look.command:
        return
    left = [field for one in blocks for field in one.open]
    if left and not look.narrowing:
        yield f"Next: {look.command} --only {clean(blocks[0].object.name)} --full"
        return
    if left and look.fixes:
        yield f"Next: {look.command}{look.narrowing} --fix   ({words.verdicts(left)}, in the YAML)"
        return
    codes = [one.code for one in audit.findings if one.standing == "new"]
    if codes:
        code, times = Counter(codes).most_common(1)[0]
        yield f"Next: crmgov explain {code}   ({count(times, 'finding')})"


def _paint(text: str, tone: str, look: Look) -> str:
    return f"\x1b[{_COLORS[tone]}m{text}\x1b[0m" if look.color and tone in _COLORS and text else text
