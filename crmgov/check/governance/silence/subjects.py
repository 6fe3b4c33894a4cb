"""What is predicted: every automation that runs and starts from records, in one form, and those of which nothing is."""

from collections.abc import Iterator
from typing import NamedTuple

from crmgov.check.governance.automation.outlined import outlined
from crmgov.check.governance.automation.steps import leaves, running
from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.check.tree import parts
from crmgov.model.canonical import Body

_STARTS = ("created", "updated", "saved", "field_changed", "scheduled")
_NEVER_BLANK = ("autonumber", "boolean")


class Subject(NamedTuple):
    """One automation, or one rule of a vendor's own body. ``body`` is as a structured one, or as an outline."""

    address: str
    name: str
    object: str
    body: Body
    events: frozenset[str]
    """Fields whose change starts it: a blank there means that nothing has happened yet."""
    told: frozenset[str]
    """Fields of which it says itself what blanks mean."""

    @property
    def on(self) -> str:
        """The event it starts on."""
        return str(mapping(self.body.get("trigger")).get("on") or "")

    @property
    def dates(self) -> tuple[str, ...]:
        """The date fields it counts from."""
        trigger = mapping(self.body.get("trigger"))
        held = trigger.get("date_field")
        return (held,) if isinstance(held, str) else tuple(map(str, trigger.get("dates") or ()))


def subjects(config: Scene) -> Iterator[Subject]:
    """Everything that can be predicted."""
    for one in running(config):
        if one.does.opaque or not one.does.object or one.does.on not in _STARTS:
            continue
        events = frozenset(name for parent, name in one.does.starts_on if parent == one.does.object)
        told = {leaf.field for leaf in leaves(one.body.get("when"), ()) if leaf.op in ("blank", "present")}
        yield Subject(one.address, parts(one.address)[2], one.does.object, one.body, events, frozenset(told))
    for rule in outlined(config):
        told = set(map(str, rule.body.get("asked") or ()))
        yield Subject(rule.running.address, rule.name, rule.object, rule.body, frozenset(), frozenset(told))


def beyond(config: Scene) -> Iterator[tuple[str, str]]:
    """Automations that run and are not predicted, with the reason."""
    known = {one.running.address for one in outlined(config)}
    for one in running(config):
        if one.does.opaque and one.address not in known:
            yield one.address, "its body is the vendor's own"
        elif not one.does.opaque and (not one.does.object or one.does.on not in _STARTS):
            yield one.address, "no record starts it"


def gaps(config: Scene, parent: str, fields: frozenset[str] | set[str]) -> dict[str, tuple[Body, ...]]:
    """Where comparisons with fields say nothing. Fields of other objects are left to whoever counts to refuse."""
    found: dict[str, tuple[Body, ...]] = {}
    for name in sorted(fields):
        address = config.tree.address("Field", name, parent)
        body = config.tree.body(address) if address in config.snapshot else {}
        if body.get("type") in _NEVER_BLANK:
            continue
        blank: Body = {"field": name, "op": "blank"}
        listing = config.session.listings.of_field(parent, name) if body.get("type") == "picklist" else None
        known = [] if listing is None else sorted(listing.values)
        off: tuple[Body, ...] = ({"field": name, "op": "not_in", "value": known},) if known else ()
        found[name] = (blank, *off)
    return found


def fields_of(criterion: object) -> set[str]:
    """The fields a condition compares by value."""
    found: set[str] = set()
    for leaf in leaves(criterion, ()):
        if leaf.op not in ("blank", "present", "changed", "was", "is_new"):
            found |= {str(leaf.value[key]) for key in ("field", "other_field") if leaf.value.get(key)}
    return found


def routes(body: Body, collection: str) -> Iterator[Body]:
    """The actions of one collection that give a record an owner."""
    return (action for action in rows(body.get(collection)) if action.get("type") == "route")
