"""Rule: where records of one object come from two sides, something finds the same one made twice."""

from collections.abc import Iterator

from crmgov.check.bodies import matching_rules
from crmgov.check.governance.automation.steps import actions, running
from crmgov.check.governance.scene import Scene, rows, spoken
from crmgov.model.diagnostics import Diagnostic


def unmatched_creators(scene: Scene) -> Iterator[Diagnostic]:
    """Objects that two automations or integrations make records of, without matching."""
    makers: dict[str, dict[str, None]] = {}
    for one in running(scene):
        for _, action in actions(one.body):
            if action.get("type") == "create_record" and isinstance(action.get("object"), str):
                makers.setdefault(action["object"], {})[one.address] = None
    for address in scene.own("Integration"):
        for parent in _made(scene, address):
            makers.setdefault(parent, {})[address] = None
    for parent, found in makers.items():
        address = scene.tree.address("Object", parent)
        if len(found) > 1 and address in scene.snapshot and not matching_rules(scene.tree.body(address)):
            names = sorted(spoken(maker) for maker in found)
            message = f"{parent} records are made by {' and by '.join(names[:3])}, and no matching rule finds doubles"
            yield scene.finding("WRITER004", message, address, ("matching",), evidence=tuple(names))


def _made(scene: Scene, address: str) -> set[str]:
    """Objects an integration makes records of without a key: it brings what a record needs, and nothing unique."""
    body = scene.tree.body(address)
    needed: set[str] = set()
    keyed: set[str] = set()
    for row in rows(body.get("mappings")) if body.get("active") is not False else ():
        parent, _, name = str(row.get("ours")).partition(".")
        field = scene.tree.address("Field", name, parent)
        held = scene.tree.body(field) if field in scene.snapshot else {}
        if held.get("unique") is True or held.get("external_id") is True:
            keyed.add(parent)
        elif row.get("direction") in ("in", "both") and held.get("required") is True:
            needed.add(parent)
    return needed - keyed
