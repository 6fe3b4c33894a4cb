"""The codes of this area: what each means, whatever the names."""

from crmgov.check.governance.limits import BUDGETS
from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="MODEL001",
        summary="A text field holds what belongs in a picklist",
        why="Typed by hand, one thing gets many spellings (USA, U.S., United States): reports split it, and rules that"
        " compare it miss most of them.",
        mend="Make it a picklist, best a shared one, and write the spellings in use as aliases of its values.",
        example="Lead.Industry, type text",
        severity="warning",
    ),
    CodeInfo(
        code="MODEL002",
        summary="E-mail addresses or phone numbers are kept as plain text",
        why="A text field takes anything. Wrong addresses bounce and harm the sender's standing; a number in text cannot"
        " be dialled or matched.",
        mend="Give the field the type email or phone, or add a validation that looks at what is typed.",
        severity="warning",
    ),
    CodeInfo(
        code="MODEL003",
        summary="Two fields of an object look the same",
        why="People fill one or the other, so both are half empty, and every report and automation that reads one of"
        " them is wrong.",
        mend="Keep one, move the values over, and set lifecycle: {status: deprecated} on the other; or, if they differ,"
        " give them labels that say how.",
        severity="warning",
    ),
    CodeInfo(
        code="MODEL004",
        summary="A field does not say what it is for",
        why="Nobody dares to remove a field whose purpose is unknown, and the next person adds another one for the same.",
        mend="Write in description: what the field is for and who needs it.",
        severity="warning",
    ),
    CodeInfo(
        code="MODEL005",
        summary="A picklist takes values that it does not list",
        why="Imports and integrations bring in spellings of their own; what compares or counts the listed values does"
        " not know them.",
        mend="Set restricted: true once the records hold listed values only, or say in the description why other values"
        " are let in.",
        severity="warning",
    ),
    CodeInfo(
        code="MODEL006",
        summary="A list offers two spellings of one value",
        why="People choose either, so reports split what is one thing, and a rule that asks for one misses the other.",
        mend="Keep one value, and set active: false and replaced_by: on the other; where no record holds it, take it out"
        " and write it as an alias of the one that stays.",
        severity="warning",
    ),
    CodeInfo(
        code="MODEL007",
        summary="Changes of a field that decides are not recorded",
        why="When an approval, an amount or an owner turns out wrong, nobody can tell who changed it, when, and from"
        " what.",
        mend="Set track_history: true on the field, and on its object where that is off.",
        severity="warning",
    ),
    CodeInfo(
        code="MODEL008",
        summary="The source of a lead is lost in conversion",
        why="Without its source on the deal, nobody can say which campaigns win customers.",
        mend="Carry the source field over in the handoff: carry: {Lead.LeadSource: {to: Opportunity.LeadSource}}.",
        severity="warning",
    ),
    CodeInfo(
        code="MODEL009",
        summary="Records are shared with another system without a key",
        why="Without a key of its own the other system finds records by name or e-mail address; it creates duplicates"
        " and overwrites the wrong ones.",
        mend="Add a field with external_id: true and unique: true that holds the other system's id, and map it.",
        severity="warning",
    ),
    CodeInfo(
        code="MODEL010",
        summary="Something is past the day it was to be removed",
        why="What stays after its time is used again, and the next person cannot tell whether it counts.",
        mend="Remove it, or set a later remove_after with its reason.",
        severity="warning",
    ),
    CodeInfo(
        code="BUDGET001",
        summary="An object has more fields than its budget",
        why="Each field is one more to fill, to explain, to keep in order and to move; near the vendor's limit nothing"
        " can be added at all.",
        mend="Deprecate fields nobody fills, or raise fields_per_object in the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="BUDGET002",
        summary="A form asks for more fields than its budget",
        why="Nobody fills a form of fifty fields: people enter what they must, and leave or invent the rest.",
        mend="Keep on the form what is needed when a record is made, split it by record type or stage, or raise"
        " fields_per_layout in the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="BUDGET003",
        summary="An object has more validations than its budget",
        why="Each may stop a save; together they stop imports and integrations for reasons nobody can foresee.",
        mend="Join validations that check the same, or raise validations_per_object in the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="BUDGET004",
        summary="An object has more required fields than its budget",
        why="Required fields that people cannot answer are filled with anything.",
        mend="Ask for a field at the stage that needs it, or raise required_fields_per_object in the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="BUDGET005",
        summary="An object has more record types than its budget",
        why="Every picklist, layout and profile has to be kept in order for each record type.",
        mend="Join record types that differ in little, or raise record_types_per_object in the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="BUDGET006",
        summary="A pipeline has more stages than its budget",
        why="The more stages, the less people agree which one a record is in, and the less the figures by stage say.",
        mend="Join stages whose records are treated alike, or raise stages_per_pipeline in the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="BUDGET007",
        summary="A budget limits nothing",
        why="No rule knows a budget of this name, so what it was meant to limit grows unseen.",
        mend=f"Write one of these: {', '.join(BUDGETS)}.",
        severity="warning",
    ),
    CodeInfo(
        code="NAMING001",
        summary="A name breaks the naming convention",
        why="Names that follow no rule are not found, and are made a second time.",
        mend="Rename it and write the old name in renamed_from:, or change naming: in the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="NAMING002",
        summary="A label is not capitalised as agreed",
        why="Labels of several styles make one CRM look like many, and translations drift apart.",
        mend="Write the label in the style the Governance document names, or change label_case: there.",
        severity="warning",
    ),
    CodeInfo(
        code="NAMING003",
        summary="A naming convention cannot be applied",
        why="Names are not checked against it, so it is not kept.",
        mend="Write a regular expression without look-around and back references, for one of crmgov's kinds.",
        severity="error",
    ),
)
