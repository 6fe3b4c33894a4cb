"""How a verb ends when it cannot go on, and what is told then."""

import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from crmgov.model.diagnostics import CodeInfo, Diagnostic, declare, of

CLEAN, FINDINGS, UNABLE, PENDING, REFUSED = 0, 1, 2, 3, 4
"""Exit statuses; where several apply, the first of UNABLE, REFUSED, FINDINGS, PENDING counts."""

declare(
    CodeInfo(
        code="CLI001", summary="A fault in crmgov itself",
        why="Something happened that crmgov was not built for. Nothing more was done after it.",
        mend="Please report it with the file named here; it holds no secret and no record.",
    ),
    CodeInfo(
        code="CLI002", summary="No such environment",
        why="The name is not that of a file under environments/.",
        mend="List them with crmgov env.",
    ),
    CodeInfo(
        code="CLI003", summary="Not a crmgov repository",
        why="There is neither a config/ nor an environments/ folder here.",
        mend="Change to the repository, name it with -C, or make one with crmgov init.",
    ),
    CodeInfo(
        code="CLI004", summary="Wrong use",
        why="The command cannot be understood this way.",
        mend="See the command's --help.",
    ),
    CodeInfo(
        code="CLI005", summary="Not a file crmgov can read",
        why="The file is missing, damaged, or of another format.",
        mend="Name a plan or snapshot that crmgov wrote.",
    ),
    CodeInfo(
        code="CLI006", summary="No such resource",
        why="Nothing has this name.",
        mend="Addresses are written Kind/name or Kind/parent.name; the kind may be left out.",
    ),
    CodeInfo(
        code="CLI007", summary="Several resources have this name",
        why="The name alone does not say which is meant.",
        mend="Write the address with its kind.",
    ),
    CodeInfo(
        code="CLI008", summary="The system refuses a file or folder",
        why="It is missing, may not be read or written, or there is no room.",
        mend="Set its permissions right or make room, then run the command again.",
    ),
    CodeInfo(
        code="CLI009", summary="An environment's connection cannot be used",
        why="It does not say, or not yet, what to connect to.",
        mend="Give connection: a url for sql, or a project folder or zip for salesforce.",
    ),
)  # fmt: skip


class Stop(Exception):  # noqa: N818 - an ending, not always an error
    """End the verb with a status, after telling the diagnostics on standard error."""

    def __init__(self, status: int, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(status)
        self.status = status
        self.diagnostics = list(diagnostics)


def stop(code: str, message: str, *, status: int = UNABLE, mend: str = "") -> Stop:
    """A Stop with one diagnostic."""
    return Stop(status, [of(code, message, mend=mend)])


def tell(error: Exception) -> int:
    """Tell an ending on standard error; returns the exit status."""
    if isinstance(error, Stop):
        say(error.diagnostics)
        return error.status
    diagnostic = getattr(error, "diagnostic", None)
    if isinstance(diagnostic, Diagnostic):
        say([diagnostic])
        return UNABLE
    if isinstance(error, OSError):
        say([_unusable(error)])
        return UNABLE
    path = _record(error)
    message = f"{type(error).__name__} in {_where(error)}"
    say([of("CLI001", message, detail=f"What happened is written to {path}.")])
    return UNABLE


def _unusable(error: OSError) -> Diagnostic:
    """What the system said of a file or folder."""
    return of("CLI008", f"{error.filename or 'a file'}: {error.strerror or error}")


def say(diagnostics: Sequence[Diagnostic]) -> None:
    """Tell diagnostics on standard error, as they are read by people."""
    from crmgov.report.findings import render

    if diagnostics:
        sys.stderr.write(render("human", diagnostics, full=True))


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "crmgov" in frame.filename]
    frame = (own or frames)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _record(error: Exception) -> str:
    """Write the traceback, without the values in its message, where a report can quote it."""
    text = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + "\n"
    try:
        with tempfile.NamedTemporaryFile("w", prefix="crmgov-", suffix=".txt", delete=False, encoding="utf-8") as file:
            file.write(text)
    except OSError:
        sys.stderr.write(text)
        return "standard error"
    return file.name
