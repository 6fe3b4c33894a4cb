"""Rule: what was found in vendor bodies that are not structured exists as well."""

from collections.abc import Iterator

from crmgov.check.fit import check_listed
from crmgov.check.formulas import MOST_HOPS, start_of
from crmgov.check.names import Spot
from crmgov.check.references import check_name, check_path
from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.snapshot import Derived

_NAMED = ("Object", "Picklist", "StageSet", "Role", "PermissionSet", "Team", "External", "Integration")


def check_derived(session: Session) -> Iterator[Diagnostic]:
    """Every opaque body's fields, names and literals."""
    for address, derived in session.tree.snapshot.derived.items():
        yield from _one(session, Spot(address, ()), derived)


def _one(session: Session, spot: Spot, derived: Derived) -> Iterator[Diagnostic]:
    for name in dict.fromkeys((*derived.reads, *derived.writes)):
        parent, _, path = name.partition(".")
        start, rest = start_of(parent, path)
        if rest and session.finder.find("Object", start).status in ("resource", "shipped"):
            yield from check_path(session, spot, start, rest, most=MOST_HOPS)
    for kind, name in derived.names:
        if kind in _NAMED and ":" not in name:
            yield from check_name(session, spot, kind, name)
        elif kind == "Automation":
            _automation(session, spot, name)
    for field, value in derived.literals:
        parent, _, name = field.partition(".")
        listing = session.listings.of_field(parent, name)
        if listing is not None and value:
            yield from check_listed(session, spot, listing, value, new=False)


def _automation(session: Session, spot: Spot, name: str) -> None:
    """Note the use of an automation, whichever object it belongs to."""
    for address in session.tree.of_kind("Automation"):
        if parts(address)[2] == name:
            session.seen(spot, address)
