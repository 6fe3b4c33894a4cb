"""The codes about what a good record holds: what each means, whatever the names."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="MODEL011",
        summary="An object with stages does not say what a good record holds",
        why="Other objects here do; of this one nobody can say how complete its records are, nor what to ask first.",
        mend="Add golden_record: with the fields a record must have (required) and should have (recommended).",
        example="golden_record: {required: [Email, Account], recommended: [JobTitle]}",
        severity="warning",
    ),
    CodeInfo(
        code="MODEL012",
        summary="A must-have field can be filled by nobody",
        why="It stands on no layout and nothing writes it, so every new record falls short of its own golden record.",
        mend="Put the field on a layout, let an automation or integration write it, or take it out of golden_record.",
        severity="warning",
    ),
    CodeInfo(
        code="MODEL013",
        summary="Records may belong to nobody",
        why="A contact without a company, or a deal without company and contact, is on no list of a customer's things.",
        mend="Make the lookup required, on the field, on a layout or as a must-have of golden_record.",
        severity="warning",
    ),
)
