"""Rule: a picklist takes only the values it lists, or says why not (governance rule 76)."""

from collections.abc import Iterator

from crmgov.check.governance.behaviour import Behaviour
from crmgov.check.governance.made import is_shipped
from crmgov.check.governance.scene import Scene, rows, spoken
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route
from crmgov.model.snapshot import kind_of

_REASONS = ("restrict", "free", "any value", "other values", "open list", "not limited", "imported")
"""Words by which a description says why other values are let in."""


def unrestricted(scene: Scene) -> Iterator[Diagnostic]:
    """Picklists that let any value in; in a vendor's own files only those whose values decide something."""
    for address, parent, name, body in scene.made:
        if body.get("type") not in ("picklist", "multipicklist") or is_shipped(scene.tree, parent, name):
            continue
        if f"{parent}.{name}" in scene.session.listings.stage_fields or _restricted(scene, body) or _says_why(body):
            continue
        deciding = _deciding(scene, (parent, name), address, body)
        if scene.files and not deciding:
            continue
        message = f"{parent}.{name} is not restricted to the values it lists"
        if deciding:
            others = f" and {len(deciding) - 1} more" if len(deciding) > 1 else ""
            message += f"; {spoken(deciding[0])}{others} would not know any other"
        evidence = tuple(f"{kind_of(one)} {spoken(one)} asks for a listed value" for one in deciding[:5])
        yield scene.finding("MODEL005", message, address, ("restricted",), evidence=evidence)


def _restricted(scene: Scene, body: Body) -> bool:
    """Whether it, or the shared picklist it takes its values from, is limited; unknown counts as limited."""
    if isinstance(body.get("restricted"), bool):
        return bool(body["restricted"])
    shared = body.get("picklist")
    if not isinstance(shared, str):
        return body.get("values") is None
    listing = scene.session.finder.find("ValueSet", shared)
    if listing.status != "resource" or kind_of(listing.address) == "StageSet":
        return True
    held = scene.tree.body(listing.address)
    return held.get("restricted") is True or _says_why(held)


def _says_why(body: Body) -> bool:
    said = f"{body.get('description') or ''} {' '.join(map(str, body.get('tags') or ()))}".casefold()
    return any(reason in said for reason in _REASONS)


def _deciding(scene: Scene, field: tuple[str, str], address: str, body: Body) -> list[str]:
    """The automations, validations and formulas that ask for one of its own values."""
    found: dict[str, None] = {}
    for row in rows(body.get("values")):
        value = scene.tree.quoted[str(row.get("name"))]
        for user, route in scene.uses.get(f"{address}#values[{value}]", ()):
            if _asks(scene, user, route, field):
                found.setdefault(user)
    return list(found)


def _asks(scene: Scene, user: str, route: Route, field: tuple[str, str]) -> bool:
    """Whether a use of a value compares a record's value with it, rather than sets it."""
    behaviour = scene.behaviours.get(user)
    if behaviour is not None:
        return behaviour.active and (_is_read(behaviour, field) if behaviour.opaque else "when" in route)
    return kind_of(user) == "Validation" or (kind_of(user) == "Field" and "formula" in route)


def _is_read(behaviour: Behaviour, field: tuple[str, str]) -> bool:
    """Whether an opaque body that names a value may compare with it: it does not only write the field."""
    return field in behaviour.reads or field not in behaviour.writes
