"""Rule: an automation that needs a field which may be blank says what happens then."""

from collections.abc import Iterator

from crmgov.check.governance.automation.blanks import Blanks
from crmgov.check.governance.automation.negations import NEGATIVE
from crmgov.check.governance.automation.steps import Running, actions, leaves, running, targets
from crmgov.check.governance.automation.truth import holds
from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Route

_ASKED = ("blank", "present", "changed", "was", "is_new")
"""Comparisons that say themselves what they make of a blank."""
_VALUES = ("equals", "in", "includes")


def blank_reads(scene: Scene) -> Iterator[Diagnostic]:
    """Fields without which an automation does nothing, and silently so."""
    blanks = Blanks(scene)
    missed: list[tuple[Running, dict[str, tuple[Route, str]]]] = []
    readers: dict[tuple[str, str], int] = {}
    for one in running(scene):
        if one.does.opaque or one.body.get("otherwise"):
            continue
        needed: dict[str, tuple[Route, str]] = {}
        for path, (route, effect) in _needed(one).items():
            field = blanks.at(one.does.object, path, one.does.on)
            if field is not None:
                needed[path] = (route, effect)
                readers[field] = readers.get(field, 0) + 1
        if needed:
            missed.append((one, needed))
    for one, needed in missed:
        for path, (route, effect) in needed.items():
            count = readers[blanks.at(one.does.object, path, one.does.on) or ("", "")]
            more = f"; {count} automations read it so" if count > 1 else ""
            message = f"{parts(one.address)[2]} {effect} where {path} is blank, which it may be{more}"
            yield scene.finding("TRIGGER001", message, one.address, route)


def _needed(one: Running) -> dict[str, tuple[Route, str]]:
    """By path: where an automation needs a field, and what becomes of it where there is none."""
    when = one.body.get("when")
    found: dict[str, tuple[Route, str]] = {}
    compared = list(leaves(when, ("when",)))
    asked = {leaf.field for leaf in compared if leaf.op in _ASKED}
    date_field = mapping(one.body.get("trigger")).get("date_field")
    if isinstance(date_field, str) and date_field not in asked:
        found[date_field] = (("trigger", "date_field"), "never starts")
    changing = {name for _, name in one.does.starts_on}
    for leaf in compared:
        event = leaf.field in changing and leaf.op in _VALUES
        if leaf.field not in asked and not event and leaf.op not in NEGATIVE and holds(when, leaf.field, None) is False:
            found.setdefault(leaf.field, ((*leaf.route, "field"), "does nothing"))
    for route, action in actions(one.body):
        for at, target in targets(route, action):
            path = target.get("field")
            if isinstance(path, str) and path not in asked:
                found.setdefault(path, ((*at, "field"), f'has nobody for "{action.get("name")}"'))
    return found
