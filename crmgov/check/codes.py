"""The codes of this package: what each means, whatever the names."""

from crmgov.check import codes_fit as _fit  # noqa: F401 - declares the rest
from crmgov.model.diagnostics import CodeInfo, declare

_MEND_NAME = "Write the name of something that exists, or add it to the configuration."


def _missing(code: str, thing: str, why: str, mend: str = _MEND_NAME) -> CodeInfo:
    return CodeInfo(code=code, summary=f"A name stands for no {thing}", why=why, mend=mend)


declare(
    _missing("REF001", "object", "Nothing can be stored, shown or permitted on an object that does not exist."),
    _missing("REF002", "field", "The CRM refuses what names a field that does not exist, or treats it as blank."),
    _missing("REF003", "picklist or stage set", "The field would offer no value to choose."),
    _missing("REF004", "record type", "No record can ever be of a type that does not exist."),
    _missing("REF005", "role", "Nobody holds a role that does not exist, so nobody sees or answers for this."),
    _missing("REF006", "permission set", "The access meant here would be given to nobody."),
    _missing("REF007", "team", "Work routed to a team that does not exist reaches nobody."),
    _missing("REF008", "layout", "People would be shown another form than was meant."),
    _missing("REF009", "pipeline", "Records would go through no stages."),
    _missing("REF010", "stage set", "The pipeline would have no stages to choose from."),
    _missing("REF011", "picklist value", "No record can hold a value that is not listed, so this is never true."),
    _missing("REF012", "stage", "No record can ever be in a stage that does not exist, so this never happens."),
    _missing(
        "REF013",
        "template, report or other External",
        "What is named here is governed elsewhere; unless it is listed, nobody notices when it goes.",
        "Correct the name, or list it as kind: External.",
    ),
    _missing("REF014", "integration", "It is not known which system receives this."),
    _missing("REF015", "environment", "Changes cannot be promoted from an environment that does not exist."),
    CodeInfo(
        code="REF016",
        summary="A name is written in another case than where it is defined",
        why="The CRM takes both for the same; searches, reviews and comparisons by people and tools do not.",
        mend="Write it as it is defined: crmgov validate --fix",
    ),
    CodeInfo(
        code="REF017",
        summary="Something in use names something retired",
        why="A retired thing is no longer kept up and will be removed; what rests on it stops with it.",
        mend="Use what replaces it, or take the retired status back.",
    ),
    CodeInfo(
        code="REF018",
        summary="Names that belong to packages or Externals were not looked up",
        why="What a package or another system defines is not in this configuration, so it cannot be checked here.",
        mend="Nothing needs to be done. A plan against an environment that has them will show what is missing.",
        severity="note",
    ),
    CodeInfo(
        code="REF019",
        summary="A path goes over more than two lookups",
        why="Not every CRM can follow such a path, so its meaning would differ between environments.",
        mend="Bring the value nearer with a formula field, and name that field.",
    ),
    CodeInfo(
        code="REF020",
        summary="A path goes through a field that points at no record",
        why="Only a lookup leads on to the fields of another object.",
        mend="Name a lookup field before the point, or end the path here.",
    ),
    CodeInfo(
        code="REF021",
        summary="A field is not named as Object.Field",
        why="Without its object the field cannot be found.",
        mend="Write the object, a point, and the field, such as Lead.Region.",
    ),
    CodeInfo(
        code="REF022",
        summary="A field is named where no object is",
        why="Fields belong to objects; without one it is not known which field is meant.",
        mend="Add object: with the name of the object.",
    ),
    CodeInfo(
        code="REF023",
        summary="A name is not known here, and nearly one that is",
        why="What the CRM ships is not known in full, so it may exist; more likely a letter is wrong.",
        mend="Correct the name, or list it as kind: External.",
        severity="warning",
    ),
)
