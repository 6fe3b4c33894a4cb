"""The codes of what exists but does not fit, is told twice, or turns in a circle."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="FIT001",
        summary="A value does not fit the field it is for",
        why="The field cannot hold such a value, so it is never stored and nothing ever equals it.",
        mend="Write a value the field can hold, or name the field that was meant.",
    ),
    CodeInfo(
        code="FIT002",
        summary="A field is of a type that cannot serve here",
        why="What is built on it could not be created, or would do nothing.",
        mend="Name a field of a fitting type.",
    ),
    CodeInfo(
        code="FIT003",
        summary="New records would be given a value that can no longer be chosen",
        why="The value is switched off; the CRM refuses it in new records.",
        mend="Use a value that is active, or switch this one on again.",
    ),
    CodeInfo(
        code="FIT004",
        summary="A rollup names a field that does not point at this object",
        why="The CRM finds the child records by a field that points here; by any other it would count nothing.",
        mend="Name the child's lookup or master_detail field that references this object.",
    ),
    CodeInfo(
        code="FIT005",
        summary="A computed field cannot be written",
        why="Formulas, rollups and autonumbers are filled by the CRM itself; writing them fails.",
        mend="Write the fields it is computed from, or another field.",
    ),
    CodeInfo(
        code="FIT006",
        summary="Records cannot be given to this team",
        why="Only a queue that lists the object can own its records; others refuse them, or they stay where they are.",
        mend="Route to a queue whose objects: include this one.",
    ),
    CodeInfo(
        code="FIT007",
        summary="A pipeline chooses stages of another object",
        why="The stages belong to a field this object does not have.",
        mend="Name a stage set whose field belongs to the pipeline's object.",
    ),
    CodeInfo(
        code="FIT008",
        summary="A field has values of its own and shares a picklist too",
        why="It is not known which of the two lists counts.",
        mend="Remove values: or picklist:.",
    ),
    CodeInfo(
        code="FIT009",
        summary="An action or trigger lacks what it needs, or says it twice",
        why="The CRM could not create it as written, or would do something else than was meant.",
        mend="Add what is missing, or leave only one of the two.",
    ),
    CodeInfo(
        code="CRIT001",
        summary="A condition is not complete, or says two things at once",
        why="A condition is one comparison (field, op, value), or one of all, any and not.",
        mend="Split it with all: or any:, or complete the comparison.",
        example="reject_when: {field: Region, op: blank}",
    ),
    CodeInfo(
        code="CRIT002",
        summary="A field of this type cannot be compared this way",
        why="The comparison has no meaning for its values, so the CRM refuses it or it is never true.",
        mend="Use an operator that fits the field's type.",
    ),
    CodeInfo(
        code="CRIT003",
        summary="A condition asks what changed where nothing has changed",
        why="changed, was and is_new compare a record with what it was before its save; elsewhere there is no before.",
        mend="Use them in validations and in automations that start when a record is saved.",
    ),
    CodeInfo(
        code="CRIT004",
        summary="A value beginning with $ is not known",
        why="Such a value would be compared as the text itself, and never match.",
        mend="Write $today, $today+N, $today-N or $user.role.",
    ),
    CodeInfo(
        code="CRIT005",
        summary="Two fields that hold different things are compared",
        why="A comparison of unlike values is refused by the CRM or never true.",
        mend="Compare fields of like types.",
    ),
    CodeInfo(
        code="DUP001",
        summary="There is more than one governance document",
        why="Owners, conventions and severities would depend on which one counts.",
        mend="Keep one document of kind: Governance.",
    ),
    CodeInfo(
        code="DUP002",
        summary="Two environments are the same instance",
        why="What is applied through one would look like drift, or like a removal, through the other.",
        mend="Correct expects: in one of them, or remove it.",
    ),
    CodeInfo(
        code="SECRET002",
        summary="A password is written in the configuration",
        why="Whoever can read the repository, now or later, has it; git keeps it even when the line is gone.",
        mend="Write ${NAME} in its place and set that environment variable. The password must be taken for known.",
        example="connection: {url: 'postgresql://crm:${CRM_PASSWORD}@db.example.com/crm'}",
    ),
    CodeInfo(
        code="DUP003",
        summary="More than one value, stage or record type is the default",
        why="A new record can start with only one of them; which one would be chance.",
        mend="Leave default: true at one of them.",
    ),
    CodeInfo(
        code="DUP004",
        summary="A name is listed twice",
        why="Only one entry of a name can exist; the second would be lost or refused.",
        mend="Remove or rename one of them.",
    ),
    CodeInfo(
        code="DUP005",
        summary="A spelling stands for two values",
        why="It would not be known which value a record that holds it means.",
        mend="Leave the alias at one of the values.",
    ),
    CodeInfo(
        code="DUP006",
        summary="A field has two stage sets",
        why="It is not known which stages the field can hold.",
        mend="Leave the field in one of them.",
    ),
    CodeInfo(
        code="RENAME001",
        summary="A name in renamed_from still exists",
        why="The CRM would hold both, so this is not a rename: two things cannot become one.",
        mend="Remove the old resource, or this line.",
    ),
    CodeInfo(
        code="RENAME002",
        summary="Two resources claim to be renamed from one",
        why="One thing cannot become two; its records could go only to one of them.",
        mend="Leave renamed_from at one of them.",
    ),
    CodeInfo(
        code="CYCLE001",
        summary="Things rest on one another in a circle",
        why="None of them can be created first, and what each one means never ends.",
        mend="Break the circle at one of its members.",
    ),
    CodeInfo(
        code="FORMULA001",
        summary="A formula is cut short",
        why="A bracket, text or comment that is never closed makes the CRM refuse the whole formula.",
        mend="Close what was opened.",
    ),
)
