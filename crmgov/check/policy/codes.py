"""Codes of what policies have to say."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="POLICY101", summary="A policy of this repository is not kept",
        why="The repository says what must be true of such resources, and of this one it is not.",
        mend="Do as the policy's help says, or have it accepted for a time by a waiver in the Governance document.",
    ),
    CodeInfo(
        code="POLICY102", summary="A policy forbids this change",
        why="The repository says that no plan may hold such a change.",
        mend="Take the change out of the configuration, or change the policy in a change of its own.",
    ),
    CodeInfo(
        code="POLICY103", summary="More changes than a policy allows",
        why="The repository limits how many such changes one plan may hold, so that each is looked at.",
        mend="Split the change, or raise the limit in a change of its own.",
    ),
    CodeInfo(
        code="POLICY104", summary="A policy's pattern cannot be used",
        why="A policy that cannot be asked keeps nothing.",
        mend="Write a regular expression without look-around and back references; try it with crmgov policy test.",
    ),
    CodeInfo(
        code="POLICY105", summary="A policy names what does not exist",
        why="It looks for something that nothing has, so it keeps nothing, or nothing can keep it.",
        mend="Correct the name; crmgov schema KIND lists what a kind can hold.",
    ),
    CodeInfo(
        code="POLICY106", summary="A policy looks at nothing here", severity="note",
        why="Nothing is selected, so nothing can break it. It may be ahead of its time, or be misspelt.",
        mend="Check what it selects; crmgov policy test tries it on examples.",
    ),
    CodeInfo(
        code="POLICY107", summary="A policy does not say what it asks",
        why="What it holds does not make a rule, so it keeps nothing.",
        mend="Give select with require for resources; forbid, or limit, for plans.",
    ),
    CodeInfo(
        code="POLICY108", summary="An example of a policy does not show what it says",
        why="Either the policy or the example is wrong, and nobody can tell from reading which is meant.",
        mend="Correct the one that is wrong.",
    ),
    CodeInfo(
        code="POLICY109", summary="A policy cannot be judged here", severity="warning",
        why="It asks for something that is not known of what is removed: what only the deleted document said.",
        mend="Look at the removal yourself, or write the policy by kind, object or name.",
    ),
)  # fmt: skip
