"""An audit as CSV, a row a field, for spreadsheets: no cell is ever taken for a formula."""

import csv
import io
from collections import defaultdict

from crmgov.model.audits import AuditDocument, FieldVerdict
from crmgov.model.evidence import Evidence
from crmgov.report.audit import words
from crmgov.report.audit.look import Look
from crmgov.report.text import clean

HEAD = (
    "object", "field", "label", "type", "custom", "verdict", "reasons", "filled_percent", "recent_percent", "records",
    "filled", "recent_records", "recent_filled", "last_write", "writers", "used_by", "not_known", "exactness",
    "counted", "source", "findings", "waived", "known", "values",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula; the wide ones too, where Japanese is set."""


def render(audit: AuditDocument, look: Look) -> str:  # noqa: ARG001 - a table is always whole
    """The head and a row for every field, the most pressing first."""
    codes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in audit.findings:
        codes[one.address, one.standing].append(one.code)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for field in sorted(audit.verdicts, key=words.pressing):
        found = [", ".join(codes[field.address, standing]) for standing in ("new", "waived", "known")]
        writer.writerow([safe(cell) for cell in (*_row(field), *found, _values(field))])
    return text.getvalue()


def safe(text: str) -> str:
    """A cell that every spreadsheet reads as text or as a plain number."""
    shown = clean(text)
    return f"'{shown}" if text.lstrip(" ").startswith(_FORMULA) else shown


def _row(field: FieldVerdict) -> tuple[str, ...]:
    evidence = field.evidence
    return (
        field.object, field.name, field.label, field.type, "yes" if field.custom else "no", field.verdict,
        "; ".join(field.reasons), _percent(field.share), _percent(field.recent), _count(evidence.records),
        _count(evidence.filled), _count(evidence.recent_records), _count(evidence.recent_filled), evidence.last_write,
        ", ".join(field.writers), words.used_by(field), "; ".join(field.not_known),
        words.exactness(evidence.filled), evidence.filled.time, evidence.filled.source,
    )  # fmt: skip


def _percent(share: float | None) -> str:
    """A share as a plain number of percent, which a spreadsheet can sort by."""
    return "" if share is None else f"{share * 100:.4g}"


def _count(evidence: Evidence) -> str:
    return "" if evidence.count is None else str(evidence.count)


def _values(field: FieldVerdict) -> str:
    """Values of records, where they were asked for."""
    shown = "; ".join(f"{one.value} ({one.records:,})" for one in field.evidence.shown)
    return shown or (f"not shown: {field.evidence.masked}" if field.evidence.masked else "")
