"""The codes about reach: what nobody can see, choose or start."""

from crmgov.check.governance.permissions import codes_access as _access  # noqa: F401 - declares the rest
from crmgov.model.diagnostics import CodeInfo, declare


def _code(code: str, summary: str, why: str, mend: str) -> CodeInfo:
    return CodeInfo(code=code, summary=summary, why=why, mend=mend, severity="warning")


declare(
    _code(
        "REACH001",
        "Nobody is granted a field",
        "It is hidden from everybody's pages, reports and lists; whoever must fill it in cannot.",
        "Grant it in the permission sets of the people who need it, or take the field out.",
    ),
    _code(
        "REACH002",
        "A field is on no layout",
        "People who may see it do not find it where they work, so it stays blank.",
        "Put it on a layout, or take the grants and the field out.",
    ),
    _code(
        "REACH003",
        "A picklist value is offered by no record type",
        "Every record type chooses the values people can pick; one that none chooses cannot be picked by anybody.",
        "Add the value to the record types it is meant for, or make it inactive.",
    ),
    _code(
        "REACH004",
        "A stage is in no pipeline",
        "No record can be put into it, yet reports, forecasts and imports still know it.",
        "Add the stage to a pipeline, or make it inactive.",
    ),
    _code(
        "REACH005",
        "Nobody may use a record type",
        "No new record can be of this type, so its pipeline and values are never used.",
        "Make it visible in a permission set of the people who need it, or make it inactive.",
    ),
    _code(
        "REACH006",
        "An automation is off",
        "It does nothing, and whoever reads the configuration believes that it does.",
        "Turn it on; or say in its description why it is off, mark it as deprecated, or take it out.",
    ),
    _code(
        "REACH007",
        "A queue has no members",
        "What lands in it is seen by nobody.",
        "Add the roles, teams or people who work on it, or take the queue out.",
    ),
    _code(
        "REACH008",
        "Nobody may read an object",
        "Its records, fields and pages are hidden from everybody but administrators.",
        "Let the permission sets of the people who need it read it, or take the object out.",
    ),
    _code(
        "REACH009",
        "A validation stops people because of a field they cannot read",
        "They are told that they may not save, and cannot see what would have to change.",
        "Let the roles read the field, or leave it out of the validation.",
    ),
)
