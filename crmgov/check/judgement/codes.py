"""Codes of what judging itself has to say."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="WAIVER001", summary="A waiver has expired",
        why="What was accepted for a time has not been looked at since, and its findings count again.",
        mend="Mend what it covers and delete the waiver, or have its owner set a new day with a reason that still holds.",
    ),
    CodeInfo(
        code="WAIVER002", summary="A waiver covers nothing", severity="warning",
        why="What it accepted is mended or was never there; left standing, it would hide the next finding of its sort.",
        mend="Delete it, or correct its code or address.",
    ),
    CodeInfo(
        code="WAIVER003", summary="A waiver expires on no day",
        why="A waiver whose end is not known would never end, so it covers nothing.",
        mend="Write a day of the calendar as YYYY-MM-DD.",
    ),
    CodeInfo(
        code="SEVERITY001", summary="A severity is set for nothing there is", severity="warning",
        why="No finding has a code that begins this way, or is of such a kind, so the line has no effect.",
        mend="Correct the word; crmgov explain CODE tells what each code means.",
    ),
    CodeInfo(
        code="SEVERITY002", summary="A pattern of paths cannot be followed",
        why="It is no gitignore pattern, or one that could take hours, so it fits no file.",
        mend="Write a gitignore pattern with at most three **.",
    ),
)  # fmt: skip
