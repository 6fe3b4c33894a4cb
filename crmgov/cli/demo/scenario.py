"""What happened in the demonstration: the first state, and the changes that wait for production. Data only."""

from datetime import datetime

import msgspec

from crmgov.cli.demo.edits import Add, Delete, Edit, Move, Replace


class Author(msgspec.Struct, frozen=True):
    """A person who does not exist; the address is of a domain that cannot."""

    name: str
    email: str


class Commit(msgspec.Struct, frozen=True):
    """One commit. ``when`` is ISO 8601 with an offset; the first commit's edits are empty."""

    author: Author
    when: str
    message: str
    edits: tuple[Edit, ...] = ()

    @property
    def time(self) -> datetime:
        """``when``, with its offset."""
        return datetime.fromisoformat(self.when)


ANA = Author("Ana Ribeiro", "ana.ribeiro@tidewell.example")
PRIYA = Author("Priya Nair", "priya.nair@tidewell.example")
JONAS = Author("Jonas Lind", "jonas.lind@tidewell.example")
KATHARINA = Author("Katharina Vogel", "katharina.vogel@tidewell.example")
DAAN = Author("Daan Visser", "daan.visser@tidewell.example")
LUCIA = Author("Lucia Ferrer", "lucia.ferrer@tidewell.example")

LEAD = "config/objects/Lead/"
DEAL = "config/objects/Opportunity/"

FIRST = Commit(
    ANA, "2026-09-01T09:30:00+02:00",
    "Configuration as production has it\n\nTaken over from the spreadsheets and reviewed by every area owner.",
)  # fmt: skip

TIMELINE = Commit(
    PRIYA, "2026-10-05T10:12:00+02:00",
    "Ask leads when they mean to decide\n\nThe forecast call needs it for next quarter's pipeline.",
    (
        Add("config/picklists/BuyingTimeline.yaml"),
        Add(LEAD + "fields/BuyingTimeline.yaml"),
        Replace(
            LEAD + "layouts/Lead.yaml",
            "      - {name: Interests, behavior: edit, column: 1}\n",
            "      - {name: Interests, behavior: edit, column: 1}\n"
            "      - {name: BuyingTimeline, behavior: edit, column: 1}\n",
        ),
        Replace(
            "config/permission_sets/SalesDevelopment.yaml",
            "EstimatedBudget: edit, QualificationNotes: edit",
            "EstimatedBudget: edit, BuyingTimeline: edit, QualificationNotes: edit",
        ),
        Replace(
            "config/permission_sets/MarketingCore.yaml",
            "LeadSource: edit, EstimatedBudget: read",
            "LeadSource: edit, BuyingTimeline: read, EstimatedBudget: read",
        ),
        Replace(
            "config/pipelines/Lead/LeadQualification.yaml",
            "        - AcceptedOn\n        - Owner\n",
            "        - AcceptedOn\n        - BuyingTimeline\n        - Owner\n",
        ),
    ),
)  # fmt: skip

MARKETPLACE = Commit(
    JONAS, "2026-10-06T15:40:00+02:00",
    "Lead source for partner marketplaces",
    (
        Replace(
            "config/picklists/LeadSource.yaml",
            "  - {name: Partner, aliases: [Channel, Reseller]}\n",
            "  - {name: Partner, aliases: [Channel, Reseller]}\n"
            "  - {name: Partner Marketplace, aliases: [Marketplace],"
            " description: Came through the listing in a partner's online marketplace.}\n",
        ),
    ),
)  # fmt: skip

FAX = Commit(
    JONAS, "2026-10-06T15:58:00+02:00",
    "Leads no longer have a fax number\n\nNo form has asked for it since 2021.",
    (
        Delete(
            LEAD + "fields/FaxNumber.yaml",
            "kind: Field\n"
            "name: FaxNumber\n"
            "object: Lead\n"
            "label: Fax number\n"
            "description: The fax number the person gave.\n"
            "owner: Marketing Operations\n"
            "type: phone\n"
            "length: 40\n"
            "sensitivity: confidential\n"
            "personal_data:\n  - CCPA\n  - GDPR\n",
        ),
        Replace(
            LEAD + "layouts/Lead.yaml",
            "      - {name: Phone, behavior: edit, column: 1}\n      - {name: FaxNumber, behavior: edit, column: 1}\n",
            "      - {name: Phone, behavior: edit, column: 1}\n",
        ),
    ),
)  # fmt: skip

