"""Findings as Markdown, for comments on pull requests and job summaries."""

from crmgov.model.diagnostics import Diagnostic
from crmgov.report.findings import Findings, folded, more_text, place_text
from crmgov.report.markdown_text import code, escape


def render(findings: Findings) -> str:
    """A line of totals, the findings as a list, what was folded, and the summary."""
    listed, more = folded(findings)
    parts = [f"**{escape(findings.totals)}**"]
    if listed:
        parts.append("\n".join(_finding(item) for item in listed))
    if more:
        parts.append("\n".join(f"- {escape(more_text(*one))}" for one in more))
    if findings.summary:
        parts.append(escape(findings.summary))
    return "\n\n".join(parts) + "\n"


def _finding(item: Diagnostic) -> str:
    place = place_text(item.at)
    head = f"- **{item.severity} {item.code}** {escape(item.message)}" + (f" at {code(place)}" if place else "")
    below = [escape(item.hint), escape(item.detail), *(escape(text) for text in item.evidence)]
    below += [f"{escape(one.label)} {code(place_text(one.at))}" for one in item.related]
    return "  \n  ".join([head, *(text for text in below if text)])
