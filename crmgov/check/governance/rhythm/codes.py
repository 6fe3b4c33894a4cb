"""The codes of rhythm and owners: what is overdue, and who answers."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="RHYTHM001",
        summary="Something that is done regularly is overdue",
        why="A review that slips is the one after which things are found that nobody had seen for months.",
        mend="Do it, then write the day under last in the Governance document; or change every_days.",
        severity="warning",
    ),
    CodeInfo(
        code="RHYTHM002",
        summary="It is not known when something regular was last done",
        why="Without the day of the last time nobody can say when the next one is due, so it is never due.",
        mend="Write the day it was last done under last, as YYYY-MM-DD.",
        severity="warning",
    ),
    CodeInfo(
        code="RHYTHM003",
        summary="A dashboard, report or template was not looked through in time",
        why="It goes on being read and sent after the fields, products and people it names have changed.",
        mend="Look it through, then write the day under reviewed.",
        severity="warning",
    ),
    CodeInfo(
        code="RHYTHM004",
        summary="A dashboard, report or template has never been looked through",
        why="Reviews of its sort are held here, and nothing says that this one was part of them.",
        mend="Look it through and write the day under reviewed, or list it with a lifecycle if it is no longer used.",
        severity="warning",
    ),
    CodeInfo(
        code="RHYTHM005",
        summary="A date says that something was done on a day that has not been",
        why="As long as it stands there, nothing is ever overdue.",
        mend="Correct the date: the day on which it was last done, as YYYY-MM-DD.",
        severity="warning",
    ),
    CodeInfo(
        code="RHYTHM006",
        summary="Nothing is reviewed regularly",
        why="Configuration, access and dashboards grow out of date unless somebody looks through them on a day that is set.",
        mend="Add cadences to the Governance document: configuration_review each year, access_review each quarter,"
        " dashboard_review each month, or what suits you.",
        severity="note",
    ),
    CodeInfo(
        code="RHYTHM007",
        summary="There are more reports or dashboards than the budget allows",
        why="Each reads fields that can then no longer change unseen, and nobody knows which of many figures counts.",
        mend="Retire those nobody opens, or raise reports or dashboards in the budgets of the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="RHYTHM008",
        summary="A dashboard shows more than its budget",
        why="People act on three to five figures; among many, the one that matters is not seen.",
        mend="Take off what nobody acts on, or raise fields_per_dashboard in the budgets of the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="OWNER001",
        summary="Nobody is named who answers for the CRM",
        why="Where areas disagree, and where no area is concerned, nobody decides.",
        mend="Add crm_owner to the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="OWNER002",
        summary="The owner of an area has no handle",
        why="The git host can ask only those for a review whose handle it knows.",
        mend="Add handle, such as @acme/revenue-operations.",
        severity="warning",
    ),
    CodeInfo(
        code="OWNER003",
        summary="Nobody answers for something",
        why="Nobody is asked before it is changed, and nobody is told when it breaks.",
        mend="Add owner, or take its kind, object or file into an area of the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="OWNER004",
        summary="An owner is spelt nearly like one that is known",
        why="Reviews, lists and notices of the real owner leave out what is written under another spelling.",
        mend="Write the owner as the Governance document does.",
        severity="warning",
    ),
)
