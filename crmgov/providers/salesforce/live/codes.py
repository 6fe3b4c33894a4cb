"""Codes of what an organisation does not show, or does not answer."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="SFLIVE001", severity="warning",
        summary="The user who asks may not see all records.",
        why="Salesforce counts only what is shared with the user, and says nothing of the rest. Fields filled on other "
            "people's records would look unused, so objects it may not see whole are not counted.",
        mend="Give the user a permission set with View All Data, or View All Records for these objects (read only).",
    ),
    CodeInfo(
        code="SFLIVE002", severity="warning",
        summary="The organisation does not say what fields an object has.",
        why="Nothing of it is counted, and its fields stay unknown.",
        mend="Look at the reason given; with --calls N more calls are allowed.",
    ),
    CodeInfo(
        code="SFLIVE004", severity="error",
        summary="The organisation cannot be asked any more.",
        why="The connection is gone, the calls that were allowed are used up, or few of the day's are left. What was not "
            "asked by then is unknown.",
        mend="Look at the reason given; with --calls N more calls are allowed.",
    ),
    CodeInfo(
        code="SFLIVE005", severity="error",
        summary="The organisation cannot be reached.",
        why="Its records are not counted, and nothing is known of them.",
        mend="Look at connection.org and connection.login of the environment, and at the variables they name.",
    ),
    CodeInfo(
        code="SFLIVE006", severity="error",
        summary="The organisation is not what the environment expects.",
        why="What a sandbox holds says nothing about production, where the same field may be filled on every record.",
        mend="Correct connection.org, or expects.kind, of the environment.",
    ),
    CodeInfo(
        code="SFLIVE003", severity="note",
        summary="Fields are not shown to the user who asks.",
        why="They are not in the organisation, or the user has no right to read them. Their verdict is unknown.",
        mend="Give the user read access to all fields, by a permission set of its own.",
    ),
)  # fmt: skip
