"""Findings one a line, as editors and ``grep`` read them."""

from crmgov.report.findings import Findings, folded, more_text, place_text, uncounted
from crmgov.report.text import bounded, clean


def render(findings: Findings) -> str:
    """``file:line:column: severity CODE message (hint)``, then what was folded, the totals and the summary."""
    listed, more = folded(findings)
    lines = []
    for item in listed:
        place = place_text(item.at) or clean(item.address) or "-"
        hint = f" ({clean(item.hint)})" if item.hint else ""
        lines.append(f"{place}: {item.severity} {item.code} {bounded(item.message)}{hint}")
    lines += [more_text(*one) for one in more]
    lines += uncounted(findings)
    lines.append(findings.totals)
    if findings.summary:
        lines.append(clean(findings.summary))
    return "\n".join(lines) + "\n"
