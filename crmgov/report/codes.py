"""Codes of what reports cannot say."""

from crmgov.model.diagnostics import CodeInfo, declare

NO_HANDLE, NOT_A_HANDLE, UNWRITABLE, NO_AREAS = "REPORT001", "REPORT002", "REPORT003", "REPORT004"

declare(
    CodeInfo(
        code=NO_HANDLE, summary="An area has no handle at the git host", severity="warning",
        why="The host cannot ask anybody to review its files; they stay with whom the lines before name, if with anybody.",
        mend="Give the area a handle in the Governance document, such as @acme/revops.",
    ),
    CodeInfo(
        code=NOT_A_HANDLE, summary="A handle is none that a git host knows", severity="warning",
        why="A line with it would be ignored by the host, or would name somebody else.",
        mend="Write it as @name or @organisation/team.",
    ),
    CodeInfo(
        code=UNWRITABLE, summary="A path cannot be written in CODEOWNERS", severity="warning",
        why="CODEOWNERS knows neither exceptions, nor sets of characters, nor names with the characters * ? [ ] ! # or a line end.",
        mend="Name the folder instead, or rename the file.",
    ),
    CodeInfo(
        code=NO_AREAS, summary="Nobody's area is named",
        why="Without areas nothing says who answers for what.",
        mend="Write areas in the Governance document: for each its owner, handle, and paths, objects or kinds.",
    ),
)  # fmt: skip
