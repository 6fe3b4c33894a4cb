"""The codes of this area: what each means, whatever the names."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="ROUTING001",
        summary="A route has no branch for what matches none of its cases",
        why="Such a record is given to nobody by this route: it stays where it is, and nobody is told to look at it.",
        mend="Add otherwise: with a team that takes the rest, or a last case without a condition.",
        example="otherwise: {team: InboundPool, round_robin: true}",
        severity="warning",
    ),
    CodeInfo(
        code="ROUTING002",
        summary="Work goes to a team that has no members",
        why="What is given to a team without members is seen by nobody until somebody happens to look.",
        mend="Add members to the team, or name another team.",
        severity="warning",
    ),
    CodeInfo(
        code="ROUTING003",
        summary="Two cases of a route claim the same value",
        why="The first case that matches is taken, so the second never gets these records, whatever it says.",
        mend="Leave the value in one of the two cases.",
        severity="warning",
    ),
    CodeInfo(
        code="ROUTING004",
        summary="A value is routed to a team that is not there for it",
        why="The team's covers: names the records it is there for. What is sent to it beyond that is nobody's work.",
        mend="Route the value to the team that covers it, or add it to the team's covers:.",
        severity="warning",
    ),
    CodeInfo(
        code="ROUTING005",
        summary="A value is covered by no team",
        why="Teams share these records out by this field; records with a value that none of them covers have no home.",
        mend="Add the value to the covers: of the team that takes these records.",
        severity="warning",
    ),
    CodeInfo(
        code="ROUTING006",
        summary="A value is covered by two teams",
        why="Each of the two can take it for the other's work, and neither answers for it.",
        mend="Leave the value in the covers: of one team.",
        severity="warning",
    ),
)
declare(
    CodeInfo(
        code="WRITER001",
        summary="Automations start one another in a circle",
        why="Each run of one starts the next and in the end the first again, until the CRM stops them with an error.",
        mend="Break the circle: let one of them write another field, or give it a condition the others do not meet.",
        severity="warning",
    ),
    CodeInfo(
        code="WRITER002",
        summary="Two automations that start together write one field",
        why="The one that runs last wins, and which one that is may differ from save to save and between environments.",
        mend="Give both an order:, conditions that exclude each other, or leave the field to one of them.",
        severity="warning",
    ),
    CodeInfo(
        code="WRITER003",
        summary="Two automations that start together have the same order",
        why="An order that two of them share says nothing: which of them runs first is chance.",
        mend="Give each automation of one trigger an order of its own.",
        severity="warning",
    ),
    CodeInfo(
        code="WRITER004",
        summary="Records are made from two sides, and nothing finds the same one made twice",
        why="Each side makes its own record of one thing; owners, tasks and mails are then given out twice.",
        mend="Add matching: to the object, or leave it to one side to make these records.",
        example="matching: {Same mail: {fields: {Email: email}, active: true, action: block}}",
        severity="warning",
    ),
)
