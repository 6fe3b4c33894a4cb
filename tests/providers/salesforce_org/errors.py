"""What the counterpart answers when it does not answer the question."""

from __future__ import annotations

from dataclasses import dataclass

#: How much of a line is shown before the place, about; the vendor begins with a whole word.
SHOWN = 40


@dataclass
class Refused(Exception):  # noqa: N818 - an answer, not an error of the program
    """The vendor refuses this: HTTP `status`, `code` of its list of exception codes, `message` in its manner."""

    status: int
    code: str
    message: str


class NotKnown(Exception):  # noqa: N818 - an answer, not an error of the program
    """Nobody has told the counterpart what the vendor does here. Answered with HTTP 501, never with a guess."""


def not_found() -> Refused:
    """The vendor's answer to a path below `/services/data` that leads nowhere."""
    return Refused(404, "NOT_FOUND", "The requested resource does not exist")


def session() -> Refused:
    """The vendor's answer to a token that is not one, or no longer."""
    return Refused(401, "INVALID_SESSION_ID", "Session expired or invalid")


def at(text: str, position: int, said: str) -> str:
    """A sentence about a place in a query, laid out as the vendor does: the line, a caret, row and column, the sentence."""
    before = text[:position]
    row, start = before.count("\n") + 1, before.rfind("\n") + 1
    column = position - start + 1
    line = text[start:].split("\n", 1)[0]
    if column > SHOWN:
        cut = line.find(" ", column - SHOWN, column - 1) + 1 or column - 1
        line, position = line[cut:], position - cut
    shown = line[: position - start + SHOWN]
    return f"\n{shown}\n{' ' * (position - start)}^\nERROR at Row:{row}:Column:{column}\n{said}"
