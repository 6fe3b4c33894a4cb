"""The codes about access: who may do more than the work needs, or less."""

from crmgov.model.diagnostics import CodeInfo, declare


def _code(code: str, summary: str, why: str, mend: str) -> CodeInfo:
    return CodeInfo(code=code, summary=summary, why=why, mend=mend, severity="warning")


declare(
    _code(
        "ACCESS013",
        "A default record type is hidden",
        "New records of these people would be of a type they may not use; the CRM falls back on another or refuses.",
        "Make the record type visible, or choose another default.",
    ),
)
