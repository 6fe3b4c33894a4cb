"""All policies over the resources of a snapshot."""

from collections.abc import Collection, Iterator, Mapping

from crmgov.check.judgement.owners import Owners
from crmgov.check.policy.chosen import Candidate
from crmgov.check.policy.faults import faults
from crmgov.check.policy.kept import Kept
from crmgov.check.policy.law import Law, laws
from crmgov.check.tree import Tree, parts
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Area, Governance
from crmgov.model.snapshot import Snapshot

_NOT_OURS = ("packaged", "calculated")
"""Origins of what nobody here can mend."""


def police(snapshot: Snapshot, *, environments: Collection[str] | None = None) -> list[Diagnostic]:
    """Every breach of every policy over resources, and what is wrong with policies themselves.

    ``environments`` are the names of all environments; None where the snapshot is not of a whole repository.
    """
    tree, owners = Tree(snapshot), Owners(snapshot, areas_of(snapshot))
    found: list[Diagnostic] = []
    for law in laws(snapshot):
        wrong = faults(law.address, law.policy, law.place, environments)
        found += wrong
        if not wrong and not law.off:
            found += _breaches(law, tree, owners)
    return found


def areas_of(snapshot: Snapshot) -> Mapping[str, Area]:
    """The areas of the Governance document."""
    address = next((address for address, _ in snapshot.of_kind("Governance")), "")
    governance = snapshot.spec(address) if address else None
    return given(governance.areas, {}) if isinstance(governance, Governance) else {}


def _breaches(law: Law, tree: Tree, owners: Owners) -> Iterator[Diagnostic]:
    kept = Kept(law.policy)
    if not kept:
        return
    looked_at = 0
    kinds = [kind for kind in tree.kinds if kept.chosen.may(kind)]
    for kind in kinds:
        for address in tree.of_kind(kind):
            if tree.snapshot.origin(address) in _NOT_OURS:
                continue
            owner = owners.of(address, _file(tree, address)) if kept.chosen.by_owner else ""
            one = Candidate(address=address, bodies=(tree.body(address),), owner=owner)
            if not kept.chosen.fits(one):
                continue
            looked_at += 1
            for route, wrong, amount in kept.breaches(one):
                at, message = tree.where(address, route), f"{_spoken(address)}: {wrong}"
                yield law.told("POLICY101", message, at=at, address=address, amount=amount)
    if not looked_at and not _unread(law, tree.snapshot):
        yield of("POLICY106", f"{law.name}: nothing here is selected", at=law.place, address=law.address)


def _file(tree: Tree, address: str) -> str:
    place = tree.snapshot.places.get(address)
    return place.file if place is not None else ""


def _unread(law: Law, snapshot: Snapshot) -> bool:
    """Whether what the policy looks at is not read from this source at all."""
    select = given(law.policy.select, None)
    kinds = given(select.kind, []) if select is not None else []
    return bool(kinds) and not any(kind in snapshot.coverage.kinds for kind in kinds)


def _spoken(address: str) -> str:
    _, parent, name = parts(address)
    return name if parent is None else f"{parent}.{name}"