SECURITY_REVIEW = Commit(
    KATHARINA, "2026-10-12T09:05:00+02:00",
    "Security review is a stage of its own\n\nDeals wait there for weeks and looked like stalled proposals.",
    (
        Replace(
            "config/stage_sets/OpportunityStages.yaml",
            "  - {name: Negotiation,",
            "  - name: Security Review\n"
            "    description: The buyer's security team examines how sensor data is kept.\n"
            "    probability: 60\n"
            "    outcome: open\n"
            "    forecast: best_case\n"
            "    native:\n"
            '      salesforce: {color: "#8E44AD"}\n'
            "  - {name: Negotiation,",
        ),
        Replace(
            "config/pipelines/Opportunity/NewBusiness.yaml",
            "      - Negotiation\n"
            "    owner_role: AccountExecutive\n"
            "    max_age: 21\n",
            "      - Negotiation\n"
            "      - Security Review\n"
            "    owner_role: AccountExecutive\n"
            "    max_age: 21\n"
            "  - name: Security Review\n"
            "    definition: The buyer's security team examines how sensor data is kept.\n"
            "    entry:\n"
            "      required:\n"
            "        - PrimaryContact\n"
            "    next:\n"
            "      - Closed Lost\n"
            "      - Negotiation\n"
            "    owner_role: AccountExecutive\n"
            "    max_age: 30\n",
        ),
        Add(DEAL + "fields/SecurityReviewOn.yaml"),
        Replace(
            DEAL + "layouts/Opportunity.yaml",
            "      - {name: ProposalLink, behavior: edit, column: 1}\n",
            "      - {name: ProposalLink, behavior: edit, column: 1}\n"
            "      - {name: SecurityReviewOn, behavior: edit, column: 1}\n",
        ),
        Replace(
            DEAL + "validations/DiscountNeedsApproval.yaml",
            "value: [Proposal Sent, Negotiation, Closed Won]",
            "value: [Proposal Sent, Security Review, Negotiation, Closed Won]",
        ),
        Replace(
            "config/picklists/LossReason.yaml",
            "  - {name: Budget cut, aliases: [No budget]}\n",
            "  - {name: Budget cut, aliases: [No budget]}\n"
            "  - {name: Security review failed, aliases: [Compliance]}\n",
        ),
        Add("config/automations/Opportunity/SecurityReviewTask.yaml"),
    ),
)  # fmt: skip

RIVAL = Commit(
    PRIYA, "2026-10-14T11:21:00+02:00",
    "Rival is called Competitor\n\nThe word everybody uses; the records keep their values.",
    (
        Move(DEAL + "fields/Rival.yaml", DEAL + "fields/Competitor.yaml"),
        Replace(DEAL + "fields/Competitor.yaml", "name: Rival\nobject: Opportunity\nlabel: Main rival\n",
                "name: Competitor\nobject: Opportunity\nlabel: Main competitor\n"),
        Replace(DEAL + "fields/Competitor.yaml", "sensitivity: confidential\n",
                "sensitivity: confidential\nrenamed_from: [Rival]\n"),
        Replace(DEAL + "layouts/Opportunity.yaml", "{name: Rival,", "{name: Competitor,"),
        Replace(DEAL + "object.yaml", "    - NextStep\n    - PrimaryContact\n    - Rival\n",
                "    - Competitor\n    - NextStep\n    - PrimaryContact\n"),
        Replace(DEAL + "record_types/NewBusiness.yaml", "  LeadSource: all\n  Rival: all\n",
                "  Competitor: all\n  LeadSource: all\n"),
        Replace(DEAL + "record_types/Renewal.yaml", "  LeadSource: all\n  Rival: all\n",
                "  Competitor: all\n  LeadSource: all\n"),
        Replace("config/permission_sets/SalesCore.yaml", "      CloseDate: edit\n",
                "      CloseDate: edit\n      Competitor: edit\n"),
        Replace("config/permission_sets/SalesCore.yaml", "      ProposalLink: edit\n      Rival: edit\n",
                "      ProposalLink: edit\n"),
        Replace("config/permission_sets/CustomerSuccessCore.yaml", "      CloseDate: edit\n",
                "      CloseDate: edit\n      Competitor: edit\n"),
        Replace("config/permission_sets/CustomerSuccessCore.yaml", "      ProposalLink: edit\n      Rival: edit\n",
                "      ProposalLink: edit\n"),
        Replace("config/pipelines/Opportunity/NewBusiness.yaml", "        - Rival\n", "        - Competitor\n"),
        Replace("config/externals/dashboards.yaml", "  - Opportunity.LossReason\n  - Opportunity.Rival\n",
                "  - Opportunity.Competitor\n  - Opportunity.LossReason\n"),
    ),
)  # fmt: skip

EXPORT = Commit(
    DAAN, "2026-10-19T16:30:00+02:00",
    "Customer success exports contacts\n\nFor the yearly invitation to the customer day.",
    (
        Replace(
            "config/permission_sets/CustomerSuccessCore.yaml",
            "  Contact: {create: true, read: true, update: true, delete: false, export: false}\n",
            "  Contact: {create: true, read: true, update: true, delete: false, export: true}\n",
        ),
    ),
)  # fmt: skip

TERM = Commit(
    LUCIA, "2026-10-21T13:02:00+02:00",
    "Contract terms of deals are numbers\n\nBilling multiplies with them; what people typed were numbers already.",
    (
        Replace(DEAL + "fields/TermMonths.yaml", "type: text\n", "type: integer\ndefault: 12\n"),
    ),
)  # fmt: skip

REMINDERS = Commit(
    KATHARINA, "2026-10-26T08:47:00+01:00",
    "Remind earlier, and notice unused sensors\n\nThree weeks of silence were too many.",
    (
        Replace("config/automations/Lead/StaleLeadReminder.yaml",
                "description: 21 days without activity", "description: 14 days without activity"),
        Replace("config/automations/Lead/StaleLeadReminder.yaml", "  days: 21\n", "  days: 14\n"),
        Replace("config/automations/Lead/StaleLeadReminder.yaml",
                "with this lead for 21 days.", "with this lead for 14 days."),
        Add("config/automations/Subscription/LowUsageAlert.yaml"),
    ),
)  # fmt: skip

WAITING: tuple[Commit, ...] = (
    TIMELINE, MARKETPLACE, FAX, SECURITY_REVIEW, RIVAL, EXPORT, TERM, REMINDERS,
)  # fmt: skip
"""Applied to sandbox, not yet to production; oldest first."""
