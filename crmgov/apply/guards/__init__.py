"""What stands between a plan and an environment, in order. Each guard is one function; none can be left out."""

from crmgov.apply.guards import approvals, frozen, hazards, heads, limits, live

UNDER_LOCK = (
    ("approvals", (approvals.check,)),
    ("freeze", (frozen.check,)),
    ("fingerprints", (heads.check, live.check)),
    ("hazards", (hazards.check,)),
    ("limits", (limits.check,)),
)
"""The stages after the lock was taken; before it come ``intact`` and ``identity``, after them ``exports``. All
refusals of one stage are shown together; the first stage that refuses ends the attempt."""
