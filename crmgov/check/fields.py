"""Rule: a field's default, dependence, rollup and relations fit its type and the things they name."""

from collections.abc import Iterator

from crmgov.check.facts import FieldFacts
from crmgov.check.fit import check_listed, check_value
from crmgov.check.listing import PICKLISTS
from crmgov.check.names import Spot
from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.check.types import COMPUTED, DATES, NUMBERS, POINTERS
from crmgov.model.diagnostics import Diagnostic, of

_TICKED = ("true", "false", "checked", "unchecked")
"""How the values of a controlling checkbox are written in pairs."""


def check_fields(session: Session) -> Iterator[Diagnostic]:
    """Every field that says anything about other things, or about its own values."""
    tree = session.tree
    for address in tree.holding("Field", "default", "controlled_by", "rollup", "picklist"):
        _, parent, name = parts(address)
        facts = tree.field(parent or "", name)
        if parent is not None and facts is not None:
            yield from _default(session, address, parent, name, facts)
            yield from _controlled(session, address, parent, name, facts)
            yield from _source(session, address, facts)
            if facts.rollup is not None:
                yield from _rollup(session, address, parent)


def _default(session: Session, address: str, parent: str, name: str, facts: FieldFacts) -> Iterator[Diagnostic]:
    if facts.default is None or facts.type is None:
        return
    spot = Spot(address, ("default",))
    if facts.type in COMPUTED or facts.type in POINTERS:
        message = f"{parent}.{name} is of type {facts.type}, which takes no default"
        yield of("FIT001", message, at=spot.at(session.tree), address=address, mend="Remove default:.")
    else:
        yield from check_value(session, spot, parent, name, facts.default, new=True)
        yield from _too_large(session, spot, parent, name, facts)


def _too_large(session: Session, spot: Spot, parent: str, name: str, facts: FieldFacts) -> Iterator[Diagnostic]:
    value = facts.default
    if facts.type not in NUMBERS or facts.precision is None or isinstance(value, (str, bool)) or value is None:
        return
    whole = facts.precision - (facts.scale or 0)
    if abs(value) >= 10**whole:
        message = f"{value} has more than the {whole} digits before the point that {parent}.{name} holds"
        yield of("FIT001", message, at=spot.at(session.tree), address=spot.user)


def _controlled(session: Session, address: str, parent: str, name: str, facts: FieldFacts) -> Iterator[Diagnostic]:
    controlled, tree = facts.controlled_by, session.tree
    if controlled is None:
        return
    spot = Spot(address, ("controlled_by", "field"))
    if controlled.field == name:
        message = f"{parent}.{name} is controlled by itself"
        yield of("FIT002", message, at=spot.at(tree), address=address, mend="Name another field.")
        return
    other = tree.field(parent, controlled.field)
    if other is None or other.type is None:
        return
    if other.type not in ("picklist", "boolean"):
        message = f"{parent}.{controlled.field} is of type {other.type}; only a picklist or boolean can control values"
        related = tree.defined(tree.address("Field", controlled.field, parent))
        yield of("FIT002", message, at=spot.at(tree), address=address, related=related)
        return
    yield from _pairs(session, address, parent, name, facts)


def _pairs(session: Session, address: str, parent: str, name: str, facts: FieldFacts) -> Iterator[Diagnostic]:
    assert facts.controlled_by is not None
    field, pairs = facts.controlled_by.field, facts.controlled_by.pairs or {}
    other = session.tree.field(parent, field)
    left, right = session.listings.of_field(parent, field), session.listings.of_field(parent, name)
    route = ("controlled_by", "pairs")
    for key, values in pairs.items():
        spot = Spot(address, (*route, key), is_key=True)
        if other is not None and other.type == "boolean":
            if key.casefold() not in _TICKED:
                message = f'"{key}" is neither true nor false, but {parent}.{field} is of type boolean'
                yield of("FIT001", message, at=spot.at(session.tree), address=address)
        elif left is not None:
            yield from check_listed(session, spot, left, key, new=False)
        if right is not None:
            for value in values:
                yield from check_listed(session, Spot(address, (*route, key, value)), right, value, new=False)


def _source(session: Session, address: str, facts: FieldFacts) -> Iterator[Diagnostic]:
    if facts.picklist is None:
        return
    at = session.tree.where(address, ("picklist",))
    if facts.values:
        yield of("FIT008", "The field has values: and picklist:", at=at, address=address)
    if facts.type is not None and facts.type not in PICKLISTS:
        message = f"A field of type {facts.type} takes no values from a picklist"
        yield of("FIT002", message, at=at, address=address)
    elif facts.type == "multipicklist" and session.finder.find("ValueSet", facts.picklist).address.startswith("Stage"):
        message = "A record is in one stage at a time, so a multipicklist cannot hold stages"
        yield of("FIT002", message, at=at, address=address)


def _rollup(session: Session, address: str, parent: str) -> Iterator[Diagnostic]:
    rollup, tree = session.tree.body(address).get("rollup"), session.tree
    child = rollup.get("object") if isinstance(rollup, dict) else None
    if not isinstance(rollup, dict) or not isinstance(child, str):
        return
    by = rollup.get("relationship")
    relation = tree.field(child, by) if isinstance(by, str) else None
    at = tree.where(address, ("rollup", "relationship"))
    if relation is not None and relation.type is not None and relation.type not in POINTERS:
        message = f"{child}.{by} is of type {relation.type} and points at no record"
        yield of("FIT004", message, at=at, address=address)
    elif relation is not None and relation.references is not None and parent not in relation.references:
        message = f"{child}.{by} points at {', '.join(relation.references) or 'nothing'}, not at {parent}"
        yield of("FIT004", message, at=at, address=address, related=tree.defined(tree.address("Field", str(by), child)))
    yield from _summarised(session, address, rollup, child)


def _summarised(session: Session, address: str, rollup: dict[str, object], child: str) -> Iterator[Diagnostic]:
    operation, field = rollup.get("operation"), rollup.get("summarize")
    at = session.tree.where(address, ("rollup", "summarize"))
    if field is None:
        if operation in ("sum", "min", "max"):
            message = f"{operation} needs summarize: with the child's field"
            yield of("FIT009", message, at=session.tree.where(address, ("rollup",)), address=address)
        return
    facts = session.tree.field(child, field) if isinstance(field, str) else None
    holds = facts.holds if facts is not None else None
    if operation == "count":
        yield of("FIT009", "count counts records, so summarize has no meaning", at=at, address=address)
    elif (
        holds is not None and holds not in NUMBERS and holds != "rollup" and not (operation != "sum" and holds in DATES)
    ):
        message = f"{child}.{field} is of type {holds}, of which there is no {operation}"
        yield of("FIT002", message, at=at, address=address)
