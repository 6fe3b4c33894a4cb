"""Rule: what was found in vendor bodies that are not structured exists as well."""

from collections.abc import Iterator

import msgspec

from crmgov.check.fit import check_listed
from crmgov.check.formulas import MOST_HOPS
from crmgov.check.names import Spot
from crmgov.check.paths import follow
from crmgov.check.references import check_name, check_path
from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Severity
from crmgov.model.snapshot import Derived

_NAMED = ("Object", "Picklist", "StageSet", "Role", "PermissionSet", "Team", "External", "Integration")


def check_derived(session: Session) -> Iterator[Diagnostic]:
    """Every opaque automation's fields, names and literals. Formulas of other kinds have a rule of their own."""
    for address, derived in session.tree.snapshot.derived.items():
        if address.startswith("Automation/"):
            for found in _one(session, Spot(address, ()), derived):
                yield msgspec.structs.replace(found, severity=_severity(found), fix=None)


def _severity(found: Diagnostic) -> Severity:
    """A body that is promoted whole cannot be mended here, and may run all the same."""
    return "warning" if found.severity == "error" else found.severity


def _one(session: Session, spot: Spot, derived: Derived) -> Iterator[Diagnostic]:
    near = session.tree.near
    for name in dict.fromkeys((*derived.reads, *derived.writes)):
        parent, _, path = name.partition(".")
        if path and near(path) and session.finder.find("Object", parent).status in ("resource", "shipped"):
            yield from _field(session, spot, parent, path)
    for trigger in derived.triggers:
        found = session.finder.find("Object", trigger.partition(":")[0])
        if found.address:
            session.seen(spot, found.address)
    for kind, name in derived.names:
        if not near(name):
            continue
        if kind in _NAMED and ":" not in name:
            yield from check_name(session, spot, kind, name)
        elif kind == "Automation":
            _automation(session, spot, name)
    for field, value in derived.literals:
        parent, _, name = field.partition(".")
        listing = session.listings.of_field(parent, name)
        if listing is not None and value and near(value):
            yield from check_listed(session, spot, listing, value, new=False)


def _field(session: Session, spot: Spot, start: str, path: str) -> Iterator[Diagnostic]:
    """A field that was found; one that looks like a relation may only have been read wrongly, and is not told."""
    end = follow(session.finder, start, path, most=MOST_HOPS)
    relation = "__" not in end.name or end.name.endswith("__r")
    if end.verdict != "missing" or not relation:
        yield from check_path(session, spot, start, path, most=MOST_HOPS)
    for address in end.passed:
        session.seen(spot, address)


def _automation(session: Session, spot: Spot, name: str) -> None:
    """Note the use of an automation, whichever object it belongs to."""
    for address in session.tree.of_kind("Automation"):
        if parts(address)[2] == name:
            session.seen(spot, address)
