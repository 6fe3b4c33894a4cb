"""An audit as text: one entry for all formats. No value of a record is in any of them unless asked for."""

from importlib import import_module
from typing import Protocol

from crmgov.model.audits import AuditDocument
from crmgov.report.audit.look import Look

FORMATS = {"human": "human", "json": "json_", "csv": "csv_", "markdown": "markdown", "html": "html", "xlsx": "workbook"}
"""The formats, and the module that writes each."""


class _Renderer(Protocol):
    def render(self, audit: AuditDocument, look: Look) -> str | bytes: ...


def render(audit: AuditDocument, form: str, look: Look | None = None) -> str | bytes:
    """An audit in one of ``FORMATS``: text, or the bytes of a workbook."""
    renderer: _Renderer = import_module(f"crmgov.report.audit.{FORMATS[form]}")
    return renderer.render(audit, look or Look())
