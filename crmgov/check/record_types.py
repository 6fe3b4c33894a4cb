"""Rule: record types offer values their picklists have, and an object's record types have one default each."""

from collections.abc import Iterator
from typing import Any

from crmgov.check.fit import check_listed
from crmgov.check.listing import PICKLISTS
from crmgov.check.names import Spot
from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, of


def check_record_types(session: Session) -> Iterator[Diagnostic]:
    """Every record type that offers picklist values, and every permission set that makes one the default."""
    for address in session.tree.holding("RecordType", "picklists"):
        picklists = session.tree.body(address).get("picklists")
        for name, choice in picklists.items() if isinstance(picklists, dict) else ():
            yield from _choice(session, address, name, choice)
    for address in session.tree.holding("PermissionSet", "record_types"):
        yield from _defaults(session, address)


def _choice(session: Session, address: str, name: str, choice: Any) -> Iterator[Diagnostic]:
    parent = parts(address)[1] or ""
    # A provider may know a standard field as text although record types choose its values, as of a task's subject.
    facts = session.tree.own(session.tree.address("Field", name, parent))
    route = ("picklists", name)
    if facts is not None and facts.type is not None and facts.type not in PICKLISTS:
        message = f"{parent}.{name} is of type {facts.type}, which offers no values"
        yield of("FIT002", message, at=session.tree.where(address, route, on_key=True), address=address)
        return
    listing = session.listings.of_field(parent, name)
    if not isinstance(choice, dict) or listing is None:
        return
    values, default = choice.get("values"), choice.get("default")
    offered = [value for value in values if isinstance(value, str)] if isinstance(values, list) else None
    for value in offered or ():
        yield from check_listed(session, Spot(address, (*route, "values", value)), listing, value, new=False)
    if not isinstance(default, str):
        return
    spot = Spot(address, (*route, "default"))
    if offered is not None and default not in offered and default in listing.values:
        message = f'"{default}" is the default, but not among the values offered'
        yield of("FIT003", message, at=spot.at(session.tree), address=address)
    else:
        yield from check_listed(session, spot, listing, default, new=True)


def _defaults(session: Session, address: str) -> Iterator[Diagnostic]:
    rows = session.tree.body(address).get("record_types")
    for parent, by_name in rows.items() if isinstance(rows, dict) else ():
        accesses = by_name.items() if isinstance(by_name, dict) else ()
        chosen = [name for name, access in accesses if isinstance(access, dict) and access.get("default") is True]
        if len(chosen) > 1:
            at = session.tree.where(address, ("record_types", parent, chosen[1], "default"))
            message = f"{len(chosen)} default record types of {parent}: {', '.join(chosen[:5])}"
            yield of("DUP003", message, at=at, address=address)
