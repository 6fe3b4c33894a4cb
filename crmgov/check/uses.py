"""Where things are used: every resource and element that anything names, with the places that name it."""

from collections.abc import Collection, Mapping, Sequence

from crmgov.check.focus import Focus
from crmgov.check.names import Known, Spot
from crmgov.check.rules import USING
from crmgov.check.session import Session
from crmgov.check.tree import Case, Tree
from crmgov.model.diagnostics import Route
from crmgov.model.provider import Catalogue
from crmgov.model.snapshot import Snapshot

Uses = Mapping[str, tuple[tuple[str, Route], ...]]
"""By address of a resource or element: the resources that name it, and at which route. A body that is not structured
names things at the empty route."""


def uses(
    snapshot: Snapshot,
    catalogues: Sequence[Catalogue] = (),
    *,
    known_references: Known | None = None,
    case: Case = "exact",
    of: Collection[str] | None = None,
) -> Uses:
    """The uses of everything in a snapshot, or ``of`` these addresses of resources and elements alone.

    Each use is told once, in the order of the rules; the other arguments are those of ``check``. A few addresses take
    little more than one look at the bytes of every resource.

    Covers references, formulas, literals (values and stages that conditions, defaults and mappings hold) and what was
    derived from opaque bodies. That a field belongs to its object is no use of the object.
    """
    found: dict[str, dict[tuple[str, Route], None]] = {}

    def seen(spot: Spot, address: str) -> None:
        if of is None or address in of:
            found.setdefault(address, {})[(spot.user, spot.route)] = None

    if of is not None and not of:
        return {}
    focus = Focus(of) if of is not None else None
    session = Session(Tree(snapshot, catalogues, case=case, focus=focus), known_references, seen)
    for rule in USING:
        for _ in rule(session):
            pass
    return {address: tuple(places) for address, places in found.items()}
