"""``apply_plan``: from a saved plan to a finished run."""

from collections.abc import Sequence

from crmgov.apply.ending import finish, interrupted
from crmgov.apply.engine import run_batches
from crmgov.apply.guards import UNDER_LOCK, exports, identity, intact
from crmgov.apply.guards.request import Allowed, Found, Request
from crmgov.apply.journal import write
from crmgov.apply.session import Event, RunResult, Session
from crmgov.apply.states import name_before
from crmgov.apply.submission import Interrupted
from crmgov.apply.work import Work, grouped, stored
from crmgov.ledger.entries import Entry, HeadsChanged, RunOpened
from crmgov.ledger.errors import LedgerError, LockHeld
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.operations import Batch
from crmgov.model.plans import Core, Plan
from crmgov.model.provider import Identity, ProviderError, Scope
from crmgov.plan.uses import resting


def apply_plan(
    plan: Plan, session: Session, *, allow: Sequence[Allowed] = (), commit: str = "", author: str = ""
) -> RunResult:
    """Apply a saved plan, or say why not.

    ``allow`` lists accepted hazards, each everywhere (None) or at one address. ``commit`` and ``author`` are recorded
    for everything the planned tree holds. Never raises for what the outside does: the result tells.
    """
    request = Request(
        plan=plan,
        environment=session.environment,
        spec=session.spec,
        provider=session.provider.name,
        now=session.now,
        allow=tuple(allow),
    )
    refusals = intact.check(request)
    if refusals:
        return session.result("refused", *refusals, stage="file")
    try:
        answering = session.provider.identity()
        refusals = identity.check(session.environment, session.spec, answering, plan.core.identity)
        if refusals:
            return session.result("refused", *refusals, stage="identity")
        session.ledger.bind(answering)
        session.ledger.lock(session.holder)
    except LockHeld as error:
        return session.result("locked", error.diagnostic, stage="lock", holder=error.holder)
    except (ProviderError, LedgerError) as error:
        return session.result("unable", error.diagnostic)
    session.tell(Event(what="locked"))
    session.crash("locked")
    return _locked(request, answering, session, commit, author)


def _locked(request: Request, answering: Identity, session: Session, commit: str, author: str) -> RunResult:
    """Under the lock: the remaining guards, then the run. The lock is given back wherever no run was opened."""
    opened = False
    work: Work | None = None
    try:
        found = _look(request.plan.core, answering, session)
        refused = _refused(request, found, session)
        if refused is not None:
            return refused
        batches = grouped(request.plan.core, found.live, session.provider, session.run)
        refusals = exports.check(session.provider, batches, session.place)
        if refusals:
            return session.result("refused", *refusals, stage="exports")
        work = _work(request.plan.core, batches, found, commit, author)
        opened = True
        _open(request.plan, session, work)
        return finish(session, work, found.live, run_batches(session, work))
    except Interrupted as error:
        return interrupted(session, work, error.diagnostic)
    except (ProviderError, LedgerError) as error:
        return interrupted(session, work, error.diagnostic) if opened else session.result("unable", error.diagnostic)
    finally:
        if not opened:
            _let_go(session)


def _let_go(session: Session) -> None:
    try:
        session.ledger.release(session.holder)
    except LedgerError as error:
        session.problems.append(error.diagnostic)


def _look(core: Core, answering: Identity, session: Session) -> Found:
    """Live state and ledger, under the lock."""
    session.tell(Event(what="checking"))
    baseline = session.ledger.baseline()
    later = session.ledger.since(core.chain)
    return Found(
        identity=answering,
        live=session.provider.read(Scope(addresses=scope_of(core))),
        baseline=baseline,
        later=None if later is None else tuple(later),
        same=session.provider.same,
        catalogues=(session.provider.catalogue(),),
    )


def scope_of(core: Core) -> frozenset[str] | None:
    """What must be read for a plan; everything where it removes or narrows, since anything may use that."""
    if any(resting(step.action, step.native, step.changes) for step in core.steps):
        return None
    before = name_before(core)
    natives = {native for step in core.steps for native in (step.native, before(step.native), *step.uses)}
    return frozenset(
        natives | {record.native for record in core.records if record.action in ("adopt", "desire", "rebind")}
    )


def _refused(request: Request, found: Found, session: Session) -> RunResult | None:
    for stage, guards in UNDER_LOCK:
        refusals: list[Diagnostic] = [refusal for guard in guards for refusal in guard(request, found)]
        if refusals:
            return session.result("refused", *refusals, stage=stage)
    return None


def _work(core: Core, batches: list[Batch], found: Found, commit: str, author: str) -> Work:
    keep = set_since(found.later or ())
    return Work(core, batches, found.baseline.heads, commit=commit, author=author, keep=keep)


def set_since(entries: Sequence[Entry], run: str = "") -> set[str]:
    """Native addresses whose heads were set by other runs since a plan was made: its tree need not hold them."""
    changes = [e.what for e in entries if e.run != run and isinstance(e.what, HeadsChanged)]
    return {head.native for change in changes for head in change.set}


def _open(plan: Plan, session: Session, work: Work) -> None:
    core, batches, bodies = stored(work.core, work.batches)
    opened = RunOpened(
        plan=plan.plan_digest,
        core=core,
        batches=batches,
        steps=len(work.core.steps),
        holder=session.holder,
        commit=work.commit,
        author=work.author,
    )
    write(session, "open", opened, bodies=bodies)
    session.tell(Event(what="opened", batches=len(batches)))
