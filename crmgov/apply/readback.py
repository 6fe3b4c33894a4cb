"""Reading back what a batch touched, and what the ledger holds of it from then on."""

from collections.abc import Iterable, Mapping

from crmgov.apply.journal import write
from crmgov.apply.left import observed_now
from crmgov.apply.session import Session
from crmgov.apply.states import missed
from crmgov.apply.work import EFFECTIVE, Work
from crmgov.ledger.entries import HeadsChanged, SetHead
from crmgov.model.address import parse
from crmgov.model.canonical import digest
from crmgov.model.flat import route_text
from crmgov.model.operations import Operation, Outcome
from crmgov.model.plans import Record
from crmgov.model.provider import ProviderError, Scope
from crmgov.model.snapshot import Snapshot, kind_of

_PAUSE = 1.0
"""Seconds between reads while a provider may lag behind its writes."""


def read_back(session: Session, work: Work, index: int) -> None:
    """Compare what is there now with what was meant, and write outcomes and heads."""
    batch = work.batches[index]
    said = work.progress[index].outcomes or ()
    by_step = {item.step: item for item in batch.operations}
    concerned = [by_step[o.step] for o in said if o.status in EFFECTIVE or o.status == "unverified"]
    live = _read(session, work, concerned)
    outcomes = tuple(_judged(by_step[outcome.step], outcome, live) for outcome in said)
    work.settle(outcomes)
    natives = {native for item in concerned for native in (item.address, item.renamed_from) if native}
    seen = _seen(work, live, natives) if live is not None else {}
    work.observed |= seen
    told = _told(session, work, live, concerned) if live is not None else {}
    sets, drops = _heads(work, seen.keys() & natives, {native: digest(data) for native, data in told.items()})
    change = HeadsChanged(
        batch=index, outcomes=outcomes, set=sets, drop=drops, seen=seen, commit=work.commit, author=work.author
    )  # fmt: skip
    bodies = {head.observed: told[head.native] for head in sets}
    write(session, f"heads {index}", change, bodies=bodies)
    work.progress[index].read = True


def _read(session: Session, work: Work, concerned: list[Operation]) -> Snapshot | None:
    """Live state of what was touched, and of what uses things that go later; None where it cannot be read.

    Waits, up to the provider's lag, for a read that sees what was written.
    """
    if not concerned:
        return None
    natives = {native for item in concerned for native in (item.address, item.renamed_from) if native}
    natives |= _users_later(work)
    left = session.provider.capabilities().lag
    while True:
        try:
            live = session.provider.read(Scope(addresses=frozenset(natives)))
        except ProviderError:
            return None
        if left <= 0 or all(missed(item, live) == [] for item in concerned):
            return live
        session.wait(min(_PAUSE, left))
        left -= _PAUSE


def _users_later(work: Work) -> set[str]:
    """What uses things that are still to go: this run's own steps may change it on their way."""
    return {user for step in work.removals if step.id not in work.outcomes for user in step.uses}


def _seen(work: Work, live: Snapshot, natives: set[str]) -> dict[str, str]:
    return {native: live.digests.get(native, "") for native in natives | _users_later(work)}


def _told(session: Session, work: Work, live: Snapshot, concerned: Iterable[Operation]) -> dict[str, bytes]:
    """What to record as observed of everything that was read."""
    made = {item.address: item for item in concerned}
    return {
        native: observed_now(session, work, native, made[native], data) if native in made else data
        for native, data in live.bodies.items()
    }


def _judged(operation: Operation, outcome: Outcome, live: Snapshot | None) -> Outcome:
    """An outcome after reading back; what failed or was not tried stays that."""
    if outcome.status not in EFFECTIVE and outcome.status != "unverified":
        return outcome
    at = parse(operation.address)
    gap = "it could not be read back" if live is None else live.coverage.gap(at.kind, at.parent)
    if live is None or (gap and operation.address not in live):
        return Outcome(step=operation.step, status="unverified", message=outcome.message or gap)
    routes = missed(operation, live)
    if routes is None:
        there = "it is still there" if operation.action == "remove" else "it is not there"
        return Outcome(step=operation.step, status="altered", message=there)
    if routes:
        names = ", ".join(route_text(kind_of(operation.address), route) for route in routes)
        return Outcome(step=operation.step, status="altered", message=f"kept otherwise than it was sent: {names}")
    if outcome.status == "unverified":
        return Outcome(step=operation.step, status="done")
    return outcome


def _heads(
    work: Work, natives: Iterable[str], observed: Mapping[str, str]
) -> tuple[tuple[SetHead, ...], tuple[str, ...]]:
    """The heads to set and to drop, of what steps touched: where all of them took effect."""
    sets: list[SetHead] = []
    drops: list[str] = []
    for native in sorted(natives):
        record = work.records.get(native)
        if not work.effective(work.owners(native)):
            continue
        if not work.observed[native]:
            # Gone, as it was meant to be where its record says so; what vanished otherwise will be told of as drift.
            if native in work.heads and (record is None or record.action in ("forget", "release")):
                drops.append(native)
            continue
        head = head_of(work, native, record, observed.get(native, work.observed[native]))
        if head is not None:
            sets.append(head)
    return tuple(sets), tuple(drops)


def head_of(work: Work, native: str, record: Record | None, observed: str) -> SetHead | None:
    """The head of an address from its record, or from the head it has; None where it is not governed."""
    if record is not None:
        if record.action in ("forget", "release"):
            return None
        return SetHead(native, record.address, record.desired, observed, record.protect)
    head = work.heads.get(native)
    return SetHead(native, head.address, head.desired, observed, head.protect) if head is not None else None
