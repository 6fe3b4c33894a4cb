"""The eighteen leads in short: what this product does that others do not, and what of each is a matter of findings."""

from crmgov.check.governance.standing.row import Row

ROWS: tuple[Row, ...] = (
    Row(
        1,
        "Automations that fail silently are predicted",
        "evidence",
        "the share of records they skip, today and after a change",
        (),
        (23, 80),
    ),
    Row(2, "A handoff is visible to whoever receives it", "", "", (), (55, 56, 57)),
    Row(3, "The source of truth is code", "vendor", "the lag as it is", (), (60, 61, 62)),
    Row(
        4,
        "One model for several vendors, with a list of what is lost",
        "out",
        "between SQL databases and Salesforce projects; no provider for HubSpot or Zoho is built",
        ("PLAN006", "SFHOLD001", "SQL006"),
    ),
    Row(
        5,
        "Whether something can be removed safely",
        "evidence",
        "what no source can know (private reports, names made at run time) is named and stops a verdict at deprecate",
        ("UNUSED001", "UNUSED002", "UNUSED003"),
    ),
    Row(
        6,
        "A way out in steps with dates",
        "",
        "",
        ("LITERAL005", "MODEL010", "PLAN014", "REF017", "UNUSED002"),
    ),
    Row(
        7,
        "A plan with its effect on records",
        "evidence",
        "counted when a plan is made against an environment, and told as its hazards",
    ),
    Row(8, "Budgets of complexity, and no growth", "", "", (), (8, 9, 30, 63)),
    Row(9, "What a good record holds", "evidence", "how complete records are", (), (35,)),
    Row(
        10,
        "An apply that can be taken back",
        "out",
        "a matter of applying, which the ledger keeps, not a fault to be found",
    ),
    Row(11, "Drift told apart from intent", "vendor", "live state: crmgov drift and plan"),
    Row(12, "Edits carried to a vendor's production", "out", "no provider for a vendor that works this way is built"),
    Row(
        13,
        "Renames are suggested",
        "evidence",
        "whether both fields hold the same values; names and types are compared offline",
        ("PLAN009",),
        (6,),
    ),
    Row(14, "Policies over a plan and its figures", "evidence", "figures are measured when a plan is made"),
    Row(15, "The whole way of a customer is proved", "", "", (), (13, 16, 17, 28, 78)),
    Row(
        16,
        "A CRM to practise on",
        "out",
        "a tool, not a fault to be found; the demonstration is one: crmgov init --demo",
    ),
    Row(17, "Exceptions with owner, reason, end and figure", "", "", ("WAIVER001", "WAIVER002", "WAIVER003")),
    Row(
        18,
        "How far a report can be trusted",
        "evidence",
        "how fresh its fields are; that it was reviewed is known offline",
        ("TRUST001",),
        (69, 95),
    ),
)
"""In order of number."""
