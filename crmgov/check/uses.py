"""Where things are used: every resource and element that anything names, with the places that name it."""

from collections.abc import Mapping, Sequence

from crmgov.check.names import Known, Spot
from crmgov.check.rules import RULES
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
) -> Uses:
    """The uses of everything in a snapshot, each once, in the order of the rules; arguments as for ``check``.

    Covers references, formulas, literals (values and stages that conditions, defaults and mappings hold) and what was
    derived from opaque bodies. That a field belongs to its object is no use of the object.
    """
    found: dict[str, dict[tuple[str, Route], None]] = {}

    def seen(spot: Spot, address: str) -> None:
        found.setdefault(address, {})[(spot.user, spot.route)] = None

    session = Session(Tree(snapshot, catalogues, case=case), known_references, seen)
    for rule in RULES:
        for _ in rule(session):
            pass
    return {address: tuple(places) for address, places in found.items()}
