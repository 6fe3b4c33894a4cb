"""Codes of what planning has to say."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="PLAN001", summary="Absent from this branch",
        why="The environment was given this by a commit that the planned one does not descend from, so its absence here is no proof that it should go.",
        mend="Merge or rebase onto the commit named, or delete it in a commit that has it. Nothing is removed meanwhile.",
        severity="warning",
    ),
    CodeInfo(
        code="PLAN002", summary="Cannot be reset",
        why="The line was applied and is gone, and the environment has no value that this attribute returns to.",
        mend="Write the value it should have; an empty list removes what was listed; null empties it.",
    ),
    CodeInfo(
        code="PLAN003", summary="Changed here and by hand",
        why="Both the configuration and the environment moved since the last apply; one of the two would be lost.",
        mend="Settle it with --take yaml ADDRESS or --take live ADDRESS (then pull it into the configuration).",
    ),
    CodeInfo(
        code="PLAN004", summary="Not ours to create or remove",
        why="Standard, packaged and calculated things come with the CRM; only custom ones can be created or removed.",
        mend="Check the name, or name it under External if it is governed elsewhere.",
    ),
    CodeInfo(
        code="PLAN005", summary="Rests on what was not read",
        why="The environment was not read completely here, so what is missing may in truth be there.",
        mend="Mend what stopped the reading, then plan again.",
    ),
    CodeInfo(
        code="PLAN006", summary="The environment cannot do this",
        why="This kind of CRM offers no way to make the change.",
        mend="Make the change by hand where the CRM allows it, then plan again.",
    ),
    CodeInfo(
        code="PLAN007", summary="Changes that wait for one another",
        why="Each of these changes needs another of them to be made first.",
        mend="Make one of them in a change of its own.",
    ),
    CodeInfo(
        code="PLAN008", summary="Protected by its document",
        why="The document applied last says that this sort of change must not happen.",
        mend="Take the entry out of `protect` in a change of its own, apply that, then make this change.",
    ),
    CodeInfo(
        code="PLAN009", summary="Looks like a rename",
        why="Removing one and adding the other loses what records hold; a declared rename keeps it.",
        mend="Add renamed_from to the new one if it is the same thing.", severity="warning",
    ),
    CodeInfo(
        code="PLAN010", summary="Cannot be renamed in place",
        why="This kind of CRM knows no rename here; the new one is added and the old one stays until its values are copied.",
        mend="Copy the values, check the counts, then delete the old one in a later change.", severity="warning",
    ),
    CodeInfo(
        code="PLAN011", summary="Uncommitted changes",
        why="What is applied to a protected environment must be found again in the history.",
        mend="Commit the changes, then plan again.",
    ),
    CodeInfo(
        code="PLAN012", summary="No such address in this plan",
        why="An option names an address that no resource here has, so it would do nothing.",
        mend="Check the address with crmgov show.",
    ),
    CodeInfo(
        code="PLAN013", summary="Not read",
        why="The environment could not be read here, so nothing is known of what it holds: neither drift nor its absence.",
        mend="Mend what stopped the reading, then look again.", severity="warning",
    ),
    CodeInfo(
        code="PLAN014", summary="Removed too early",
        why="The document applied last says from which day on it may be removed; until then people are told that it goes.",
        mend="Put its document back until that day. If it must go sooner, apply it with an earlier remove_after first.",
        severity="warning",
    ),
)  # fmt: skip

POLICIES = frozenset({"POLICY102", "POLICY103", "POLICY104", "POLICY105", "POLICY107"})
"""Codes of errors with which a policy refuses a plan: it is broken, or cannot be asked."""
REFUSALS = POLICIES | {"PLAN008", "PLAN011"}
"""Codes of errors that mean a protection refuses the plan."""
