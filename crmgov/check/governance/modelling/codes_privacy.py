"""The codes on personal data: what each means, whatever the names."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="PRIVACY001",
        summary="Personal data is kept without a limit",
        why="The law asks that personal data be kept no longer than needed (GDPR Article 5, CCPA); without a period"
        " nothing is ever deleted.",
        mend="Add retention: with months, action and basis to the object.",
        severity="warning",
    ),
    CodeInfo(
        code="PRIVACY002",
        summary="Personal data has no sensitivity",
        why="Only confidential and restricted fields are left out of what a permission set gives by default; a field"
        " nobody ranked is open with all the others.",
        mend="Set sensitivity: to internal, confidential or restricted.",
        severity="warning",
    ),
    CodeInfo(
        code="PRIVACY003",
        summary="A field that identifies people is not marked as personal data",
        why="Requests to see or delete somebody's data are answered from the marked fields; what is missed is kept.",
        mend="List the laws it falls under in personal_data:, or write personal_data: [] if it is nobody's own.",
        severity="warning",
    ),
    CodeInfo(
        code="PRIVACY004",
        summary="Personal data is open to people outside",
        why="Every external user sees all records of the object, whoever owns them.",
        mend="Set external_sharing: private, and share single records where that is needed.",
        severity="warning",
    ),
)
