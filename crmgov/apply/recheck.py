"""Looking again, just before a batch, at what its steps rest on."""

from collections.abc import Iterator, Mapping, Sequence

from crmgov.apply import codes
from crmgov.apply.session import Session
from crmgov.apply.states import name_before, unmoved
from crmgov.apply.work import Work
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.operations import Batch
from crmgov.model.provider import ProviderError, Scope
from crmgov.model.snapshot import Snapshot
from crmgov.plan.operations import renames_of
from crmgov.plan.uses import resting, users


def recheck(session: Session, work: Work, batch: Batch) -> list[Diagnostic]:
    """What moved since the plan was made, this run's own steps aside."""
    before = name_before(work.core)
    natives = {native for item in batch.operations for native in (item.address, before(item.address))}
    rests = {item.step: resting(item.action, item.address, item.changes) for item in batch.operations}
    try:
        live = session.provider.read(Scope(addresses=None if any(rests.values()) else frozenset(natives)))
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
    return [*found, *_new_users(session, work, live, rests)]


def _new_users(
    session: Session, work: Work, live: Snapshot, rests: Mapping[int, Sequence[str]]
) -> Iterator[Diagnostic]:  # fmt: skip
    """Whatever uses by now what is to go or be narrowed, other than the plan and this run know it."""
    wanted = {target for some in rests.values() for target in some}
    if not wanted:
        return
    renames = renames_of(work.core)
    seen = renames.snapshot(live) if any(step.renamed_from for step in work.core.steps) else live
    named = users(seen, wanted, session.provider.same, (session.provider.catalogue(),))
    for number, targets in rests.items():
        step = work.steps[number]
        for user in sorted({user for target in targets for user, _ in named[target]} - {step.native}):
            if seen.digests[user] not in (step.uses.get(user), work.observed.get(user)):
                message = f"{user}, which uses {step.address}, was changed while the run was under way"
                yield of(codes.LIVE_MOVED, message, address=step.address)
