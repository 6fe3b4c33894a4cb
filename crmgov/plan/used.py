"""The uses of what a plan changes, noted in its steps. Pure."""

from collections.abc import Sequence

from crmgov.diff.inputs import Inputs
from crmgov.model.snapshot import kind_of
from crmgov.plan.proposals import Proposal
from crmgov.plan.uses import after_plan, gone, remaining, resting, users

TOLD = 64
"""Changes of existing things up to which their uses are looked up only to be told; more of them are not read, and take
as long as a check of everything."""
_TOLD_KINDS = ("Field", "Picklist", "StageSet")


def find_uses(inputs: Inputs, steps: Sequence[Proposal]) -> None:
    """Set ``uses``, ``used_by`` and ``broken`` of the steps.

    Looks at nothing where a plan only adds things.
    """
    rests = {step.native: resting(step.action, step.native, step.changes) for step in steps}
    goes = {step.native: gone(step.action, step.native, step.changes) for step in steps}
    told = [step for step in steps if step.action in ("modify", "rename") and kind_of(step.native) in _TOLD_KINDS]
    shown = {step.native for step in told} if len(told) <= TOLD else set()
    now = users(inputs.live, {a for some in rests.values() for a in some}, inputs.same, inputs.catalogues)
    wanted = {a for some in goes.values() for a in some} | shown
    if not wanted and not now:
        return
    later = after_plan(inputs.live, steps, inputs.desired.snapshot.derived) if wanted else inputs.live
    after = remaining(users(later, wanted, inputs.same, inputs.catalogues), steps)
    for step in steps:
        native = step.native
        found = {user for target in rests[native] for user, _ in now[target]} - {native}
        step.uses = {user: inputs.live.digests[user] for user in sorted(found)}
        step.broken = tuple((target, user, route) for target in goes[native] for user, route in sorted(after[target]))
        named = {*goes[native], native} & after.keys()
        step.used_by = tuple(sorted({user for target in named for user, _ in after[target]} - {native}))
