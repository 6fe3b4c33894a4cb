"""An audit as JSON, stable enough for other programs."""

from typing import Any

import msgspec

from crmgov.audit.run import Audit
from crmgov.audit.silence.predict import predictions, splits
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic

FORMAT = "crmgov-audit/1"


def render(audit: Audit, *, full: bool) -> str:  # noqa: ARG001 - programs are told everything
    """Verdicts, ``unknown`` included, and findings."""
    data = {
        "format": FORMAT,
        "verdicts": [_verdict(one) for one in audit.verdicts],
        "automations": list(predictions(audit.scene, splits(audit.scene))),
        "findings": [_finding(one) for one in audit.findings],
    }
    return msgspec.json.format(msgspec.json.encode(data, order="deterministic"), indent=2).decode() + "\n"


def _verdict(one: Judged) -> dict[str, Any]:
    facts = one.facts
    return {
        "address": facts.address,
        "verdict": one.verdict,
        "reasons": one.reasons,
        "not_known": one.not_known,
        "evidence": {
            "records": facts.records.evidence,
            "filled": facts.filled.evidence,
            "recent_records": facts.recent_records.evidence,
            "recent_filled": facts.recent.evidence,
            "last_write": facts.latest.text[:10],
        },
        "writers": facts.writers,
        "uses": facts.uses,
    }


def _finding(one: Diagnostic) -> dict[str, Any]:
    return {
        "code": one.code, "severity": one.severity, "address": one.address, "message": one.message,
        "evidence": one.evidence, "at": one.at,
    }  # fmt: skip
