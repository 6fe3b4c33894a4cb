"""Rules: somebody may read every object, and whoever a rule stops can read what it looks at."""

from collections.abc import Iterator

from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Related


def unreadable(grants: Grants) -> Iterator[Diagnostic]:
    """Every object made here that no permission set lets anybody read.

    With a vendor's own names it is asked only for objects whose fields are granted: the grants are then of no use.
    """
    scene = grants.scene
    if scene.snapshot.coverage.gap("PermissionSet") or not grants.readable:
        return
    for address in scene.own("Object"):
        name = parts(address)[2]
        if not grants.governed(name) or grants.fold(name) in grants.readable:
            continue
        spoken = grants.spoken_of(name)
        if grants.pulled and not (spoken and name.endswith("__c")):
            continue
        message = f"No permission set lets anybody read {name}"
        if spoken:
            message += ", though fields of it are granted"
        yield scene.finding("REACH008", message, address)


def blind_rules(grants: Grants) -> Iterator[Diagnostic]:
    """Every active validation that stops a role because of a field the role cannot read.

    Only where roles stand for permission sets: a vendor's files do not say who holds which.
    """
    scene = grants.scene
    roles = {role: scene.access.of_role(role) for role in scene.access.roles}
    for address in scene.own("Validation"):
        body, parent = scene.tree.body(address), parts(address)[1] or ""
        if body.get("active") is False:
            continue
        stopped = [role for role, sets in roles.items() if sets and _saves(grants, sets, parent)]
        fields = _looked_at(grants, address, parent) if stopped else []
        for field in fields:
            blind = [role for role in stopped if scene.access.best(roles[role], parent, field) not in ("read", "edit")]
            if blind:
                yield _told(grants, address, f"{parent}.{field}", blind)


def _saves(grants: Grants, sets: frozenset[str], parent: str) -> bool:
    access = grants.scene.access
    rights = ("create", "update", "modify_all")
    return any(access.object(one, parent, right) for one in sets for right in rights)


def _looked_at(grants: Grants, address: str, parent: str) -> list[str]:
    """The fields of its own object that a validation reads, and that must be granted to be seen."""
    tree = grants.scene.tree
    return [
        field.name
        for field in grants.of_object.get(parent, ())
        if any(user == address for user, _ in grants.scene.uses.get(tree.address("Field", field.name, parent), ()))
    ]


def _told(grants: Grants, address: str, field: str, blind: list[str]) -> Diagnostic:
    scene = grants.scene
    _, parent, name = parts(address)
    who = ", ".join(blind[:3]) + (f" and {len(blind) - 3} more" if len(blind) > 3 else "")
    message = f"{parent}.{name} can stop {who}, who cannot read {field}"
    at = scene.tree.where(scene.tree.address("Field", field.partition(".")[2], parent))
    related = (Related("The field", at),) if at is not None else ()
    return scene.finding("REACH009", message, address, related=related)
