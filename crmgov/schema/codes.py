"""The codes of what can be wrong with a document's own shape: a prefix per kind and the same numbers under each."""

from crmgov.model.diagnostics import CodeInfo, declare
from crmgov.model.kinds import KINDS

PREFIX: dict[str, str] = {kind: kind.upper() for kind in KINDS} | {"PermissionSet": "PERMISSION"}
"""The letters a kind's codes begin with."""

TYPE = 1
MISSING = 2
WORD = 3
UNKNOWN_KEY = 4
BOUNDS = 5
FORM = 6
VENDOR_WORD = 7
NO_MEANING = 8
REPEATED = 9
BAD_KEY = 10
LACKING = 11

_TOLD: dict[int, tuple[str, str, str]] = {
    TYPE: (
        "A value is of the wrong sort",
        "It cannot be understood, so the document is not used.",
        "Write the sort of value named in the message.",
    ),
    MISSING: (
        "A key is missing that is always needed",
        "Without it the entry has no meaning.",
        "Add the key.",
    ),
    WORD: (
        "A word is not one of those that can stand here",
        "It means nothing here, so the document is not used.",
        "Use one of the words listed.",
    ),
    UNKNOWN_KEY: (
        "An unknown key",
        "It is left out: what it was meant to set would not be set.",
        "Correct the key or take it out; crmgov validate --fix corrects it where only one key is near.",
    ),
    BOUNDS: (
        "A value is too small or too large",
        "No CRM can hold it.",
        "Write a value within the bounds named in the message.",
    ),
    FORM: (
        "A text is not in the form asked for",
        "It cannot be read as what it stands for.",
        "Write it in the form named in the message.",
    ),
    VENDOR_WORD: (
        "A vendor's own word",
        "Configuration uses one word for one thing, whichever CRM it is for.",
        "crmgov validate --fix puts the crmgov word in its place (safe).",
    ),
    NO_MEANING: (
        "A key says nothing about a thing of this type",
        "It would be ignored, and whoever reads it would believe otherwise.",
        "Take the key out, or correct the type.",
    ),
    REPEATED: (
        "Two entries of one list have the same name",
        "Entries are known by their names, so one would hide the other.",
        "Rename one entry or take it out.",
    ),
    BAD_KEY: (
        "A key that cannot be used",
        "Keys are texts, and a name cannot be empty.",
        "Put the key in quotes, or give it a name.",
    ),
    LACKING: (
        "Something is missing that it cannot be made without",
        "What exists can be governed in part; what is to be added needs it.",
        "Add the key named in the message.",
    ),
}


def code(kind: str, number: int) -> str:
    """The code for a sort of problem in a document of a kind."""
    return f"{PREFIX[kind]}{number:03}"


declare(
    *(
        CodeInfo(code=code(kind, number), summary=f"{summary} (in a document of kind {kind})", why=why, mend=mend)
        for kind in KINDS
        for number, (summary, why, mend) in _TOLD.items()
    )
)
