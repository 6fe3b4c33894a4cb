"""The uses of what a plan changes, noted in its steps. Pure."""

from collections.abc import Collection, Sequence

from crmgov.check.mentioned import mentioned
from crmgov.check.tree import Case
from crmgov.diff.inputs import Inputs
from crmgov.model.address import address, parse
from crmgov.model.snapshot import Snapshot, kind_of
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
    _note_mentions(inputs, steps)
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
        step.broken += tuple((target, user, route) for target in goes[native] for user, route in sorted(after[target]))
        named = {*goes[native], native} & after.keys()
        step.used_by = tuple(sorted({*step.used_by, *(user for one in named for user, _ in after[one])} - {native}))


def _note_mentions(inputs: Inputs, steps: Sequence[Proposal]) -> None:
    """Note what is no resource and goes on naming a field that is removed: no plan takes the field out of it."""
    live = inputs.live
    removed = {step.native for step in steps if step.action == "remove"}
    changed = {step.native for step in steps}
    fields = {native for native in removed if kind_of(native) == "Field" and native in live}
    if not fields or not live.elsewhere.mentions:
        return
    case: Case = "accept" if inputs.same("Field/A.b") == inputs.same("Field/A.B") else "exact"
    found = mentioned(live, inputs.catalogues, case=case, of=fields)
    for step in steps:
        named = found.get(step.native, ()) if step.action == "remove" else ()
        users = [user for user in named if user not in changed and not _goes_too(live, removed, user)]
        if users:
            step.broken += tuple((step.native, user, ()) for user in users)
            step.used_by += tuple(users)


def _goes_too(live: Snapshot, removed: Collection[str], user: str) -> bool:
    """Whether a mention stands in something that is removed as well: its object, or the layout it is part of."""
    at = parse(user)
    if address("Object", at.parent or at.name) in removed:
        return True
    file = live.elsewhere.mentions[user].file
    return any(live.places[one].file == file for one in removed if kind_of(one) == "Layout" and one in live.places)
