"""Rule: every condition is complete, and its operators and values fit the fields they are about."""

from collections.abc import Iterator
from typing import Any

from crmgov.check.conditions import Condition, conditions
from crmgov.check.fit import check_value, shown
from crmgov.check.names import Spot, home
from crmgov.check.paths import follow
from crmgov.check.session import Session
from crmgov.check.types import HISTORY, LISTS, NO_VALUE, PARTS, group, operand, operators
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route, of
from crmgov.model.shape import Shape, shape_of

_LOGIC = ("all", "any", "not")


def check_criteria(session: Session) -> Iterator[Diagnostic]:
    """Every condition of every resource."""
    tree = session.tree
    for kind in tree.kinds:
        for address in tree.holding(kind, *_attributes(shape_of(kind))):
            body = tree.body(address)
            for condition in conditions(kind, body, home(address)):
                yield from _condition(session, address, body, condition)


def _attributes(shape: Shape) -> set[str]:
    """The names of the attributes that hold criteria, at any depth."""
    found: set[str] = set()
    for name, one in shape.attributes.items():
        inner = [part for part in (one, one.item) if part is not None]
        if any(part.criteria for part in inner):
            found.add(name)
        for part in inner:
            found |= _attributes(part)
    return found


def _condition(session: Session, address: str, body: Body, condition: Condition) -> Iterator[Diagnostic]:
    value, route = condition.value, condition.route
    problem = _incomplete(value)
    if problem:
        yield of("CRIT001", problem, at=session.tree.where(address, route), address=address)
    op = value.get("op")
    if isinstance(op, str):
        if op in HISTORY and not _has_before(address, body):
            message = f"{op} asks what changed, but nothing is saved here"
            yield of("CRIT003", message, at=session.tree.where(address, (*route, "op")), address=address)
        if isinstance(value.get("field"), str) and condition.context is not None:
            yield from _comparison(session, address, condition.context, value, route)


def _incomplete(value: dict[str, Any]) -> str:
    """What is wrong with a criterion as such; empty where nothing is."""
    logic = [name for name in _LOGIC if value.get(name) is not None]
    compared = [name for name in ("field", "op", "value", "other_field") if value.get(name) is not None]
    op = value.get("op")
    if logic:
        return f"{logic[0]} stands beside {(logic[1:] + compared)[0]}" if len(logic) > 1 or compared else ""
    if op is None:
        return "The comparison has no op" if compared else "The condition is empty"
    if value.get("field") is None and op != "is_new":
        return f"{op} has no field to look at"
    sides = [name for name in ("value", "other_field") if value.get(name) is not None]
    if op in NO_VALUE:
        return f"{op} compares with nothing, so {sides[0]} has no meaning" if sides else ""
    if not sides:
        return f"{op} has nothing to compare with" + ("; for an empty field use blank" if "value" in value else "")
    if len(sides) == 2:
        return f"{op} compares with a value and with another field at once"
    right = value.get("value")
    if isinstance(right, list) and (op not in LISTS or not right):
        return f"{op} compares with an empty list" if not right else f"{op} compares with one value, not with a list"
    blank = "present" if op.startswith("not_") else "blank"
    return f"{op} compares with an empty text; for an empty field use {blank}" if right == "" else ""


def _has_before(address: str, body: Body) -> bool:
    """Whether conditions here can look at a record as it was before its save."""
    if address.startswith("Validation/"):
        return True
    trigger = body.get("trigger")
    on = trigger.get("on") if isinstance(trigger, dict) else None
    return address.startswith("Automation/") and on not in ("scheduled", "manual", "event")


def _comparison(
    session: Session, address: str, start: str, value: dict[str, Any], route: Route
) -> Iterator[Diagnostic]:
    tree, op, path = session.tree, value["op"], value["field"]
    end = follow(session.finder, start, path)
    facts = tree.field(end.object, end.name) if end.reached else None
    holds = facts.holds if facts is not None else None
    if facts is None or holds is None:
        return
    if op in HISTORY and "." in path:
        message = f"{op} can only ask about fields of the record itself, not about {path}"
        yield of("CRIT002", message, at=tree.where(address, (*route, "field")), address=address)
    if op not in operators(holds):
        fitting = ", ".join(sorted(operators(holds)))
        at = tree.where(address, (*route, "op"))
        message = f"{end.object}.{end.name} is of type {holds}, which {op} cannot compare"
        yield of("CRIT002", message, at=at, address=address, hint=f"possible: {fitting}")
    elif isinstance(value.get("other_field"), str):
        yield from _other(session, Spot(address, (*route, "other_field")), start, value["other_field"], holds)
    elif op not in NO_VALUE:
        literals = value.get("value")
        field = (end.object, end.name, holds)
        if isinstance(literals, list):
            for index, literal in enumerate(literals):
                step = literal if isinstance(literal, str) else str(index)
                yield from _literal(session, Spot(address, (*route, "value", step)), field, op, literal)
        else:
            yield from _literal(session, Spot(address, (*route, "value")), field, op, literals)


def _literal(
    session: Session, spot: Spot, field: tuple[str, str, str], op: str, literal: object
) -> Iterator[Diagnostic]:
    parent, name, holds = field
    named = operand(literal)
    at = spot.at(session.tree)
    if named == "?":
        yield of("CRIT004", f"{shown(literal)} is not known", at=at, address=spot.user)
    elif named == "today":
        if group(holds) != "date":
            message = f"{literal} is a date, but {parent}.{name} is of type {holds}"
            yield of("FIT001", message, at=at, address=spot.user)
    elif named == "user.role":
        if group(holds) not in ("text", "record"):
            message = f"{literal} is the name of a role, but {parent}.{name} is of type {holds}"
            yield of("FIT001", message, at=at, address=spot.user)
    elif op not in PARTS and literal not in (None, ""):
        yield from check_value(session, spot, parent, name, literal, new=False)


def _other(session: Session, spot: Spot, start: str, path: str, holds: str) -> Iterator[Diagnostic]:
    end = follow(session.finder, start, path)
    facts = session.tree.field(end.object, end.name) if end.reached else None
    other = facts.holds if facts is not None else None
    if other is not None and group(other) != group(holds):
        message = f"{path} is of type {other}, and is compared with one of type {holds}"
        yield of("CRIT005", message, at=spot.at(session.tree), address=spot.user)
