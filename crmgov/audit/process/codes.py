"""The problems an audit finds in records on their way: stages, owners, handoffs, age, and what they point at."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="GOLDEN001", severity="warning",
        summary="Too few records hold what a good record must hold",
        why="Routing, reports and the next team rely on these fields, and pass over records without them.",
        mend="Ask for the weakest fields at entry or in an earlier stage, fill them from a trusted source, or take them from golden_record.required.",
    ),
    CodeInfo(
        code="INSTAGE001", severity="warning",
        summary="Records are in a stage without what it asks for",
        why="The stage says more than is known: forecasts and handoffs rest on fields that are blank.",
        mend="Fill the fields or set the records back, and stop the next ones by a validation; or ask for less at entry.",
    ),
    CodeInfo(
        code="INSTAGE002", severity="warning",
        summary="Records are in a stage that no pipeline has",
        why="They are on no board and in no forecast, and no rule of a stage reaches them.",
        mend="Move them to a stage of their pipeline, or put the stage into one.",
    ),
    CodeInfo(
        code="INSTAGE003", severity="warning",
        summary="Records stay in a stage for longer than they may",
        why="Nobody works on them, and the pipeline looks fuller than it is.",
        mend="Move them on or close them, and remind their owners before the time is over; or change max_age.",
    ),
    CodeInfo(
        code="INSTAGE004", severity="warning",
        summary="Records seem to have skipped a stage",
        why="What was to be found out or agreed there was not, and times between stages cannot be measured.",
        mend="Allow the step in next if it is right, or stop it by a validation. Records from before the automation was made, or"
        " while it was off, are of no concern.",
    ),
    CodeInfo(
        code="INSTAGE005", severity="note",
        summary="How many records are in each stage",
        why="It shows where records pile up and how many are lost.",
        mend="Look at the stage that holds more than its share. From which stage records were lost shows only where the history of stages is kept.",
    ),
    CodeInfo(
        code="INSTAGE006", severity="note",
        summary="How long records stay in a stage cannot be told",
        why="A longest stay is declared, and no field says since when a record has been in its stage.",
        mend="Have an automation set a date field when a record enters the stage, or export when records were last changed.",
    ),
    CodeInfo(
        code="INSTAGE007", severity="warning",
        summary="The automation at a stage's entry left no trace",
        why="What it does besides, such as a task or a message, was most likely not done either.",
        mend="See whether it is on, fails, or is passed by imports. Records that entered before it was made are of no concern: fill them once.",
    ),
    CodeInfo(
        code="OWNED001", severity="warning",
        summary="Records in a stage that needs an owner have none",
        why="Nobody is reminded, and nobody answers.",
        mend="Assign them, and give routing a catch-all so that none is left over.",
    ),
    CodeInfo(
        code="OWNED002", severity="warning",
        summary="Open records belong to people who are no longer here",
        why="Reminders and replies reach nobody.",
        mend="Reassign them, and make that a part of every leave.",
    ),
    CodeInfo(
        code="OWNED003", severity="warning",
        summary="Records were handed over and still belong to the old team",
        why="Both teams believe that the other one takes care.",
        mend="Change the owner with the stage, by an automation.",
    ),
    CodeInfo(
        code="SOURCE001", severity="warning",
        summary="Records do not say where they came from",
        why="What marketing pays for cannot be compared with what it brings.",
        mend="Have forms and imports set the source, and ask for it when a record is made.",
    ),
    CodeInfo(
        code="SOURCE002", severity="warning",
        summary="The source of converted records was lost",
        why="Deals count as coming from nowhere, although the lead said whence.",
        mend="Map the field in the conversion, and copy the values of the records converted already.",
    ),
    CodeInfo(
        code="DEALS001", severity="warning",
        summary="Open deals were to be closed in the past",
        why="The forecast counts money for days that are over: it is off by at least that much.",
        mend="Ask the owners for a new date or close the deals, and remind them when the date passes.",
    ),
    CodeInfo(
        code="DEALS002", severity="warning",
        summary="Nobody has done anything with open records for a long time",
        why="What is not followed up is rarely won, and the pipeline looks fuller than it is.",
        mend="Remind the owners, close what is dead, and see that the activity date is kept by the CRM itself.",
    ),
    CodeInfo(
        code="DEALS003", severity="warning",
        summary="Contracts in force have no end date",
        why="Nothing can start the renewal in time.",
        mend="Fill the date from the contract, and ask for it when a contract begins.",
    ),
    CodeInfo(
        code="DEALS004", severity="warning",
        summary="Won deals are followed by nothing",
        why="What was sold is not delivered, billed or renewed as long as nobody starts it.",
        mend="Make what is missing, and have an automation make it when a deal is won.",
    ),
    CodeInfo(
        code="DEALS005", severity="warning",
        summary="Sent proposals have no task",
        why="A proposal that nobody follows up is rarely accepted.",
        mend="Have an automation make a task when a proposal is sent. Tasks that are archived do not show in an export.",
    ),
    CodeInfo(
        code="RETAIN001", severity="warning",
        summary="Records are kept for longer than was decided",
        why="The repository says how long, and records beyond it are a risk that somebody answers for.",
        mend="Do what retention.action says, on a schedule, or change retention with the reason.",
    ),
    CodeInfo(
        code="RETAIN002", severity="note",
        summary="How long records have been kept cannot be told",
        why="A retention time is declared, and the date it counts from is blank, or is not in the source of records.",
        mend="Fill the field that retention.from_field names, or name one that is always filled.",
    ),
    CodeInfo(
        code="RETURNS001", severity="warning",
        summary="Returns or cancellations have doubled",
        why="Something about the product, the price or the service has changed, and customers leave over it.",
        mend="Look at what these records have in common: product, source, owner, reason.",
    ),
    CodeInfo(
        code="DECAY001", severity="warning",
        summary="What is known of people or companies was not verified for a long time",
        why="A fifth to a third of such data becomes wrong each year.",
        mend="Have it verified in turns, the most important first, and note the day.",
    ),
    CodeInfo(
        code="ORPHAN001", severity="warning",
        summary="Records belong to nobody",
        why="A contact without a company or a deal without a customer is on no page where anybody looks.",
        mend="Link them or remove them, and ask for the link when a record is made.",
    ),
    CodeInfo(
        code="ORPHAN002", severity="warning",
        summary="Records point at records that are not there",
        why="What they pointed at was deleted, or the export holds only a part of it: reports count them on one side alone.",
        mend="Export both objects in full at one time; if the records are really gone, link the others anew.",
    ),
    CodeInfo(
        code="LINKED001", severity="warning",
        summary="Linked records disagree",
        why="A deal of one company with a contact of another is counted and answered in the wrong place.",
        mend="Correct the one that is wrong; where both are right, add a field that says what the second link means.",
    ),
    CodeInfo(
        code="TRUST001", severity="note",
        summary="A dashboard or report rests on fields that are seldom filled",
        why="Its figures speak of some records only, and nobody sees of which.",
        mend="Have the fields filled where they are needed, or say beside the figure how many records it counts.",
    ),
    CodeInfo(
        code="USERS001", severity="warning",
        summary="Active users have not logged in for a long time",
        why="Their licences are paid for, and an account that nobody watches is a way in.",
        mend="Deactivate those who left, reassign their records, and ask the others what keeps them away.",
    ),
    CodeInfo(
        code="USERS002", severity="note",
        summary="People log in and change nothing",
        why="Whoever only looks keeps the truth elsewhere: adoption means logging in and updating records.",
        mend="Ask where they keep what they know. Changes in objects that were not counted do not show here.",
    ),
    CodeInfo(
        code="USERS003", severity="warning",
        summary="A permission set is held by no active user",
        why="It is reviewed and maintained for nobody, and whoever gets it by mistake is not noticed.",
        mend="Remove it, or assign it to those it was made for.",
    ),
    CodeInfo(
        code="USERS004", severity="note",
        summary="How many people can export or see all records",
        why="Each of them can take the data away.",
        mend="Keep them few: give the permission to a set of its own with an owner.",
    ),
)  # fmt: skip
