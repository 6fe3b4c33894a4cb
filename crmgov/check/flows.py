"""Rule: pipelines, handoffs and mappings carry what their two ends can hold."""

from collections.abc import Iterator
from typing import Any

from crmgov.check.bodies import rows
from crmgov.check.fit import check_listed
from crmgov.check.names import Spot
from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.check.types import group
from crmgov.model.diagnostics import Diagnostic, Route, of


def check_flows(session: Session) -> Iterator[Diagnostic]:
    """Every pipeline, lifecycle and integration."""
    for address in session.tree.of_kind("Pipeline"):
        yield from _pipeline(session, address)
    for address in session.tree.holding("Lifecycle", "handoffs"):
        for handoff in rows(session.tree.body(address).get("handoffs")):
            yield from _carried(session, address, ("handoffs", str(handoff.get("name"))), handoff)
    for address in session.tree.holding("Integration", "mappings"):
        for mapping in rows(session.tree.body(address).get("mappings")):
            spot = Spot(address, ("mappings", str(mapping.get("name")), "values"))
            yield from _spellings(session, spot, mapping.get("ours"), mapping.get("values"))


def _pipeline(session: Session, address: str) -> Iterator[Diagnostic]:
    tree, parent = session.tree, parts(address)[1]
    chosen = session.listings.stage_set_of(address)
    field = tree.body(chosen).get("field") if chosen else None
    own = field.partition(".")[0] if isinstance(field, str) else parent
    same = own == parent or (tree.case != "exact" and str(own).casefold() == str(parent).casefold())
    if not same:
        message = f"Stage set {parts(chosen)[2]} belongs to {field}, not to {parent}"
        at = tree.where(address, ("stage_set",))
        yield of("FIT007", message, at=at, address=address, related=tree.defined(chosen, ("field",)))


def _carried(session: Session, address: str, route: Route, handoff: dict[str, Any]) -> Iterator[Diagnostic]:
    carry, tree = handoff.get("carry"), session.tree
    for source, target in carry.items() if isinstance(carry, dict) else ():
        to = target.get("to") if isinstance(target, dict) else None
        inner = (*route, "carry", source)
        types = [_holds(session, name) for name in (source, to)]
        if None not in types and group(str(types[0])) != group(str(types[1])) and group(str(types[1])) != "text":
            message = f"{source} is of type {types[0]}, but {to} is of type {types[1]}"
            yield of("FIT001", message, at=tree.where(address, (*inner, "to")), address=address)
        values = target.get("values") if isinstance(target, dict) else None
        spot = Spot(address, (*inner, "values"))
        yield from _spellings(session, spot, source, values)
        if isinstance(values, dict) and isinstance(to, str):
            for ours, theirs in values.items():
                yield from _listed(session, Spot(address, (*spot.route, ours)), to, theirs)


def _holds(session: Session, name: object) -> str | None:
    parent, _, field = name.partition(".") if isinstance(name, str) else ("", "", "")
    facts = session.tree.field(parent, field) if field else None
    return facts.holds if facts is not None else None


def _spellings(session: Session, spot: Spot, field: Any, values: Any) -> Iterator[Diagnostic]:
    """The keys of a map of spellings are values of our field."""
    if isinstance(field, str) and isinstance(values, dict):
        for value in values:
            yield from _listed(session, Spot(spot.user, (*spot.route, value), is_key=True), field, value)


def _listed(session: Session, spot: Spot, field: str, value: Any) -> Iterator[Diagnostic]:
    parent, _, name = field.partition(".")
    listing = session.listings.of_field(parent, name)
    if listing is not None and isinstance(value, str):
        yield from check_listed(session, spot, listing, value, new=False)
