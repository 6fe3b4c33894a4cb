"""Rule: who is given a record, a task or a message is one, and can take it."""

from collections.abc import Iterator
from typing import Any

from crmgov.check.names import Spot
from crmgov.check.paths import follow
from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.check.types import POINTERS
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route, of

_RECEIVERS = ("team", "role", "user", "field")


def check_receivers(session: Session, address: str, route: Route, action: Body) -> Iterator[Diagnostic]:
    """Everybody who is given something by an action, at its own level and in its cases."""
    owned = action.get("type") == "route"
    for name in ("to", "otherwise"):
        yield from _target(session, address, (*route, name), action.get(name), owned=owned)
    cases = action.get("cases")
    for case in cases if isinstance(cases, list) else ():
        if isinstance(case, dict):
            inner = (*route, "cases", str(case.get("name")), "to")
            yield from _target(session, address, inner, case.get("to"), owned=owned)


def _target(session: Session, address: str, route: Route, target: Any, *, owned: bool) -> Iterator[Diagnostic]:
    if not isinstance(target, dict):
        return
    tree, parent = session.tree, parts(address)[1]
    given = [name for name in _RECEIVERS if target.get(name) is not None]
    if len(given) != 1:
        problem = f"{given[0]} and {given[1]} are both given" if given else "nobody is named"
        at, mend = tree.where(address, route), f"Leave one of {', '.join(_RECEIVERS)}."
        yield of("FIT009", f"Who receives it is not clear: {problem}", at=at, address=address, mend=mend)
    if owned and isinstance(target.get("team"), str) and parent is not None:
        yield from _owner(session, Spot(address, (*route, "team")), target["team"], parent)
    path = target.get("field")
    end = follow(session.finder, parent, path) if parent is not None and isinstance(path, str) else None
    facts = tree.field(end.object, end.name) if end is not None and end.reached else None
    holds = facts.holds if facts is not None else None
    if holds is not None and holds not in POINTERS and not (holds in ("email", "text") and not owned):
        message = f"{path} is of type {holds} and names no person"
        yield of("FIT002", message, at=tree.where(address, (*route, "field")), address=address)


def _owner(session: Session, spot: Spot, name: str, parent: str) -> Iterator[Diagnostic]:
    tree = session.tree
    team = session.finder.find("Team", name).address
    body = tree.body(team) if team else {}
    objects = body.get("objects")
    at = spot.at(tree)
    if body.get("type") == "group":
        message = f"{name} is a group; only a queue owns records"
        yield of("FIT006", message, at=at, address=spot.user, related=tree.defined(team, ("type",)))
    elif isinstance(objects, list) and parent not in objects:
        message = f"Queue {name} takes {', '.join(map(str, objects)) or 'no records'}, not {parent}"
        yield of("FIT006", message, at=at, address=spot.user, related=tree.defined(team, ("objects",)))
