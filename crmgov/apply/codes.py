"""Why an apply is refused, and what can go wrong in one."""

from crmgov.model.diagnostics import CodeInfo, declare

EDITED = "APPLY001"
OTHER_ENVIRONMENT = "APPLY002"
PREVIEW = "APPLY003"
OTHER_VERSION = "APPLY004"
NO_EXPECTS = "APPLY005"
OTHER_INSTANCE = "APPLY006"
APPROVALS = "APPLY007"
FROZEN = "APPLY008"
LIVE_MOVED = "APPLY009"
LEDGER_MOVED = "APPLY010"
HAZARD = "APPLY011"
LIMIT = "APPLY012"
NO_PLACE = "APPLY013"
CONFLICT = "APPLY014"
NOTHING_OPEN = "APPLY015"
INTERRUPTED = "APPLY016"
UNREAD = "APPLY017"
PLAN_ERRORS = "APPLY018"
ALIVE = "APPLY019"
EXPORT_FAILED = "APPLY020"
REPORT_FAILED = "APPLY021"
BROKEN_GROUPS = "APPLY022"
NOT_PURGED = "APPLY023"

declare(
    CodeInfo(
        code=EDITED, summary="The plan file is not what was saved",
        why="What is applied must be exactly what was reviewed.",
        mend="Make the plan again: crmgov plan ENV --out FILE.",
    ),
    CodeInfo(
        code=OTHER_ENVIRONMENT, summary="The plan is for another environment",
        why="Steps, fingerprints and hazards hold for one environment only.",
        mend="Apply it to the environment it names, or plan for this one.",
    ),
    CodeInfo(
        code=PREVIEW, summary="The plan is only a preview",
        why="It was made against a recorded snapshot, which may no longer be what is live.",
        mend="Plan against the environment itself.",
    ),
    CodeInfo(
        code=OTHER_VERSION, summary="The plan was made by another version",
        why="Another version may write the same step otherwise.",
        mend="Make the plan again with this version.",
    ),
    CodeInfo(
        code=NO_EXPECTS, summary="The environment does not say which instance it expects",
        why="A wrong connection would otherwise change another CRM than the one meant.",
        mend="Add the line shown to the environment's file.",
    ),
    CodeInfo(
        code=OTHER_INSTANCE, summary="Another instance answers than the one expected",
        why="The plan would change another CRM than the one it was made for.",
        mend="Check the environment's connection and its key expects, then plan again.",
    ),
    CodeInfo(
        code=APPROVALS, summary="The environment asks for approvals",
        why="Its protection says that people must agree before anything is applied.",
        mend="This version can check no approval yet, so nothing is applied to a protected environment.",
    ),
    CodeInfo(
        code=FROZEN, summary="The environment is frozen now",
        why="Its protection names times in which nothing is applied.",
        mend="Apply it after the freeze, or change the freeze in the environment's file.",
    ),
    CodeInfo(
        code=LIVE_MOVED, summary="The live state moved since the plan was made",
        why="The plan was reviewed against another state than the one it would now change.",
        mend="Plan again and review what changed.",
    ),
    CodeInfo(
        code=LEDGER_MOVED, summary="The ledger moved since the plan was made",
        why="Something else was applied meanwhile, or this plan was applied already.",
        mend="Plan again and review what changed.",
    ),
    CodeInfo(
        code=HAZARD, summary="A hazard was not accepted",
        why="The plan does harm that somebody has to accept by name.",
        mend="If it is meant, add the option shown.",
    ),
    CodeInfo(
        code=LIMIT, summary="The plan changes more than the environment allows",
        why="A mistake that touches much at once is the costliest.",
        mend="Apply it in parts with --only, or change the limit in the environment's file.",
    ),
    CodeInfo(
        code=NO_PLACE, summary="Values would be destroyed without a copy",
        why="Once a field or object is gone its values are gone with it.",
        mend="Name a place: exports: {store: FOLDER, recipients: [AGE PUBLIC KEY]} in the environment's file.",
    ),
    CodeInfo(
        code=CONFLICT, summary="Something else changed what the run was changing",
        why="Live is neither what the step found nor what it makes, so going on could undo somebody's work.",
        mend="Look at it with crmgov drift ENV, then plan again.",
    ),
    CodeInfo(
        code=NOTHING_OPEN, summary="There is no unfinished run",
        why="Only a run that was broken off can be resumed.",
        mend="Apply a plan.",
        severity="note",
    ),
    CodeInfo(
        code=INTERRUPTED, summary="The run could not be finished",
        why="It is not known whether the last batch took effect.",
        mend="When the cause is mended, finish it with crmgov apply ENV --resume.",
    ),
    CodeInfo(
        code=UNREAD, summary="A step rests on what was not read",
        why="Where live state is not known completely, a step could overwrite what nobody looked at.",
        mend="Mend what stopped the reading, then plan again.",
    ),
    CodeInfo(
        code=PLAN_ERRORS, summary="The plan was saved with errors",
        why="A plan that says itself that something is wrong must not be carried out.",
        mend="Mend the errors that crmgov show FILE lists, then plan again.",
    ),
    CodeInfo(
        code=ALIVE, summary="The process that holds the lock is not known to be gone",
        why="Two processes that finish one run would do its work twice.",
        mend="If you are sure that it is gone, add the option shown.",
    ),
    CodeInfo(
        code=EXPORT_FAILED, summary="Values could not be exported",
        why="They must be safe before a step destroys them, so the step was not made.",
        mend="Mend the cause named, then plan again.",
    ),
    CodeInfo(
        code=REPORT_FAILED, summary="Progress could not be shown",
        why="The run itself is not affected.",
        mend="Look at crmgov history ENV.",
        severity="warning",
    ),
    CodeInfo(
        code=BROKEN_GROUPS, summary="The provider did not group the steps as it must",
        why="A step left out, doubled or out of order could do harm.",
        mend="Report this as a bug of the provider; nothing was changed.",
    ),
    CodeInfo(
        code=NOT_PURGED, summary="Exported values could not be removed when their time was over",
        why="They hold what people asked to be gone after the environment's retention_days.",
        mend="Remove the file, or let the next apply do it once the cause is mended.",
        severity="warning",
    ),
)  # fmt: skip
