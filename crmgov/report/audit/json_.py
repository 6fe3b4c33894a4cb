"""An audit as JSON, stable enough for other programs: ``schemas/audit.json`` describes it."""

import msgspec

from crmgov.model.audits import AuditDocument
from crmgov.report.audit.look import Look


def render(audit: AuditDocument, look: Look) -> str:  # noqa: ARG001 - programs are told everything
    """The document as it is."""
    return msgspec.json.format(msgspec.json.encode(audit, order="deterministic"), indent=2).decode() + "\n"
