"""Findings for other programs: one JSON object whose ``format`` names its version. Nothing is folded."""

import json
from collections import Counter
from typing import Any

from crmgov.check.judgement.waivers import Waived
from crmgov.model.diagnostics import SEVERITIES, Diagnostic, Place, Where
from crmgov.model.kinds.base import given
from crmgov.report.findings import Findings, place_of

FORMAT = "crmgov-findings/1"
"""Raised when a key changes its meaning or goes away; keys may be added."""


def render(findings: Findings) -> str:
    """The findings with all they hold, in the order of their places; ASCII only, keys in a fixed order."""
    counts = Counter(item.severity for item in findings.diagnostics)
    report = {
        "format": FORMAT,
        "summary": findings.summary,
        "totals": {severity: counts[severity] for severity in SEVERITIES},
        "findings": [finding_json(item) for item in findings.diagnostics],
        "waived": [_waived(one) for one in findings.beside.waived],
        "known": [finding_json(item) for item in findings.beside.known],
        "worse": findings.beside.worse,
        "off": findings.beside.off,
    }
    return json.dumps(report, indent=2) + "\n"


def finding_json(item: Diagnostic) -> dict[str, Any]:
    """One finding with all it holds."""
    return {
        "code": item.code,
        "severity": item.severity,
        "message": item.message,
        "why": item.detail,
        "mend": item.mend,
        "hint": item.hint,
        "place": place_json(item.at),
        "related": [{"label": one.label, "place": place_json(one.at)} for one in item.related],
        "address": item.address,
        "policy": item.policy,
        "amount": item.amount,
        "evidence": list(item.evidence),
        "fix": None if item.fix is None else {"title": item.fix.title, "safe": item.fix.safe},
    }


def _waived(one: Waived) -> dict[str, Any]:
    waiver = one.waiver
    told = {"owner": waiver.owner, "reason": waiver.reason, "expires": waiver.expires}
    return {**finding_json(one.finding), "waiver": {**told, "evidence": given(waiver.evidence, "")}}


def place_json(at: Where | Place | None) -> dict[str, Any] | None:
    """A place; lines and columns count from 1, 0 means unknown, the end column is the one after the last."""
    place = place_of(at)
    if place is None:
        return None
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
