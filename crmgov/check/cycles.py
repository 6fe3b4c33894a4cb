"""Rule: nothing rests on itself by way of others; a circle is told once, with all its members in order."""

from collections.abc import Iterator, Mapping
from typing import Any

from crmgov.check.circles import circles
from crmgov.check.formulas import MOST_HOPS
from crmgov.check.paths import follow
from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.check.words import people
from crmgov.model.diagnostics import Diagnostic, Related, Route, of
from crmgov.model.formula import legs
from crmgov.model.kinds import KINDS

Edges = dict[str, dict[str, Route]]
"""For each address, those it rests on and the route that says so."""


def check_cycles(session: Session) -> Iterator[Diagnostic]:
    """Circles of every sort."""
    yield from _named(session, "Role", ("parent",), "reports to")
    yield from _named(session, "Team", ("members", "teams"), "holds")
    yield from _named(session, "PermissionSet", ("includes",), "includes")
    yield from _named(session, "Environment", ("promotes_from",), "is promoted from")
    yield from _told(session, _masters(session), "belongs to")
    yield from _told(session, _controllers(session), "depends on")
    yield from _told(session, _formulas(session), "is computed from")
    yield from _told(session, _replacements(session), "is replaced by")
    yield from _values(session)


def _named(session: Session, kind: str, route: Route, verb: str) -> Iterator[Diagnostic]:
    edges: Edges = {}
    for address in session.tree.holding(kind, route[-1]):
        value: Any = session.tree.body(address)
        for step in route:
            value = value.get(step) if isinstance(value, dict) else None
        several = isinstance(value, list)
        for name in value if isinstance(value, list) else [value]:
            found = session.finder.find(kind, name) if isinstance(name, str) else None
            if found is not None and found.address:
                edges.setdefault(address, {})[found.address] = (*route, name) if several else route
    yield from _told(session, edges, verb)


def _masters(session: Session) -> Edges:
    """Objects whose records cannot be without a record of another."""
    tree, edges = session.tree, Edges()
    for address in tree.holding("Field", "references"):
        _, parent, name = parts(address)
        facts = tree.field(parent or "", name)
        if facts is not None and facts.type == "master_detail" and parent is not None:
            for target in facts.references or ():
                route: Route = (parent, name)
                edges.setdefault(tree.address("Object", parent), {})[tree.address("Object", target)] = route
    return edges


def _controllers(session: Session) -> Edges:
    tree, edges = session.tree, Edges()
    for address in tree.holding("Field", "controlled_by"):
        _, parent, name = parts(address)
        facts = tree.field(parent or "", name)
        if facts is not None and facts.controlled_by is not None and facts.controlled_by.field != name:
            other = tree.address("Field", facts.controlled_by.field, parent)
            edges.setdefault(address, {})[other] = ("controlled_by", "field")
    return edges


def _formulas(session: Session) -> Edges:
    tree, edges = session.tree, Edges()
    for address in tree.holding("Field", "formula"):
        _, parent, name = parts(address)
        facts = tree.field(parent or "", name)
        formula = session.formula(facts.formula) if facts is not None and facts.formula else None
        if formula is None or parent is None or not formula.understood:
            continue
        for path in formula.fields:
            start, rest = legs(parent, path)[-1]
            end = follow(session.finder, start, rest, most=MOST_HOPS)
            if end.address:
                edges.setdefault(address, {})[end.address] = ("formula",)
    return edges


def _replacements(session: Session) -> Edges:
    tree, edges = session.tree, Edges()
    for kind in KINDS:
        for address in tree.holding(kind, "replaced_by"):
            lifecycle = tree.body(address).get("lifecycle")
            by = lifecycle.get("replaced_by") if isinstance(lifecycle, dict) else None
            if isinstance(by, str):
                edges.setdefault(address, {})[tree.address(kind, by, parts(address)[1])] = ("lifecycle", "replaced_by")
    return edges


def _values(session: Session) -> Iterator[Diagnostic]:
    """Circles among the values of one picklist or the stages of one stage set."""
    tree = session.tree
    for kind, collection in (("Picklist", "values"), ("StageSet", "stages"), ("Field", "values")):
        for address in tree.holding(kind, "replaced_by"):
            rows = tree.body(address).get(collection)
            pairs = [(row.get("name"), row.get("replaced_by")) for row in rows or () if isinstance(row, dict)]
            named = {str(name): {str(by): ()} for name, by in pairs if by is not None}
            for members in circles(named):
                at = tree.where(address, (collection, members[0], "replaced_by"))
                message = f"{_chain(members, 'is replaced by')} in {parts(address)[2]}"
                yield of("CYCLE001", message, at=at, address=address)


def _told(session: Session, edges: Mapping[str, Mapping[str, Route]], verb: str) -> Iterator[Diagnostic]:
    tree = session.tree
    for members in circles(edges):
        places = []
        for address, after in zip(members, [*members[1:], members[0]], strict=True):
            user, route = _stands(session, address, edges[address][after])
            places.append(tree.where(user, route))
        related = tuple(Related("And by", place) for place in places[1:] if place is not None)
        message = _chain([people(member) for member in members], verb)
        yield of("CYCLE001", message, at=places[0], address=members[0], related=related)


def _stands(session: Session, address: str, route: Route) -> tuple[str, Route]:
    """Where an edge is written: an object rests on another by one of its fields, named in the route."""
    if address.startswith("Object/"):
        return session.tree.address("Field", route[1], route[0]), ("references",)
    return address, route


def _chain(members: list[str], verb: str) -> str:
    """The circle in words; a long one is cut in its middle."""
    if len(members) == 1:
        return f"{members[0]} {verb} itself"
    shown = members if len(members) <= 12 else [*members[:6], f"({len(members) - 11} more)", *members[-5:]]
    return ", which ".join([f"{shown[0]} {verb} {shown[1]}", *(f"{verb} {one}" for one in [*shown[2:], members[0]])])
