"""Rule: records shared with another system are recognised by a key (governance rule 40)."""

from collections.abc import Iterator

from crmgov.check.bodies import matching_rules
from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic


def keys(scene: Scene) -> Iterator[Diagnostic]:
    """Objects that an integration maps and that have no external id, no unique field and no matching rule."""
    keyed = _keyed(scene)
    for address in scene.own("Integration"):
        body = scene.tree.body(address)
        if body.get("active") is False:
            continue
        mapped: dict[str, list[str]] = {}
        for row in rows(body.get("mappings")):
            parent, _, field = str(row.get("ours")).partition(".")
            mapped.setdefault(parent, []).append(field)
        for parent, fields in mapped.items():
            known = scene.tree.address("Object", parent) in scene.snapshot
            if not known or parent in keyed or "Id" in fields or scene.snapshot.coverage.gap("Field", parent):
                continue
            if _matched(scene, parent, fields):
                continue
            system = body.get("system") or parts(address)[2]
            message = f"{system} shares {len(fields)} fields of {parent}, and no field of {parent} is a key"
            names = [str(row.get("name")) for row in rows(body.get("mappings")) if _of(row.get("ours"), parent)]
            yield scene.finding("MODEL009", message, address, ("mappings", names[0]))


def _of(ours: object, parent: str) -> bool:
    return str(ours).partition(".")[0] == parent


def _matched(scene: Scene, parent: str, fields: list[str]) -> bool:
    """Whether a matching rule in force finds the record by what the other system sends."""
    rules = matching_rules(scene.tree.body(scene.tree.address("Object", parent)))
    used = [mapping(rule.get("fields")) for rule in rules]
    return any(names and names.keys() <= set(fields) for names in used)


def _keyed(scene: Scene) -> set[str]:
    """The objects with a field that no two records share."""
    found: set[str] = set()
    for address in scene.tree.of_kind("Field"):
        data = scene.snapshot.bodies[address]
        if b'"external_id":true' in data or b'"unique":true' in data or b'"type":"autonumber"' in data:
            found.add(parts(address)[1] or "")
    for address in scene.tree.of_kind("Object"):
        if b'"autonumber"' in scene.snapshot.bodies[address]:
            found.add(parts(address)[2])
    return found
