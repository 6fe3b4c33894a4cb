"""Two states compared: sandbox against production, today against last month. Pure."""

from collections.abc import Iterator, Mapping

from msgspec import UNSET

from crmgov.model.canonical import Body
from crmgov.model.changes import Change
from crmgov.model.flat import ORDER, flatten
from crmgov.model.operations import RouteChange
from crmgov.model.snapshot import Snapshot, kind_of


def compare(before: Snapshot, after: Snapshot, names: Mapping[str, str] | None = None) -> list[Change]:
    """All resources that differ, by address. ``names`` gives the address in ``before`` for one in ``after`` where the
    two write it differently. Kinds that one side does not read are left out.
    """
    names = names or {}
    kinds = before.coverage.kinds & after.coverage.kinds
    found = []
    matched = set()
    for address, digest in after.digests.items():
        if kind_of(address) not in kinds:
            continue
        other = names.get(address, address)
        matched.add(other)
        if other not in before.digests:
            found.append(whole("add", address, after.body(address)))
        elif before.digests[other] != digest:
            changes = tuple(differences(kind_of(address), before.body(other), after.body(address)))
            if changes:
                found.append(Change(action="modify", address=address, changes=changes))
    found.extend(
        whole("remove", address, before.body(address))
        for address in before.digests
        if address not in matched and kind_of(address) in kinds
    )
    return sorted(found, key=lambda change: change.address)


def whole(action: str, address: str, body: Body) -> Change:
    """The change that adds or removes a resource with all it holds."""
    flat = flatten(kind_of(address), body)
    if action == "add":
        changes = (RouteChange(route=route, after=value) for route, value in flat.items())
        return Change(action="add", address=address, changes=tuple(changes))
    changes = (RouteChange(route=route, before=value) for route, value in flat.items())
    return Change(action="remove", address=address, changes=tuple(changes))


def differences(kind: str, before: Body, after: Body) -> Iterator[RouteChange]:
    """Every route at which two bodies differ."""
    old, new = flatten(kind, before), flatten(kind, after)
    for route in sorted(old.keys() | new.keys()):
        left, right = old.get(route, UNSET), new.get(route, UNSET)
        if left == right or (route[-1] == ORDER and _same_keys_only(left, right)):
            continue
        yield RouteChange(route=route, before=left, after=right)


def _same_keys_only(left: object, right: object) -> bool:
    """Whether two orders differ only by elements that came or went, which have routes of their own."""
    one = left if isinstance(left, list) else []
    two = right if isinstance(right, list) else []
    return [key for key in one if key in set(two)] == [key for key in two if key in set(one)]
