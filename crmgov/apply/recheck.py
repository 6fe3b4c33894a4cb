"""Looking again, just before a batch, at what its steps rest on."""

from collections.abc import Iterator

from crmgov.apply import codes
from crmgov.apply.session import Session
from crmgov.apply.states import name_before, unmoved
from crmgov.apply.work import Work
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.operations import Batch, Operation
from crmgov.model.provider import ProviderError, Scope
from crmgov.model.snapshot import Snapshot
from crmgov.plan.operations import renames_of
from crmgov.plan.uses import users_after


def recheck(session: Session, work: Work, batch: Batch) -> list[Diagnostic]:
    """What moved since the plan was made, this run's own steps aside."""
    before = name_before(work.core)
    natives = {native for item in batch.operations for native in (item.address, before(item.address))}
    removals = [item for item in batch.operations if item.action == "remove"]
    try:
        live = session.provider.read(Scope(addresses=None if removals else frozenset(natives)))
    except ProviderError as error:
        return [error.diagnostic]
    found = []
    for item in batch.operations:
        known = work.observed.get(item.address)
        if known is None:
            same = unmoved(item, work.steps[item.step], live, before)
        else:
            same = live.digests.get(item.address, "") == known
        if not same:
            address = work.steps[item.step].address
            found.append(of(codes.LIVE_MOVED, f"{address} was changed while the run was under way", address=address))
    return [*found, *_new_users(work, live, removals)]


def _new_users(work: Work, live: Snapshot, removals: list[Operation]) -> Iterator[Diagnostic]:
    """Whatever uses by now what is to go, other than the plan and this run know it."""
    if not removals:
        return
    renames = renames_of(work.core)
    seen = renames.snapshot(live) if any(step.renamed_from for step in work.core.steps) else live
    users = users_after(seen, {}, [item.address for item in removals])
    for item in removals:
        step = work.steps[item.step]
        for user in users[item.address]:
            known = (step.uses.get(user), work.observed.get(user))
            if seen.digests[user] not in known:
                message = f"{user}, which uses {step.address}, was changed while the run was under way"
                yield of(codes.LIVE_MOVED, message, address=step.address)
