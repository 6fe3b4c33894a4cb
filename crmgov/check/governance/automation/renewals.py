"""Rule: what ends on a day is looked at before that day."""

import re
from collections.abc import Iterator

from crmgov.check.governance.automation.steps import Running, leaves, running
from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.tree import parts
from crmgov.check.types import DATES
from crmgov.model.diagnostics import Diagnostic

_OBJECTS = re.compile(r"(?:contract|subscription|agreement)(?:__c)?\Z", re.IGNORECASE)
_ENDS = re.compile(r"end|expir|renew", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_WHOLE = {"end", "ends", "ended", "expiry", "expires", "expiration", "renewal", "renews", "renew"}


def ends_unnoticed(scene: Scene) -> Iterator[Diagnostic]:
    """Contracts and the like with an end date from which no automation counts.

    One of these objects that is looked after is enough: what belongs to a contract is renewed with it. Asked for in
    governed trees.
    """
    if not scene.governance or scene.files:
        return
    dates = contract_dates(scene)
    if not dates or any(_looks_ahead(one, dates.get(one.does.object, [])) for one in running(scene)):
        return
    for parent, fields in dates.items():
        names = " or ".join(parts(address)[2] for address in fields)
        message = f"No automation of {parent} counts from {names}, so nothing happens before it ends"
        yield scene.finding("TRIGGER011", message, fields[0])


def contract_dates(scene: Scene) -> dict[str, list[str]]:
    """The dates on which contracts and the like end, by object: addresses of fields."""
    dates: dict[str, list[str]] = {}
    for address in scene.own("Field"):
        _, parent, name = parts(address)
        if parent is not None and _OBJECTS.search(parent) and _ends(name):
            facts = scene.tree.own(address)
            if facts is not None and facts.type in DATES:
                dates.setdefault(parent, []).append(address)
    return dates


def _looks_ahead(one: Running, fields: list[str]) -> bool:
    """Whether an automation counts from one of these dates, or asks for it by the clock; a body may do so unseen."""
    ends = {parts(address)[2] for address in fields}
    asked = {leaf.field for leaf in leaves(one.body.get("when"), ())} if one.does.on == "scheduled" else set()
    counted = mapping(one.body.get("trigger")).get("date_field")
    return bool(ends) and (one.does.opaque or counted in ends or bool(asked & ends))


def _ends(name: str) -> bool:
    """Whether a name speaks of an end: ``EndDate``, ``Expires_On__c``; not ``Pending`` or ``Vendor``."""
    return bool(_ENDS.search(name)) and any(word.lower() in _WHOLE for word in _WORD.findall(name))
