"""What predictions find in automations and routes."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(CodeInfo(
    code="SILENT001", severity="warning",
    summary="An automation passes many records by, because a field it reads says nothing",
    why="A comparison with a blank field, or with a value nobody listed, is false: nothing happens, and nobody is told.",
    mend="Fill the field where records come from or require it, or add otherwise: with what is to happen without it.",
))  # fmt: skip
declare(CodeInfo(
    code="SILENT002", severity="warning",
    summary="An automation fires for many records because nothing is known of a field",
    why="What a field is not, is true of a blank field as well, so people are written to or given work by mistake.",
    mend="Ask beside it whether the field has a value: {field: ..., op: present}.",
))  # fmt: skip
declare(CodeInfo(
    code="SILENT003", severity="warning",
    summary="A route leaves many records to whoever takes the rest",
    why="Those who take the rest are there for exceptions; they answer later, and they are not who was meant.",
    mend="Fill the field the route reads, add a case for the values without one, or say in the team's covers: that they"
    " are its own.",
))  # fmt: skip
declare(CodeInfo(
    code="SILENT004", severity="error",
    summary="A route gives records to a team that has no members",
    why="These records reach nobody: no person sees them until somebody happens to look at the queue.",
    mend="Add members to the team, or route to another one.",
))  # fmt: skip
declare(CodeInfo(
    code="SILENT005", severity="warning",
    summary="What an automation does reaches nobody for many records",
    why="No case of the route takes them, or the field that names the person is blank: the work is made for nobody.",
    mend="Add otherwise: with a team that takes the rest, or fill the field that names the person.",
))  # fmt: skip
declare(CodeInfo(
    code="SILENT006", severity="warning",
    summary="No record meets the condition of an automation",
    why="It has not fired for any record as it is now. Either what it waits for never happens, or a value is spelt"
    " otherwise.",
    mend="Compare its condition with the values that records hold, or switch it off.",
))  # fmt: skip
declare(CodeInfo(
    code="SILENT007", severity="warning",
    summary="A schedule has passed by records whose time came",
    why="They meet its condition and their day is over, and yet they lack what it would have set: it did not run, it ran"
    " before they met the condition, or somebody undid it.",
    mend="Look into the log of its runs for one of these records; run it for them once the cause is mended.",
))  # fmt: skip
