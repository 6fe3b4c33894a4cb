"""An audit as an Excel workbook in which people decide; ``crmgov audit --decisions`` reads it back.

No cell is a formula: every text is written as text and marked as such, so that typing into it does not make it one.
"""

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from crmgov.model.audits import AuditDocument, FieldVerdict
from crmgov.report.audit import words
from crmgov.report.audit.look import Look
from crmgov.report.text import bounded

FORMAT = "crmgov-audit-workbook/1"
SHEET = "Decisions"
HEAD = (
    "address", "label", "verdict", "filled_percent", "recent_percent", "filled", "records", "last_write", "written_by",
    "used_by", "reasons", "not_known", "findings", "decision", "owner", "reason", "until",
)  # fmt: skip
DECISIONS = ("keep", "hide", "deprecate", "remove")
_WIDTHS = {"address": 34, "label": 24, "reasons": 60, "not_known": 40, "used_by": 30, "reason": 40, "findings": 22}
_HELP = (
    ("decision", "keep: accept the finding for a time. hide: off all layouts. deprecate, remove: on its way out."),
    ("owner", "Who answers for keeping it; empty: the owner that the configuration names."),
    ("reason", "Why. Needed for every decision."),
    ("until", "keep: the last day of the acceptance. deprecate, remove: the first day after which it may go."),
    ("", "Save the file, then: crmgov audit ENVIRONMENT --decisions FILE. It changes YAML only."),
)


def render(audit: AuditDocument, look: Look) -> bytes:  # noqa: ARG001 - a workbook is always whole
    """The bytes of the workbook: a sheet to decide in, the findings, and what the columns mean."""
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "B2"
    for number, name in enumerate(HEAD, 1):
        sheet.column_dimensions[_letter(number)].width = _WIDTHS.get(name, 14)
    allowed = DataValidation(type="list", formula1=f'"{",".join(DECISIONS)}"', allow_blank=True)
    letter = _letter(HEAD.index("decision") + 1)
    allowed.add(f"{letter}2:{letter}{max(len(audit.verdicts), 1) + 1}")
    sheet.data_validations.append(allowed)
    found = _codes(audit)
    _rows(sheet, [HEAD, *(_row(field, found) for field in sorted(audit.verdicts, key=words.pressing))])
    sheet.auto_filter.ref = f"A1:{_letter(len(HEAD))}{len(audit.verdicts) + 1}"
    findings = (("code", "severity", "address", "message", "standing"), *_findings(audit))
    _rows(book.create_sheet("Findings"), findings)
    about = (("format", FORMAT), ("environment", audit.environment), ("time", audit.time), *_HELP)
    _rows(book.create_sheet("About"), about)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _codes(audit: AuditDocument) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in audit.findings:
        found[one.address].append(one.code)
    return found


def _row(field: FieldVerdict, found: dict[str, list[str]]) -> tuple[object, ...]:
    evidence = field.evidence
    return (
        field.address, field.label, field.verdict, _percent(field.share), _percent(field.recent),
        evidence.filled.count, evidence.records.count, evidence.last_write, ", ".join(field.writers),
        words.used_by(field), "; ".join(field.reasons), "; ".join(field.not_known),
        ", ".join(found.get(field.address, ())), None, None, None, None,
    )  # fmt: skip


def _findings(audit: AuditDocument) -> Iterator[tuple[object, ...]]:
    for one in audit.findings:
        yield one.code, one.severity, one.address, one.message, one.standing


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 2)


def _letter(number: int) -> str:
    return chr(ord("A") + number - 1)


def _rows(sheet: Any, rows: Any) -> None:
    """Rows of a sheet; numbers stay numbers, and a text is one whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    for number, row in enumerate(rows):
        cells = []
        for value in row:
            if not isinstance(value, str):
                cells.append(value)
                continue
            cell = WriteOnlyCell(sheet, value=bounded(value, 30_000))
            cell.data_type = "s"
            if value[:1] in ("=", "+", "-", "@"):
                cell.style = "Normal"
                cell.quotePrefix = True
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
