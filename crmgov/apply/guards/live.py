"""Live state is what the plan was made against, for all that its steps touch, use and record."""

from collections.abc import Iterator

from crmgov.apply import codes
from crmgov.apply.guards.request import Found, Request
from crmgov.apply.states import name_before, own_steps
from crmgov.model.address import parse
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.operations import Action
from crmgov.model.plans import Core, Step
from crmgov.model.snapshot import Snapshot
from crmgov.plan.operations import renames_of
from crmgov.plan.uses import resting, users


def check(request: Request, found: Found) -> list[Diagnostic]:
    """Compare fingerprints: of every step, of what uses what a step removes or narrows, of what is only recorded."""
    core = request.plan.core
    return [*_steps(core, found), *_uses(core, found), *_records(core, found.live)]


_LIVING: frozenset[Action] = frozenset({"remove", "modify", "rename", "replace"})


def _steps(core: Core, found: Found) -> Iterator[Diagnostic]:
    before = name_before(core)
    folded = {found.same(native): native for native in found.live} if core.steps else {}
    for step in core.steps:
        at = parse(step.native)
        gap = found.live.coverage.gap(at.kind, at.parent)
        if gap:
            yield of(codes.UNREAD, f"{step.address} rests on what was not read: {gap}", address=step.address)
        here = before(step.native) if step.action in _LIVING else folded.get(found.same(step.native), "")
        now = found.live.digests.get(here, "")
        if now != step.fingerprint:
            yield of(
                codes.LIVE_MOVED, f"{step.address} {_how(step, now)} since the plan was made", address=step.address
            )


def _how(step: Step, now: str) -> str:
    if not now:
        return "was removed"
    return "was changed" if step.fingerprint else "came to be"


def _uses(core: Core, found: Found) -> Iterator[Diagnostic]:
    rests = {step.id: resting(step.action, step.native, step.changes) for step in core.steps}
    wanted = {target for some in rests.values() for target in some}
    if not wanted:
        return
    renames = renames_of(core)
    seen = renames.snapshot(found.live) if any(step.renamed_from for step in core.steps) else found.live
    named = users(seen, wanted, found.same, found.catalogues)
    for step in core.steps:
        using = {user for target in rests[step.id] for user, _ in named[target]} - {step.native}
        now = {user: seen.digests[user] for user in using}
        for user in sorted(now.keys() | step.uses.keys()):
            if now.get(user) != step.uses.get(user):
                message = f"{user}, which uses {step.address}, is not as it was when the plan was made"
                yield of(codes.LIVE_MOVED, message, address=step.address)


def _records(core: Core, live: Snapshot) -> Iterator[Diagnostic]:
    """What is adopted or desired anew without a step must still be what the plan compared it with."""
    owned = own_steps(core)
    for record in core.records:
        taken = record.action in ("adopt", "desire", "rebind") and record.native not in owned
        if taken and live.digests.get(record.native, "") != record.fingerprint:
            message = f"{record.address} was changed since the plan was made"
            yield of(codes.LIVE_MOVED, message, address=record.address)
