"""Findings as JUnit XML: an error is a failed test, anything else a passed one that says what was found."""

from xml.sax.saxutils import escape, quoteattr

from crmgov.model.diagnostics import Diagnostic
from crmgov.report.findings import Findings, place_of, place_text
from crmgov.report.text import clean


def render(findings: Findings) -> str:
    """One suite; without findings one passed test, as an empty suite counts as a fault in many services."""
    items = findings.diagnostics
    failed = sum(item.severity == "error" for item in items)
    cases = [_case(item) for item in items] or ['    <testcase classname="crmgov" name="no findings"/>']
    size = f'name="crmgov" tests="{len(cases)}" failures="{failed}" errors="0" skipped="0"'
    told = findings.totals + (f"\n{clean(findings.summary)}" if findings.summary else "")
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="crmgov" tests="{len(cases)}" failures="{failed}" errors="0">',
            f"  <testsuite {size}>",
            *cases,
            f"    <system-out>{escape(told)}</system-out>",
            "  </testsuite>",
            "</testsuites>\n",
        ]
    )


def _case(item: Diagnostic) -> str:
    place = place_of(item.at)
    group = _attribute(place.file if place is not None else item.address or "crmgov")
    name = _attribute(f"{item.code} {item.message}")
    head = f"    <testcase classname={group} name={name}"
    if place is not None and place.line:
        head += f' file={_attribute(place.file)} line="{place.line}"'
    body = escape("\n".join(_told(item)))
    if item.severity == "error":
        failure = f"type={_attribute(item.code)} message={_attribute(item.message)}"
        return f"{head}>\n      <failure {failure}>{body}</failure>\n    </testcase>"
    return f"{head}>\n      <system-out>{body}</system-out>\n    </testcase>"


def _told(item: Diagnostic) -> list[str]:
    lines = [f"{item.severity} {item.code} {clean(item.message)}", place_text(item.at), clean(item.hint)]
    lines += [f"Why: {clean(item.detail)}" if item.detail else "", f"Mend: {clean(item.mend)}" if item.mend else ""]
    lines += [clean(text) for text in item.evidence]
    lines += [f"{clean(one.label)} {place_text(one.at)}" for one in item.related]
    return [line for line in lines if line]


def _attribute(text: str) -> str:
    """An attribute's value in quotes; what XML cannot hold is written out, as ``clean`` does."""
    return quoteattr(clean(text))
