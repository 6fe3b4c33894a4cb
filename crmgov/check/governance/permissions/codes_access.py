"""The codes about access: who may do more than the work needs, or less."""

from crmgov.model.diagnostics import CodeInfo, declare


def _code(code: str, summary: str, why: str, mend: str) -> CodeInfo:
    return CodeInfo(code=code, summary=summary, why=why, mend=mend, severity="warning")


declare(
    _code(
        "ACCESS001",
        "A set that is not for administration may change all records",
        "Modify-all ignores owners and sharing: one mistaken list or import changes or deletes what others work on.",
        "Grant edit and leave the rest to sharing; or keep it for a set whose name or tags say administration.",
    ),
    _code(
        "ACCESS002",
        "People who stay for a while have rights in bulk on data of people",
        "Interns, guests and contractors leave, and what they took out or may still see goes with them.",
        "Take the right back, or give it through a set for the length of one task.",
    ),
    _code(
        "ACCESS003",
        "A set that is not for administration reaches all data or all rights",
        "Such a capability is stronger than every other rule: whoever has it reads, exports or changes everything.",
        "Take the capability back, or move it to a set whose name or tags say administration.",
    ),
    _code(
        "ACCESS004",
        "A set that is not for administration may edit stages and automations",
        "Changes made past the review reach everybody at once, and show up as drift later.",
        "Take the capability back, or move it to a set whose name or tags say administration.",
    ),
    _code(
        "ACCESS005",
        "Someone may see all people and take them out",
        "Seeing all records and exporting them together is how a customer base leaves the company.",
        "Take one of the two rights back; or give both only through a set tagged privileged, for one task.",
    ),
    _code(
        "ACCESS006",
        "Records may be imported where nothing finds duplicates",
        "One import can double an object, and automations and reports then work on the wrong record.",
        "Add an active matching rule to the object, or take the right to import back.",
    ),
    _code(
        "ACCESS007",
        "More people have a right in bulk than the budget allows",
        "Each holder is one more way for records to leave or to be lost.",
        "Take the right back from roles that do without it, or raise the budget (export_roles, import_roles, "
        "delete_roles, view_all_roles, modify_all_roles) in the Governance document.",
    ),
    _code(
        "ACCESS008",
        "A guarded field is open to many",
        "What everybody reads is not restricted, whatever it is called.",
        "Take back the grants of roles that do not need the field, lower its sensitivity, or say in the Governance "
        "document how many roles may read such a field (readers_of_restricted_field, readers_of_confidential_field).",
    ),
    _code(
        "ACCESS009",
        "View-all-fields opens guarded fields",
        "It shows every field of the object, the confidential and restricted ones and those still to come included.",
        "Grant the fields one by one, or keep view-all-fields for administration.",
    ),
    _code(
        "ACCESS010",
        "Fields may be edited by people who may not save the record",
        "The right to edit is of no use, or the right to save was forgotten.",
        "Grant update of the object, or read instead of edit.",
    ),
    _code(
        "ACCESS011",
        "Fields are granted without their object",
        "Whoever may not read a record does not see its fields: the grant is of no use, or the object was forgotten.",
        "Grant read of the object, or take the grants of its fields out.",
    ),
    _code(
        "ACCESS012",
        "An object is granted without its fields",
        "People open records and find them blank.",
        "Grant the fields the role needs, or take the object out of its sets.",
    ),
    _code(
        "ACCESS013",
        "A default record type is hidden",
        "New records of these people would be of a type they may not use; the CRM falls back on another or refuses.",
        "Make the record type visible, or choose another default.",
    ),
    _code(
        "ACCESS014",
        "Nobody holds a permission set",
        "It is read and kept up for nothing, or a role was forgotten.",
        "Let a role grant it, or take it out.",
    ),
    CodeInfo(
        code="ACCESS015",
        summary="Two permission sets grant the same",
        why="They drift apart with the next change, and nobody knows which difference was meant.",
        mend="Keep one of them, or say in both descriptions why there are two.",
        severity="note",
    ),
    _code(
        "ACCESS016",
        "A second factor is not demanded",
        "Passwords leak; a second factor is what keeps a leaked one from being enough.",
        "Turn the switch on.",
    ),
    _code(
        "ACCESS017",
        "A role cannot read what its dashboard shows",
        "The figures are blank or wrong for the people the dashboard is for.",
        "Grant the fields to the role, or give the dashboard to another one.",
    ),
    _code(
        "ACCESS018",
        "An object is not visible to the roles it is meant for",
        "Who sees an object was decided, and the permission sets say otherwise.",
        "Change the grants of the roles, or visible_to of the object.",
    ),
)
