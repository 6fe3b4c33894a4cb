"""Rule: every route has somebody for what matches none of its cases."""

from collections.abc import Iterator
from typing import Any

from crmgov.check.governance.automation.blanks import Blanks
from crmgov.check.governance.automation.steps import Running, actions, only_field, running
from crmgov.check.governance.automation.truth import test_of
from crmgov.check.governance.scene import Scene, rows
from crmgov.check.tree import parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route

_SHOWN = 6
"""Values listed in a message."""
_DEFAULT = (
    "Such a record falls to the one default owner of the whole org, whoever that is and whether or not they look."
)


def routes_without_catch_all(scene: Scene) -> Iterator[Diagnostic]:
    """Routes with cases and nothing for the rest, unless the cases are all there is."""
    blanks = Blanks(scene)
    for one in running(scene):
        for route, action in actions(one.body):
            cases = rows(action.get("cases"))
            if action.get("type") != "route" or not cases or _has_catch_all(action, cases):
                continue
            yield from _open(scene, blanks, one, route, action)


def _has_catch_all(action: Body, cases: list[Body]) -> bool:
    return any(action.get(name) for name in ("to", "otherwise")) or any(_always(case) for case in cases)


def _always(case: Body) -> bool:
    formula = case.get("formula")
    return not case.get("when") and (not formula or str(formula).strip().casefold() in ("true", "1=1", "1 = 1"))


def _open(scene: Scene, blanks: Blanks, one: Running, route: Route, action: Body) -> Iterator[Diagnostic]:
    cases = rows(action.get("cases"))
    fields = {only_field(case.get("when")) for case in cases}
    field = fields.pop() if len(fields) == 1 else ""
    left = _left(scene, blanks, one, field, cases) if field else None
    if left == []:
        return
    which = f"{field} {listed(left)}" if left else "any other condition"
    message = f"{parts(one.address)[2]} has no case for {one.does.object} records with {which}, and no catch-all"
    detail = _DEFAULT if scene.files else ""
    yield scene.finding("ROUTING001", message, one.address, route, detail=detail)


def listed(values: list[str]) -> str:
    """Values as a message lists them."""
    shown = [*values[:_SHOWN], *([f"{len(values) - _SHOWN} more"] if len(values) > _SHOWN else [])]
    return " or ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)


def _left(scene: Scene, blanks: Blanks, one: Running, field: str, cases: list[Body]) -> list[str] | None:
    """The values of the field that no case takes; None where its values are not known."""
    values = known_values(scene, one.does.object, field)
    if values is None:
        return None
    candidates: list[Any] = [*values, *([None] if blanks.at(one.does.object, field, one.does.on) else [])]
    starts = test_of(one.body.get("when"), field)
    taken = [test_of(case.get("when"), field) for case in cases if not case.get("formula")]
    left = [value for value in candidates if starts(value) is not False and not any(takes(value) for takes in taken)]
    return ["blank" if value is None else str(value) for value in left]


def known_values(scene: Scene, parent: str, field: str) -> list[object] | None:
    """The values a record can be given in a field; None where they are not listed."""
    facts = scene.tree.field(parent, field)
    if facts is not None and facts.type == "boolean":
        return [True, False]
    listing = scene.session.listings.of_field(parent, field) if facts is None or facts.type == "picklist" else None
    if listing is None:
        return None
    return [value.name for value in listing.values.values() if value.active is not False]
