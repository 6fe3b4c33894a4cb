"""Findings as Markdown, for comments on pull requests and job summaries."""

import re

from crmgov.model.diagnostics import Diagnostic
from crmgov.report.findings import Findings, folded, more_text, place_text, totals
from crmgov.report.text import clean

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", ":": "&#58;"}


def render(findings: Findings) -> str:
    """A line of totals, the findings as a list, what was folded, and the summary."""
    listed, more = folded(findings)
    parts = [f"**{escape(totals(findings.diagnostics))}**"]
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


def escape(text: str) -> str:
    """A text that stays text: no markup, no HTML, no mention, no link."""
    marked = _SPECIAL.sub(r"\\\1", clean(text))
    return "".join(_ENTITIES.get(char, char) for char in marked)


def code(text: str) -> str:
    """A text as a code span, whatever backticks it holds."""
    shown = clean(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
