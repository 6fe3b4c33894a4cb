"""What can be wrong with a workbook of decisions."""

from crmgov.model.diagnostics import CodeInfo, declare

UNREADABLE = "DECISION001"
BAD_DECISION = "DECISION002"
NO_GOVERNANCE = "DECISION003"

declare(CodeInfo(
    code=UNREADABLE, severity="error",
    summary="A workbook of decisions cannot be read",
    why="Nothing in it was taken over.",
    mend="Write one with crmgov audit ENVIRONMENT --format xlsx --output FILE, decide in it, and save it as .xlsx.",
))  # fmt: skip
declare(CodeInfo(
    code=BAD_DECISION, severity="error",
    summary="A decision cannot be taken over",
    why="It is incomplete, or speaks of something that is not there. The other decisions are not held up by it.",
    mend="Correct the row, then read the workbook again: what was taken over before is not done twice.",
))  # fmt: skip
declare(CodeInfo(
    code=NO_GOVERNANCE, severity="error",
    summary="No Governance document for decisions to keep",
    why="A finding is accepted by a waiver, and waivers stand in the Governance document.",
    mend="Add one (kind: Governance, name: Governance), then read the workbook again.",
))  # fmt: skip
