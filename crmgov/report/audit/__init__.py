"""An audit as text: one entry for all formats. No value of a record is in any of them."""

from importlib import import_module
from typing import Protocol

from crmgov.audit.run import Audit

FORMATS = {"human": "human", "json": "json_"}
"""The formats, and the module that writes each."""


class _Renderer(Protocol):
    def render(self, audit: Audit, *, full: bool) -> str: ...


def render(audit: Audit, form: str, *, full: bool = False) -> str:
    """The text of an audit in one of ``FORMATS``. ``full``: fields that are kept too."""
    renderer: _Renderer = import_module(f"crmgov.report.audit.{FORMATS[form]}")
    return renderer.render(audit, full=full)
