"""The formulas and vendor bodies that are in use, for the rules about what is written into them."""

from collections.abc import Iterator

from crmgov.check.formulas import formulas_of
from crmgov.check.governance.automation.steps import running
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Route
from crmgov.model.formula import Formula
from crmgov.model.snapshot import Derived

KINDS = ("Automation", "Field", "Validation")
"""The kinds that hold formulas."""


def formulas(scene: Scene) -> Iterator[tuple[str, Route, Formula]]:
    """Every formula made here and in use, with its place."""
    for kind in KINDS:
        for address in scene.tree.holding(kind, "formula"):
            if in_use(scene, address):
                for route, text in formulas_of(scene.session, address):
                    yield address, route, scene.session.formula(text)


def in_use(scene: Scene, address: str) -> bool:
    """Whether a resource was made here, is not on its way out, and is not switched off."""
    if scene.snapshot.origin(address) != "custom" or scene.retired(address):
        return False
    return address.startswith("Field/") or scene.tree.body(address).get("active") is not False


def bodies(scene: Scene) -> Iterator[tuple[str, Derived]]:
    """What was found in the vendor's own bodies of running automations."""
    for one in running(scene):
        derived = scene.snapshot.derived.get(one.address) if one.does.opaque else None
        if derived is not None:
            yield one.address, derived
