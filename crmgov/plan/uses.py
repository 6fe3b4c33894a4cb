"""What uses what once a plan is done: asked only for the few things a plan removes or narrows. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from crmgov.model.address import address, parse
from crmgov.model.canonical import Body
from crmgov.model.references import references, targets
from crmgov.model.snapshot import Snapshot


def users_after(snapshot: Snapshot, changed: Mapping[str, Body | None], wanted: Iterable[str]) -> dict[str, list[str]]:
    """For each wanted address, the resources that refer to it once the changes (None: removed) are made.

    Opaque bodies count by what was found in them. A resource does not use itself.
    """
    found: dict[str, list[str]] = {target: [] for target in wanted}
    if not found:
        return found
    for user, body in _candidates(snapshot, changed, [parse(target).name.encode() for target in found]):
        for target in named(user, body):
            if target in found and target != user:
                found[target].append(user)
    for user, derived in snapshot.derived.items():
        if changed.get(user, {}) is None:
            continue
        for name in {*derived.reads, *derived.writes, *derived.triggers}:
            parent, _, field = name.partition(".")
            target = address("Field", field, parent)
            if target in found and user not in found[target]:
                found[target].append(user)
    return found


def _candidates(
    snapshot: Snapshot, changed: Mapping[str, Body | None], needles: list[bytes]
) -> Iterator[tuple[str, Body]]:
    """Resources that may name one of the wanted, as they are afterwards."""
    for user in snapshot:
        if user not in changed and any(needle in snapshot.bodies[user] for needle in needles):
            yield user, snapshot.body(user)
    for user, body in changed.items():
        if body is not None:
            yield user, body


def named(user: str, body: Body) -> set[str]:
    """Every address a body may refer to."""
    at = parse(user)
    parent = at.name if at.kind == "Object" else at.parent
    return {target for reference in references(at.kind, body, parent) for target in targets(reference)}
