"""The operations behind a plan's steps, as a provider carries them out. Pure."""

from crmgov.model.address import parse
from crmgov.model.canonical import Body, decode
from crmgov.model.operations import Operation
from crmgov.model.plans import Core, Step
from crmgov.model.snapshot import Snapshot, kind_of
from crmgov.model.translate import Renames
from crmgov.plan.draft import patched


def renames_of(core: Core) -> Renames:
    """The renames a plan makes, old native address to new."""
    return Renames({step.renamed_from: step.native for step in core.steps if step.action == "rename"})


def operation(step: Step, live: Snapshot, renames: Renames) -> Operation:
    """One step as an operation. ``live`` is the state before the run; bodies are given as they read once the plan's
    renames are done, so that a step after a rename speaks of the new name.
    """
    kind = kind_of(step.native)
    before = _live_body(step, live, renames)
    after: Body | None = None
    if step.action != "remove":
        after = patched(kind, before or {}, step.changes)
    return Operation(
        step=step.id,
        action=step.action,
        address=step.native,
        before=before,
        after=after,
        changes=step.changes,
        renamed_from=step.renamed_from,
    )


def _live_body(step: Step, live: Snapshot, renames: Renames) -> Body | None:
    """The live body a step rests on, after the plan's renames; None where nothing is there."""
    if step.action == "add":
        return None
    at_now = step.renamed_from or _before_renames(step.native, live, renames)
    if at_now not in live:
        return None
    at = parse(at_now)
    parent = at.name if at.kind == "Object" else at.parent
    body: Body = decode(live.bodies[at_now])
    return renames.body(at.kind, body, parent)


def _before_renames(native: str, live: Snapshot, renames: Renames) -> str:
    """The address a resource has now, where its object is renamed in the same plan."""
    if native in live:
        return native
    return next((old for old in live if renames.address(old) == native), native)
