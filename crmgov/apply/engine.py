"""The batches of a run, one after the other, from where the journal says they stand."""

from collections.abc import Mapping

from crmgov.apply import codes
from crmgov.apply.journal import write
from crmgov.apply.readback import read_back
from crmgov.apply.recheck import recheck
from crmgov.apply.session import Event, Session
from crmgov.apply.states import State, name_before, states
from crmgov.apply.submission import Interrupted, answer, carry_out, in_the_end
from crmgov.apply.work import Work
from crmgov.ledger.entries import BatchIntent
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.operations import Batch, Operation, Outcome, OutcomeStatus
from crmgov.model.provider import ProviderError, Scope
from crmgov.model.snapshot import Snapshot


def run_batches(session: Session, work: Work) -> list[Diagnostic]:
    """Carry out every batch that is not done; the diagnostics of a conflict where one stopped the run.

    Batches that need a step which did not take effect are not tried, independent ones go on; after a conflict nothing
    more is tried. Raises ``Interrupted`` and ``LedgerError`` where the run stays open.
    """
    conflict: list[Diagnostic] = []
    for index, batch in enumerate(work.batches):
        if work.progress[index].read:
            continue
        session.tell(Event(what="batch", batch=index + 1, batches=len(work.batches)))
        if not work.progress[index].intent:
            blocked = work.blocked(batch)
            if conflict or blocked:
                why = "the run stopped before it" if conflict else f"step {blocked[0]}, which it needs, was not done"
                work.settle(Outcome(step=item.step, status="not_tried", message=why) for item in batch.operations)
                continue
            conflict = recheck(session, work, batch)
            if conflict:
                why = "live state was changed while the run was under way"
                work.settle(Outcome(step=item.step, status="not_tried", message=why) for item in batch.operations)
                continue
            write(session, f"intent {index}", BatchIntent(batch=index))
            work.progress[index].intent = True
            carry_out(session, work, index)
        elif work.progress[index].outcomes is None:
            conflict = _find_out(session, work, index)
        read_back(session, work, index)
        outcomes = tuple(work.outcomes[item.step] for item in batch.operations)
        session.tell(Event(what="settled", batch=index + 1, batches=len(work.batches), outcomes=outcomes))
    return conflict


def _find_out(session: Session, work: Work, index: int) -> list[Diagnostic]:
    """Finish a batch that a dead process began: ask the provider, then look at every step."""
    batch, progress = work.batches[index], work.progress[index]
    outcomes = in_the_end(session, batch, progress.handle)
    if outcomes is not None:
        answer(session, work, index, outcomes)
        return []
    found = states(batch.operations, work.steps, _live(session, work, batch), name_before(work.core))
    strange = [item for item in batch.operations if found[item.step] == "neither"]
    if strange:
        answer(session, work, index, _stopped(batch, found))
        return [_conflict(work, item) for item in strange]
    if set(found.values()) == {"after"}:
        answer(session, work, index, [Outcome(step=step, status="done") for step in found])
        return []
    carry_out(session, work, index)
    return []


def _live(session: Session, work: Work, batch: Batch) -> Snapshot:
    before = name_before(work.core)
    natives = {native for item in batch.operations for native in (item.address, before(item.address))}
    try:
        return session.provider.read(Scope(addresses=frozenset(natives)))
    except ProviderError as error:
        raise Interrupted(of(codes.INTERRUPTED, f"Live state cannot be read: {error.diagnostic.message}")) from error


def _stopped(batch: Batch, found: Mapping[int, State]) -> list[Outcome]:
    """What became of a batch that cannot be finished, step by step."""
    told: dict[State, tuple[OutcomeStatus, str]] = {
        "after": ("done", ""),
        "before": ("not_tried", "the run stopped before it"),
        "neither": ("failed", "something else changed it"),
    }
    return [
        Outcome(step=item.step, status=told[found[item.step]][0], message=told[found[item.step]][1])
        for item in batch.operations
    ]


def _conflict(work: Work, operation: Operation) -> Diagnostic:
    address = work.steps[operation.step].address
    message = f"{address} is neither as step {operation.step} found it nor as it makes it"
    return of(codes.CONFLICT, message, address=address)
