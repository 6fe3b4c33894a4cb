"""What a run leaves as it was changed by hand stays told: the ledger keeps what was observed before the change."""

from collections.abc import Iterable

from crmgov.apply.session import Session
from crmgov.apply.work import Work
from crmgov.diff.routes import States, judge
from crmgov.model.address import parse
from crmgov.model.canonical import Body, decode, digest, encode
from crmgov.model.diagnostics import Route
from crmgov.model.flat import Flat, build, flatten
from crmgov.model.normal import canonical_body
from crmgov.model.operations import Operation
from crmgov.plan.operations import renames_of


def observed_now(session: Session, work: Work, native: str, operation: Operation | None, live: bytes) -> bytes:
    """The body to record as observed: what is live, but for drift that was there before and was not undone.

    Recording the changed value would make it the observed one, and nobody would be told of it again.
    """
    head = work.heads.get(work.name_before(native))
    found = digest(live) if operation is None else work.steps[operation.step].fingerprint
    if head is None or not head.desired or not head.observed or head.observed == found:
        return live
    before: Body | None = decode(live) if operation is None else operation.before
    if before is None:
        return live
    kind, record = parse(native).kind, work.records.get(native)
    last, observed = _recorded(session, work, native, head.desired), _recorded(session, work, native, head.observed)
    wanted = (
        last if record is None or not record.desired else flatten(kind, decode(session.ledger.body(record.desired)))
    )
    verdict = judge(States(kind=kind, desired=wanted, live=flatten(kind, before), last=last, observed=observed))
    made = {change.route for change in operation.changes} if operation is not None else set()
    left = [change.route for change in (*verdict.drifts, *verdict.conflicts) if change.route not in made]
    if not left:
        return live
    return encode(canonical_body(kind, build(kind, _put_back(flatten(kind, decode(live)), observed, left))))


def _recorded(session: Session, work: Work, native: str, key: str) -> Flat:
    """A body of the ledger as routes, as it reads once the plan's renames are done."""
    at = parse(work.name_before(native))
    body: Body = decode(session.ledger.body(key))
    return flatten(at.kind, renames_of(work.core).body(at.kind, body, at.name if at.kind == "Object" else at.parent))


def _put_back(now: Flat, observed: Flat, left: Iterable[Route]) -> Flat:
    for route in left:
        depth = len(route)
        now = {other: value for other, value in now.items() if other[:depth] != route}
        now |= {other: value for other, value in observed.items() if other[:depth] == route}
    return now
