"""One batch, from the export of what it destroys to the provider's answer."""

import base64

from crmgov.apply import codes
from crmgov.apply.exports import ExportError, store_of
from crmgov.apply.journal import write
from crmgov.apply.session import Event, Session
from crmgov.apply.work import Work
from crmgov.ledger.entries import BatchSettled, BatchSubmitted
from crmgov.model.diagnostics import Diagnostic, has_errors, of
from crmgov.model.operations import Batch, Outcome
from crmgov.model.provider import InFlight, ProviderError

_PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds between questions whether something is still in flight; the last one repeats."""


class Interrupted(Exception):  # noqa: N818 - a state, not an error
    """It is not known whether a batch took effect; the run stays open."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def carry_out(session: Session, work: Work, index: int) -> None:
    """Hand a batch over, or finish it with the handle it has, and journal the answer."""
    batch, progress = work.batches[index], work.progress[index]
    outcomes: list[Outcome] | None = None
    if progress.handle is None:
        outcomes = _submit(session, work, index)
    if outcomes is None:
        outcomes = _settle(session, batch, progress.handle or b"")
    answer(session, work, index, outcomes)


def answer(session: Session, work: Work, index: int, outcomes: list[Outcome]) -> None:
    """Journal what the provider said of each step; a step it said nothing of is unverified."""
    said = {outcome.step: outcome for outcome in outcomes}
    silent = "the provider gave no answer for it"
    whole = tuple(
        said.get(item.step, Outcome(step=item.step, status="unverified", message=silent))
        for item in work.batches[index].operations
    )
    write(session, f"settled {index}", BatchSettled(batch=index, outcomes=whole))
    work.progress[index].outcomes = whole
    work.settle(whole)


def in_the_end(session: Session, batch: Batch, handle: bytes | None) -> list[Outcome] | None:
    """What became of a batch that may be on its way: waits while it is, None where nothing of it took effect."""
    waited, pauses = 0.0, iter(_PAUSES)
    pause = _PAUSES[-1]
    while True:
        try:
            return session.provider.settled(batch, handle)
        except InFlight as error:
            if waited >= session.patience:
                message = f"Something of run {session.run} is still in flight after {waited:.0f} s"
                raise Interrupted(of(codes.INTERRUPTED, message)) from error
        except ProviderError as error:
            raise Interrupted(_unknown(error.diagnostic.message)) from error
        except Exception as error:
            raise Interrupted(_unknown(type(error).__name__)) from error
        pause = next(pauses, pause)
        session.tell(Event(what="waiting", text="something of this run is still in flight"))
        session.wait(pause)
        waited += pause


def _unknown(cause: str) -> Diagnostic:
    return of(codes.INTERRUPTED, f"It is not known whether the last batch took effect: {cause}")


def _submit(session: Session, work: Work, index: int) -> list[Outcome] | None:
    """Export and make ready; outcomes only where that failed, and so nothing took effect."""
    batch = work.batches[index]
    store = store_of(session.place, session.run, index)
    try:
        problems = session.provider.export(batch.operations, store)
    except ExportError as error:
        return _failed(batch, str(error))
    except (ProviderError, OSError) as error:
        return _failed(batch, f"the values it destroys could not be exported: {_cause(error)}")
    if has_errors(problems):
        session.problems += problems
        return _failed(batch, "the values it destroys could not be exported")
    session.problems += problems
    if store.written:
        work.exports += store.written
        write(session, f"exported {index}", *store.written)
        session.tell(Event(what="exported", batch=index + 1, batches=len(work.batches)))
    blobs = {name: base64.b64decode(text) for name, text in work.core.blobs.items()}
    try:
        handle = session.provider.submit(batch, blobs)
    except ProviderError as error:
        return _failed(batch, error.diagnostic.message)
    session.crash(f"submitted {index}")
    write(session, f"submitted {index}", BatchSubmitted(batch=index, handle=handle))
    work.progress[index].handle = handle
    return None


def _settle(session: Session, batch: Batch, handle: bytes) -> list[Outcome]:
    try:
        outcomes = session.provider.settle(batch, handle)
    except InFlight:
        cause = "nothing of it took effect"
    except ProviderError as error:
        cause = error.diagnostic.message
    except Exception as error:  # whatever broke, what matters is whether the batch took effect
        cause = f"the provider broke off: {type(error).__name__}"
    else:
        session.crash("settled")
        return outcomes
    known = in_the_end(session, batch, handle)
    return _failed(batch, cause) if known is None else known


def _failed(batch: Batch, message: str) -> list[Outcome]:
    return [Outcome(step=item.step, status="failed", message=message) for item in batch.operations]


def _cause(error: ProviderError | OSError) -> str:
    return error.diagnostic.message if isinstance(error, ProviderError) else str(error.strerror)
