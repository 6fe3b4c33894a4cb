"""Rule: what an automation does can be done: triggers and actions have what they need, fields can be written."""

from collections.abc import Iterator

from crmgov.check.fit import check_value
from crmgov.check.names import Spot
from crmgov.check.paths import follow
from crmgov.check.receivers import check_receivers
from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.check.types import COMPUTED, DATES, group, operand
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route, of

_NEEDS = {
    "set_field": ("field",),
    "create_task": ("subject",),
    "send_template": ("template",),
    "create_record": ("object",),
    "webhook": ("url", "integration"),
}
"""For each type of action, the keys of which one at least must be given."""
_SOURCES = ("value", "formula", "from_field")


def check_automations(session: Session) -> Iterator[Diagnostic]:
    """Every structured automation."""
    for address in session.tree.of_kind("Automation"):
        body = session.tree.body(address)
        yield from _trigger(session, address, body)
        for collection in ("actions", "otherwise"):
            actions = body.get(collection)
            for action in actions if isinstance(actions, list) else ():
                if isinstance(action, dict):
                    yield from _action(session, address, (collection, str(action.get("name"))), action)


def _trigger(session: Session, address: str, body: Body) -> Iterator[Diagnostic]:
    trigger = body.get("trigger")
    if not isinstance(trigger, dict):
        return
    on, date_field, tree = trigger.get("on"), trigger.get("date_field"), session.tree
    at = tree.where(address, ("trigger",))
    if on == "field_changed" and not trigger.get("fields"):
        yield of("FIT009", "field_changed needs fields: the fields whose change starts it", at=at, address=address)
    if on == "scheduled" and not date_field and not trigger.get("every"):
        yield of("FIT009", "scheduled needs every:, or a date_field: to count from", at=at, address=address)
    parent = parts(address)[1]
    facts = tree.field(parent, date_field) if parent is not None and isinstance(date_field, str) else None
    holds = facts.holds if facts is not None else None
    if holds is not None and holds not in DATES:
        message = f"{parent}.{date_field} is of type {holds}, not a date to count from"
        yield of("FIT002", message, at=tree.where(address, ("trigger", "date_field")), address=address)


def _action(session: Session, address: str, route: Route, action: Body) -> Iterator[Diagnostic]:
    sort, tree = action.get("type"), session.tree
    at = tree.where(address, route)
    needed = _NEEDS.get(str(sort), ())
    if needed and not any(action.get(name) not in (None, "") for name in needed):
        yield of("FIT009", f"{sort} needs {' or '.join(needed)}", at=at, address=address)
    if sort == "notify" and not (action.get("message") or action.get("template")):
        yield of("FIT009", "notify needs message or template", at=at, address=address)
    if sort == "route" and not (action.get("cases") or action.get("otherwise") or action.get("to")):
        yield of("FIT009", "route needs cases, otherwise or to", at=at, address=address)
    if sort == "set_field":
        yield from _set_field(session, address, route, action)
    if sort == "create_record":
        yield from _new_record(session, address, route, action)
    yield from check_receivers(session, address, route, action)


def _set_field(session: Session, address: str, route: Route, action: Body) -> Iterator[Diagnostic]:
    tree, parent = session.tree, parts(address)[1]
    given = [name for name in _SOURCES if action.get(name) is not None or (name == "value" and name in action)]
    if len(given) != 1:
        problem = f"has {given[0]} and {given[1]}, of which one counts" if given else f"needs {', '.join(_SOURCES)}"
        yield of("FIT009", f"set_field {problem}", at=tree.where(address, route), address=address)
    path, value, source = action.get("field"), action.get("value"), action.get("from_field")
    end = follow(session.finder, parent, path) if parent is not None and isinstance(path, str) else None
    if parent is None or end is None or not end.reached:
        return
    yield from _writable(session, Spot(address, (*route, "field")), end.object, end.name)
    if value is not None and not operand(value):
        yield from check_value(session, Spot(address, (*route, "value")), end.object, end.name, value, new=True)
    if isinstance(source, str):
        yield from _copied(session, Spot(address, (*route, "from_field")), parent, source, (end.object, end.name))


def _writable(session: Session, spot: Spot, parent: str, name: str) -> Iterator[Diagnostic]:
    facts = session.tree.field(parent, name)
    if facts is not None and facts.type in COMPUTED:
        message = f"{parent}.{name} is of type {facts.type} and filled by the CRM itself"
        related = session.tree.defined(session.tree.address("Field", name, parent))
        yield of("FIT005", message, at=spot.at(session.tree), address=spot.user, related=related)


def _copied(session: Session, spot: Spot, start: str, path: str, to: tuple[str, str]) -> Iterator[Diagnostic]:
    end = follow(session.finder, start, path)
    facts = session.tree.field(end.object, end.name) if end.reached else None
    target = session.tree.field(*to)
    if facts is None or target is None or facts.holds is None or target.holds is None:
        return
    if group(facts.holds) != group(target.holds) and group(target.holds) != "text":
        message = f"{path} is of type {facts.holds}, but {to[0]}.{to[1]} is of type {target.holds}"
        yield of("FIT001", message, at=spot.at(session.tree), address=spot.user)


def _new_record(session: Session, address: str, route: Route, action: Body) -> Iterator[Diagnostic]:
    parent, values = action.get("object"), action.get("fields")
    if not isinstance(parent, str) or not isinstance(values, dict):
        return
    for name, value in values.items():
        spot = Spot(address, (*route, "fields", name))
        yield from _writable(session, spot._replace(is_key=True), parent, name)
        if value is not None and not operand(value):
            yield from check_value(session, spot, parent, name, value, new=True)
