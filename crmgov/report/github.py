"""Findings as workflow commands, which GitHub shows as annotations on the lines of a pull request."""

from crmgov.model.diagnostics import Diagnostic
from crmgov.report.findings import Findings, folded, more_text, place_of
from crmgov.report.text import clean

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(findings: Findings) -> str:
    """One command a finding; what was folded, the totals and the summary as plain lines of the log."""
    listed, more = folded(findings)
    lines = [_command(item) for item in listed]
    plain = [*(more_text(*one) for one in more), findings.totals, clean(findings.summary)]
    return "\n".join([*lines, *(_plain(line) for line in plain if line)]) + "\n"


def _command(item: Diagnostic) -> str:
    place = place_of(item.at)
    properties = {"title": f"{item.code} {item.address}".strip()}
    if place is not None:
        numbers = {"line": place.line, "col": place.column, "endLine": place.end_line, "endColumn": place.end_column}
        properties = {"file": place.file, **{key: str(value) for key, value in numbers.items() if value}, **properties}
    told = [item.message, item.hint, item.detail, *item.evidence]
    written = ",".join(f"{key}={_property(clean(value))}" for key, value in properties.items())
    return f"::{_COMMANDS[item.severity]} {written}::{_data(chr(10).join(clean(text) for text in told if text))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(line: str) -> str:
    """A line of the log that cannot be taken for a command."""
    return f" {line}" if line.lstrip().startswith(("::", "##")) else line
