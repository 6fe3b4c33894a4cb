"""The codes of pipelines and handoffs."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="HANDOFF010",
        severity="warning",
        summary="A rule stops people at a field that nobody may see",
        why="Whoever is stopped cannot see the value that stops them, nor the message that stands at it, and has no way to mend it.",
        mend="Give the roles that save these records read access to the field, or let the rule ask about one they see.",
    ),
)
