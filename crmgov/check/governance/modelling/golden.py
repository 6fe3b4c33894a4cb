"""Rule: objects that people work say what a good record holds, and what they demand can be given."""

from collections.abc import Iterator

from crmgov.check.governance.automation.blanks import NEVER
from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic


def golden(scene: Scene) -> Iterator[Diagnostic]:
    """Objects with stages that declare nothing where others do, and must-haves that nobody can fill."""
    objects = {parts(address)[2]: address for address in scene.own("Object")}
    declared = [name for name, address in objects.items() if "golden_record" in scene.tree.body(address)]
    staged = {parts(address)[1] or "" for address in scene.tree.of_kind("Pipeline")}
    others = sorted(staged.intersection(declared))
    unshown = [(name, field) for name in declared for field in _unshown(scene, name, objects[name])]
    written = _written(scene) if unshown else set()
    for name, field in unshown:
        if (name, field) not in written:
            message = f"{name}.{field} is a must-have, but it is on no layout, and nothing here writes it"
            yield scene.finding("MODEL012", message, objects[name], ("golden_record", "required"))
    for name, address in objects.items():
        if name not in declared and name in staged and others:
            message = f"{name} has stages and no golden_record; {', '.join(others[:3])} of the same kind say it"
            yield scene.finding("MODEL011", message, address)


def _unshown(scene: Scene, parent: str, address: str) -> Iterator[str]:
    """Must-haves on no layout; none where the object's layouts are not known, or its forms are made elsewhere."""
    if not scene.shown.by_object.get(parent) or scene.snapshot.coverage.gap("Layout", parent):
        return
    tree = scene.tree
    required = mapping(tree.body(address).get("golden_record")).get("required")
    for name in map(str, required if isinstance(required, list) else ()):
        facts = tree.own(tree.address("Field", name, parent))
        given = facts is None or facts.type in NEVER or facts.default is not None
        if not given and not scene.shown.on(parent, name):
            yield name


def _written(scene: Scene) -> set[tuple[str, str]]:
    """Fields that automations, integrations and handoffs give a value."""
    found = {field for one in scene.behaviours.values() if one.active for field in one.writes}
    for address in scene.tree.of_kind("Integration"):
        for row in rows(scene.tree.body(address).get("mappings")):
            parent, _, name = str(row.get("ours")).partition(".")
            found.add((parent, name))
    for address in scene.tree.of_kind("Lifecycle"):
        for handoff in rows(scene.tree.body(address).get("handoffs")):
            for target in mapping(handoff.get("carry")).values():
                parent, _, name = str(mapping(target).get("to")).partition(".")
                found.add((parent, name))
    return found
