"""The codes of pipelines and handoffs."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="STAGE001",
        severity="warning",
        summary="A stage or phase has no definition",
        why="Everybody decides for themselves what belongs in it, so counts and forecasts by stage compare unlike things.",
        mend="Write in definition: what a record in it is, in words all agree on.",
        example="definition: The buyer has seen the product and agrees that it solves the problem.",
    ),
    CodeInfo(
        code="STAGE002",
        severity="warning",
        summary="A stage has no entry criteria",
        why="Records are moved there whenever somebody feels like it, and arrive without what the next step needs.",
        mend="Name in entry: the fields that must be filled, or the condition that must be true, before a record enters.",
        example="entry: {required: [Amount, CloseDate]}",
    ),
    CodeInfo(
        code="STAGE003",
        severity="warning",
        summary="A stage or phase has no owner role",
        why="Nobody answers for the records in it, so they are the ones that are left lying.",
        mend="Name the role in owner_role:.",
    ),
    CodeInfo(
        code="STAGE004",
        severity="warning",
        summary="A stage can never be reached",
        why="No record can enter it by the ways the pipeline allows; what waits for it never happens.",
        mend="Add it to next: of the stage that comes before it, or take it out of the pipeline.",
    ),
    CodeInfo(
        code="STAGE005",
        severity="warning",
        summary="An open stage leads to no end",
        why="A record that enters stays open for ever and is counted in every forecast.",
        mend="Add to next: a stage from which a record can be closed.",
    ),
    CodeInfo(
        code="STAGE006",
        severity="warning",
        summary="A pipeline has no end, or only half of one",
        why="Where a record cannot be said to have ended so, it stays open or is closed as what it is not.",
        mend="Add to the pipeline the stage that says so.",
    ),
    CodeInfo(
        code="STAGE007",
        severity="warning",
        summary="An open stage stands after one that ends a record's way",
        why="People see and report stages in this order: it looks as if closed records went on.",
        mend="Move the stages that end a record's way to the end.",
    ),
    CodeInfo(
        code="STAGE008",
        severity="warning",
        summary="The probability falls along a pipeline",
        why="A record that goes forward counts for less in the forecast, so either order or probability is wrong.",
        mend="Put the stages in the order records go through them, or correct the probability.",
    ),
    CodeInfo(
        code="STAGE009",
        severity="warning",
        summary="A stage's probability contradicts its outcome",
        why="What is won is certain and what is lost has no chance; anything else makes every weighted forecast wrong.",
        mend="Write 100 for a stage that is won and 0 for one that is lost, or correct its outcome.",
    ),
    CodeInfo(
        code="STAGE010",
        severity="warning",
        summary="A stage requires a field that cannot be filled",
        why="Nobody can give the field a value, so nobody can move a record into the stage by its own rules.",
        mend="Put the field on a layout, let an automation fill it, or require another one.",
    ),
    CodeInfo(
        code="HANDOFF010",
        severity="warning",
        summary="A rule stops people at a field that nobody may see",
        why="Whoever is stopped cannot see the value that stops them, nor the message that stands at it, and has no way to mend it.",
        mend="Give the roles that save these records read access to the field, or let the rule ask about one they see.",
    ),
)
