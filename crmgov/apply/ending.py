"""The end of a run: what is recorded without a step, the commit, and the lock given back."""

from collections.abc import Sequence

from crmgov.apply.journal import write
from crmgov.apply.left import observed_now
from crmgov.apply.purging import purge
from crmgov.apply.readback import head_of
from crmgov.apply.session import Event, RunResult, Session, count
from crmgov.apply.work import Work
from crmgov.ledger.entries import HeadsChanged, RunClosed, RunStatus, SetHead
from crmgov.model.canonical import digest
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.operations import Outcome
from crmgov.model.plans import Record
from crmgov.model.provider import ProviderError, Scope
from crmgov.model.snapshot import Snapshot


def finish(session: Session, work: Work, live: Snapshot, conflict: Sequence[Diagnostic]) -> RunResult:
    """Write the last heads and the end of the run, and release the lock.

    ``live`` is the state read under the lock; what is recorded without a step is recorded as it was seen there.
    """
    outcomes = tuple(work.outcomes[step.id] for step in work.core.steps)
    good = all(outcome.status in ("done", "altered", "cannot_undo") for outcome in outcomes)
    status: RunStatus = "conflict" if conflict else "done" if good else "failed"
    heads, bodies = _recorded(session, work, _with_renamed(session, work, live))
    closed = RunClosed(status=status, counts=count(outcomes))
    write(session, "close", heads, *purge(session), closed, bodies=bodies)
    session.tell(Event(what="closed", outcomes=outcomes))
    session.ledger.release(session.holder)
    session.crash("after release")
    return session.result(status, *conflict, outcomes=outcomes, exports=work.exports)


def _with_renamed(session: Session, work: Work, live: Snapshot) -> Snapshot:
    """Live state with what came to a new address by the rename of its object, where it can be read."""
    moved = [r.native for r in work.core.records if work.needed(r) and not work.owners(r.native)]
    if not moved:
        return live
    try:
        now = session.provider.read(Scope(addresses=frozenset(moved)))
    except ProviderError:
        return live
    found = {native: now.bodies[native] for native in moved if native in now}
    digests = {native: now.digests[native] for native in found}
    return Snapshot(live.source, {**live.digests, **digests}, {**live.bodies, **found})


def _recorded(session: Session, work: Work, live: Snapshot) -> tuple[HeadsChanged, dict[str, bytes]]:
    """Heads of adoptions, releases and new names, and the commit for everything the tree holds."""
    sets: list[SetHead] = []
    drops: list[str] = []
    bodies: dict[str, bytes] = {}
    keep = set(work.keep) | set(work.core.absent)
    for record in work.core.records:
        if not work.effective(work.needed(record)):
            if record.action in ("forget", "release"):
                keep.add(record.native)
            continue
        if work.owners(record.native):
            continue
        if record.action in ("forget", "release"):
            drops.append(record.native)
            continue
        head = _taken(session, work, live, record, bodies)
        if head is not None:
            sets.append(head)
    kept = tuple(sorted(native for native in keep if native in work.heads))
    change = HeadsChanged(
        set=tuple(sets), drop=tuple(drops), commit=work.commit, author=work.author, keep=kept
    )  # fmt: skip
    return change, bodies


def _taken(session: Session, work: Work, live: Snapshot, record: Record, bodies: dict[str, bytes]) -> SetHead | None:
    """The head of what is recorded without a step; none where live is no longer what the plan compared with."""
    observed = live.digests.get(record.native, "")
    if record.fingerprint not in ("", observed):
        return None
    if observed:
        told = observed_now(session, work, record.native, None, live.bodies[record.native])
        observed = digest(told)
        bodies[observed] = told
    return head_of(work, record.native, record, observed)


def interrupted(session: Session, work: Work | None, diagnostic: Diagnostic) -> RunResult:
    """The run stays open, and the lock with it."""
    outcomes: list[Outcome] = [] if work is None else list(work.outcomes.values())
    return session.result("interrupted", diagnostic, outcomes=outcomes, exports=work.exports if work else ())
