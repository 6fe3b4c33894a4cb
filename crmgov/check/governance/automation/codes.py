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
declare(
    CodeInfo(
        code="TRIGGER001",
        summary="An automation needs a field that may be blank, and does not say what happens then",
        why="Nothing demands the field; where it is blank the automation does nothing, and nobody learns of it.",
        mend="Add otherwise: with what is to happen, ask for the field with blank or present, or require the field.",
        example="otherwise: [{name: Find the region, type: create_task, subject: Fill in the region, due_days: 1}]",
        severity="warning",
    ),
    CodeInfo(
        code="TRIGGER002",
        summary="A comparison with what a field is not leaves open what it means for blanks",
        why="not_equals and not_in are false of a blank field; not: with equals, and the vendor's own <>, are true of it.",
        mend="Say it: add {field: ..., op: present} or {op: blank} beside the comparison.",
        example="all: [{field: Country, op: present}, {field: Country, op: not_equals, value: Iceland}]",
        severity="warning",
    ),
    CodeInfo(
        code="TRIGGER003",
        summary="An automation waits for a stage that no record can be in",
        why="It is shown as active and never starts.",
        mend="Name a stage of the object's pipelines, or switch the automation off.",
        severity="warning",
    ),
    CodeInfo(
        code="TRIGGER004",
        summary="More automations run on an object than the budget allows",
        why="Each save runs through all of them: slower, harder to foresee, and harder to change without breaking one.",
        mend="Join some of them or remove some, or raise automations_per_object in the Governance document.",
        severity="warning",
    ),
    CodeInfo(
        code="TRIGGER005",
        summary="More automations start on one field than the budget allows",
        why="One change of the field sets all of them off at once; what the record looks like after is hard to foresee.",
        mend="Join some of them, or raise automations_per_trigger_field in the Governance document.",
        severity="warning",
    ),
)
declare(
    CodeInfo(
        code="LITERAL001",
        summary="Something in use names a value that can no longer be chosen, or that another replaces",
        why="New records never have the value, so this waits for what does not come, or treats it as what it was.",
        mend="Name the value that takes its place, or remove the branch that is for it.",
        severity="warning",
    ),
    CodeInfo(
        code="LITERAL002",
        summary="A record id is written into a formula or body",
        why="Each environment gives its records ids of their own: in another one this id is nobody's, or another's.",
        mend="Look the record up by its name or key, or put the id into a setting or custom metadata.",
        severity="warning",
    ),
    CodeInfo(
        code="LITERAL003",
        summary="The address of one organisation is written into a formula or body",
        why="From a sandbox, or once the organisation's domain changes, the link leads to the wrong place or nowhere.",
        mend="Begin the link at / so that it stays in the organisation, or keep the address in a label or setting.",
        severity="warning",
    ),
    CodeInfo(
        code="LITERAL004",
        summary="An e-mail address or user name is written into a formula or body",
        why="When the person leaves, or where users are named otherwise as in a sandbox, it reaches nobody or fails.",
        mend="Name a team, role or field, or keep the address in a label or setting.",
        severity="warning",
    ),
)
declare(
    CodeInfo(
        code="LITERAL005",
        summary="An automation, layout or mapping names something deprecated",
        why="It is on its way out; each use that is left holds up its removal, or breaks on that day.",
        mend="Use what replaces it, or take it out here.",
        severity="warning",
    ),
    CodeInfo(
        code="LITERAL006",
        summary="Work goes to somebody who has left",
        why="Nobody reads what is sent there, and the CRM may stop the automation because its user is not active.",
        mend="Name a team or role, or the person who took the work over.",
        severity="warning",
    ),
    CodeInfo(
        code="TRIGGER006",
        summary="New records that are to be converted are not taken care of",
        why="A lead that nobody owns, answers or calls within a day is seldom won.",
        mend="Add an automation on: created with a route, a send_template and a create_task that is due in time.",
        severity="warning",
    ),
    CodeInfo(
        code="TRIGGER007",
        summary="A won record starts no work",
        why="The customer has signed, and whether anybody begins depends on somebody remembering.",
        mend="Add an automation on the stage field that makes the onboarding task, or hands the record over.",
        severity="warning",
    ),
    CodeInfo(
        code="TRIGGER008",
        summary="Stages have a longest stay, and nobody is told when it is over",
        why="max_age says how long a record may stay; without an automation that time starts, it is only a wish.",
        mend="Add an automation on: scheduled that reminds the owner or escalates, or remove max_age.",
        severity="warning",
    ),
    CodeInfo(
        code="TRIGGER009",
        summary="Two messages go to the same receiver at the same time",
        why="Several mails at one moment read as spam, and the second one answers nothing the first one asked.",
        mend="Give the later one after: with days or hours, or join them into one.",
        severity="warning",
    ),
    CodeInfo(
        code="TRIGGER010",
        summary="A sent proposal is followed up by nobody",
        why="The customer has the proposal, and whether anybody asks again depends on somebody remembering.",
        mend="Add an automation on the stage field that makes a task due in some days and tells the manager.",
        example="actions: [{name: Ask again, type: create_task, subject: Call about the proposal, due_days: 3}]",
        severity="warning",
    ),
    CodeInfo(
        code="TRIGGER011",
        summary="What ends on a day ends unnoticed",
        why="Nothing counts from the day on which the contract ends, so its renewal begins when it is already over.",
        mend="Add a scheduled automation with this date_field:, some 90 days before.",
        example="trigger: {on: scheduled, date_field: EndDate, days: -90}",
        severity="warning",
    ),
)
declare(
    CodeInfo(
        code="LITERAL007",
        summary="A record type is asked for that the object does not have",
        why="No record of this object is ever of that type, so the condition is never true; no error is shown.",
        mend="Name a record type of this object; the other name was most likely copied along.",
        severity="warning",
    ),
)
declare(
    CodeInfo(
        code="LITERAL008",
        summary="A permission is asked for that nobody is granted",
        why="The question is answered with no for everybody: what it opens stays shut, and what it exempts from holds.",
        mend="Correct the name, or grant it in a permission set: capabilities: {custom:NAME: true}.",
        severity="warning",
    ),
)
