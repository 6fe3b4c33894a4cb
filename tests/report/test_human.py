"""What a person reads at a terminal."""

from textwrap import dedent

from crmgov.model.diagnostics import Diagnostic, Edit, Fix, Place, Related, Where
from crmgov.report.findings import render

SOURCE = {
    "config/lead.yaml": ["kind: Field", "name: Tier__c", "object: Lead", "type: picklist", "lable: Tier"],
    "config/task.yaml": ["when:", "  field: StageName", "  op: equals", "\tvalue: Proposal  # sent"],
}


def excerpt(place: Place) -> str | None:
    lines = SOURCE.get(place.file, [])
    return lines[place.line - 1] if 0 < place.line <= len(lines) else None


KEY = Diagnostic(
    code="FIELD004",
    message='Unknown key "lable" in Lead.Tier__c',
    hint='did you mean "label"?',
    detail="The field would be created without a label.",
    mend="Correct the key.",
    at=Place("config/lead.yaml", 5, 1, 5, 6),
    fix=Fix("rename", (Edit(Where("config/lead.yaml"), "rename_key", "label"),), safe=True),
)
STAGE = Diagnostic(
    code="REF012",
    message='No stage "Proposal" in Northstar_Sales_Process',
    hint='closest: "Proposal/Price Quote"',
    detail="It would never fire, and the CRM would show no error.",
    at=Place("config/task.yaml", 4, 9, 4, 17),
    related=(Related("Defined at", Place("config/pipelines/Northstar_Sales_Process.yaml", 22, 5)),),
)


def test_the_first_screen_shows_line_caret_reason_and_way_out() -> None:
    text = render("human", [STAGE, KEY], excerpt=excerpt, summary="2 objects, 30 fields, 0.1 s")
    assert text == dedent(
        """\
        config/lead.yaml:5:1  error FIELD004  Unknown key "lable" in Lead.Tier__c
            4 | type: picklist
            5 | lable: Tier
              | ^^^^^ did you mean "label"?
           Why:  The field would be created without a label.     Mend: crmgov validate --fix (safe)

        config/task.yaml:4:9  error REF012  No stage "Proposal" in Northstar_Sales_Process
            3 |   op: equals
            4 |     value: Proposal  # sent
              |            ^^^^^^^^ closest: "Proposal/Price Quote"
           Why:  It would never fire, and the CRM would show no error.
           Defined at config/pipelines/Northstar_Sales_Process.yaml:22:5

        2 errors
        2 objects, 30 fields, 0.1 s
        """
    )
