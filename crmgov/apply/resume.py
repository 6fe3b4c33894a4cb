"""``resume``: finishing what a dead process began."""

import msgspec

from crmgov.apply import codes
from crmgov.apply.ending import finish, interrupted
from crmgov.apply.engine import run_batches
from crmgov.apply.guards import identity
from crmgov.apply.session import Event, RunResult, Session
from crmgov.apply.start import scope_of, set_since
from crmgov.apply.submission import Interrupted
from crmgov.apply.work import Work, restored
from crmgov.ledger.entries import Entry, RunClosed, RunOpened
from crmgov.ledger.errors import LedgerError, LockHeld
from crmgov.ledger.holder import Holder
from crmgov.model.diagnostics import of
from crmgov.model.provider import ProviderError, Scope


def resume(session: Session, *, take: str = "") -> RunResult:
    """Finish the run that holds the environment's lock, where its process is known dead or ``take`` names the run.

    ``session.holder`` says who resumes; its run's name is replaced by the resumed one's. Guards that a plan passed when
    the run began are not asked again, but every step is looked at before it is made.
    """
    try:
        answering = session.provider.identity()
        refusals = identity.check(session.environment, session.spec, answering, None)
        if refusals:
            return session.result("refused", *refusals, stage="identity")
        session.ledger.bind(answering)
        old = session.ledger.holder()
        if old is None:
            return session.result("nothing", of(codes.NOTHING_OPEN, f"No run of {session.environment} is unfinished"))
        if not old.dead() and take != old.run:
            return _alive(session, old)
        session.holder = msgspec.structs.replace(session.holder, run=old.run)
        session.ledger.take(old.run, session.holder, session.at())
    except LockHeld as error:
        return session.result("locked", error.diagnostic, stage="lock", holder=error.holder)
    except (ProviderError, LedgerError) as error:
        return session.result("unable", error.diagnostic)
    session.tell(Event(what="locked"))
    session.crash("taken")
    return _taken(session)


def _alive(session: Session, old: Holder) -> RunResult:
    option = f"crmgov apply {session.environment} --resume --take-lock {old.run}"
    message = f"{session.environment} is locked by {old}, which is not known to be gone"
    mend = f"If you are sure that it is gone: {option}"
    return session.result("locked", of(codes.ALIVE, message, mend=mend), stage="lock", holder=old)


def _taken(session: Session) -> RunResult:
    work: Work | None = None
    try:
        entries = [entry for entry in session.ledger.entries() if entry.run == session.run]
        opened = next((entry.what for entry in entries if isinstance(entry.what, RunOpened)), None)
        closed = any(isinstance(entry.what, RunClosed) for entry in entries)
        if opened is None or closed:
            session.ledger.release(session.holder)
            what = "had finished" if closed else "had not begun"
            return session.result("nothing", of(codes.NOTHING_OPEN, f"Run {session.run} {what}; its lock is released"))
        work = _work(session, opened, entries)
        live = session.provider.read(Scope(addresses=scope_of(work.core)))
        return finish(session, work, live, run_batches(session, work))
    except Interrupted as error:
        return interrupted(session, work, error.diagnostic)
    except (ProviderError, LedgerError) as error:
        return interrupted(session, work, error.diagnostic)


def _work(session: Session, opened: RunOpened, entries: list[Entry]) -> Work:
    """The run as the journal has it."""
    core, batches = restored(opened, session.ledger)
    later = session.ledger.since(core.chain) or []
    heads = session.ledger.baseline().heads
    keep = set_since(later, session.run)
    work = Work(core, batches, heads, commit=opened.commit, author=opened.author, keep=keep)
    work.follow(entries)
    return work
