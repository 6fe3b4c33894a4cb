"""Rule: a permission that formulas and bodies ask for is one that somebody is granted."""

from collections.abc import Iterator

from crmgov.check.governance.automation.texts import bodies, formulas
from crmgov.check.governance.scene import Scene, mapping, spoken
from crmgov.model.diagnostics import Diagnostic, Route

_CUSTOM = "custom:"
"""How the capabilities of a permission set spell a permission of the organisation's own."""


def ungranted_permissions(scene: Scene) -> Iterator[Diagnostic]:
    """Permissions that no permission set grants, in a tree that grants others.

    A vendor's files may leave the permission set out that grants it, so there only a likely misspelling is told.
    """
    granted = _granted(scene)
    if not granted or scene.snapshot.coverage.gap("PermissionSet"):
        return
    folded = {name.casefold() for name in granted}
    told: set[tuple[str, str]] = set()
    for address, route, name in _asked(scene):
        if name.casefold() in folded or "__" in name or (address, name) in told or _outside(scene, name):
            continue
        told.add((address, name))
        meant = scene.session.finder.misspelt(name, sorted(granted))
        if meant or not scene.files:
            hint = f'closest: "{meant}"' if meant else ""
            message = f'{spoken(address)} asks for the permission "{name}", which no permission set grants'
            yield scene.finding("LITERAL008", message, address, route, hint=hint)


def _granted(scene: Scene) -> set[str]:
    found: set[str] = set()
    for body in scene.access.sets.values():
        for name, value in mapping(body.get("capabilities")).items():
            if value is True and name.startswith(_CUSTOM):
                found.add(name.removeprefix(_CUSTOM))
    return found


def _outside(scene: Scene, name: str) -> bool:
    return any(name in names for names in scene.session.finder.outside.values())


def _asked(scene: Scene) -> Iterator[tuple[str, Route, str]]:
    for address, route, formula in formulas(scene):
        for name in formula.permissions:
            yield address, route, name
    for address, derived in bodies(scene):
        for kind, name in derived.names:
            if kind == "PermissionSet" and name.startswith(_CUSTOM):
                yield address, (), name.removeprefix(_CUSTOM)
