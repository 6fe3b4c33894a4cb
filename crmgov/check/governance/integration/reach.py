"""Rules: what comes in is of use to somebody, and what no longer comes in is not relied on."""

from collections.abc import Iterator

from crmgov.check.governance.integration.maps import Maps, Shared, listed, made_here, maps
from crmgov.check.governance.scene import Scene, spoken
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.snapshot import kind_of

_READING = ("Automation", "Validation", "Field", "Pipeline", "Lifecycle", "Team")
"""Kinds that decide or compute by a field they name."""


def not_stale(scene: Scene) -> Iterator[Diagnostic]:
    """Nothing decides by a field that only an integration filled which no longer runs."""
    whole = maps(scene)
    for address in whole.idle:
        for one in whole.of(address):
            if one.direction == "in" and not _otherwise_filled(scene, whole, one):
                readers = _readers(scene, one)
                if readers:
                    message = (
                        f"{spoken(address)} does not run, and nothing else fills {one.ours}, "
                        f"which {listed(readers)} still {'reads' if len(readers) == 1 else 'read'}"
                    )
                    yield scene.finding("SHARED016", message, address, (*one.route, "ours"))


def _otherwise_filled(scene: Scene, whole: Maps, one: Shared) -> bool:
    """Whether something else fills a field: another integration, an automation, people on a layout, or the CRM. Where
    an object has no layout here, people may.
    """
    facts = scene.tree.field(one.object, one.field)
    if facts is None or facts.type in ("formula", "rollup", "autonumber"):
        return True
    if any(other.comes for other in whole.by_field.get(one.ours, ())):
        return True
    if any((one.object, one.field) in each.writes for each in scene.behaviours.values() if each.active):
        return True
    if not scene.shown.by_object.get(one.object):
        return True
    return any(how != "readonly" for _, how in scene.shown.on(one.object, one.field).values())


def _readers(scene: Scene, one: Shared) -> list[str]:
    """What decides or computes by a field, by name."""
    field = scene.tree.address("Field", one.field, one.object)
    users = dict.fromkeys(user for user, _ in scene.uses.get(field, ()) if kind_of(user) in _READING)
    return [spoken(user) for user in users if user != field and not _off(scene, user)]


def _off(scene: Scene, address: str) -> bool:
    return scene.retired(address) or scene.tree.body(address).get("active") is False


def of_use(scene: Scene) -> Iterator[Diagnostic]:
    """What comes in can be read by somebody, or something decides by it. Keys of the other system are for it alone."""
    whole = maps(scene)
    of_people = {name for role in scene.access.roles for name in scene.access.of_role(role)}
    machines = {one for name in whole.by_identity for one in scene.access.behind(name)} - of_people
    if not machines or scene.snapshot.coverage.gap("PermissionSet") or not set(scene.access.sets) - machines:
        return
    for one in whole.shared:
        address = scene.tree.address("Field", one.field, one.object)
        if one.direction != "in" or not made_here(scene, address) or _for_itself(scene, address):
            continue
        readers = {name for name, _ in scene.access.readers(one.object, one.field)}
        if readers and readers <= machines and not _readers(scene, one):
            message = f"{one.spelt} brings in {one.ours}, which only the integration may read and nothing uses"
            yield scene.finding("SHARED019", message, one.integration, (*one.route, "ours"))


def _for_itself(scene: Scene, address: str) -> bool:
    """Whether a field is a key, or open to whoever may see the record."""
    body = scene.tree.body(address)
    return any(body.get(key) is True for key in ("external_id", "unique", "required")) or (
        body.get("type") == "master_detail"
    )
