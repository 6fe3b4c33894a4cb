"""Rules: somebody may use every record type, and nobody starts with one that is hidden."""

from collections.abc import Iterator

from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.scene import mapping
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic


def closed_types(grants: Grants) -> Iterator[Diagnostic]:
    """Every active record type that no permission set makes visible, of objects where some is made visible.

    With a vendor's own names it is asked only where profiles speak of the object's record types.
    """
    scene = grants.scene
    if scene.snapshot.coverage.gap("PermissionSet"):
        return
    open_: dict[str, set[str]] = {}
    by_profiles: set[str] = set()
    for body in scene.access.sets.values():
        for parent, types in mapping(body.get("record_types")).items():
            named = {grants.fold(name) for name, row in mapping(types).items() if mapping(row).get("visible") is True}
            open_.setdefault(grants.fold(parent), set()).update(named)
            if named and body.get("profile") is True:
                by_profiles.add(grants.fold(parent))
    for address in scene.own("RecordType"):
        _, owner, name = parts(address)
        parent = grants.fold(owner or "")
        usable = open_.get(parent, set())
        if not usable or (grants.pulled and parent not in by_profiles) or grants.fold(name) in usable:
            continue
        if scene.tree.body(address).get("active") is not False:
            others = f"{len(usable)} other record {'type' if len(usable) == 1 else 'types'} of {owner} can be used"
            message = f"No permission set makes record type {owner}.{name} visible: nobody can make such a record"
            yield scene.finding("REACH005", message, address, evidence=(others,))


def hidden_defaults(grants: Grants) -> Iterator[Diagnostic]:
    """Every permission set whose default record type it hides itself."""
    for name, (address, body) in grants.sets.items():
        for parent, types in mapping(body.get("record_types")).items():
            for record_type, row in mapping(types).items():
                held = mapping(row)
                if held.get("default") is True and held.get("visible") is False:
                    route = ("record_types", parent, record_type, "default")
                    message = f"{name} makes {parent}.{record_type} the default record type and hides it"
                    yield grants.scene.finding("ACCESS013", message, address, route)
