"""Rules: objects and their fields are granted together, and what is granted is held by somebody."""

from collections.abc import Iterator

from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.permissions.holders import held_by, listed, objects_of, opens, reads, roles
from crmgov.check.governance.scene import mapping
from crmgov.model.canonical import encode
from crmgov.model.diagnostics import Diagnostic

_OPEN = ("read", "edit")
_SAID = frozenset(
    {"label", "description", "owner", "tags", "protect", "lifecycle", "renamed_from", "native", "complete"}
)
"""What two sets may say differently and still grant the same."""
_GRANTING = ("objects", "fields", "capabilities", "record_types")


def fields_without_object(grants: Grants) -> Iterator[Diagnostic]:
    """Every permission set that grants fields of an object whose records none of the roles that hold it may read."""
    holders, by_name = held_by(grants), {bundle.name: bundle for bundle in roles(grants)}
    for name, (address, body) in grants.sets.items():
        for parent, held in mapping(body.get("fields")).items():
            row = mapping(held)
            opened = [field for field, level in mapping(row.get("fields")).items() if level in _OPEN]
            if not holders.get(name) or not (opened or row.get("default") in _OPEN):
                continue
            if not any(reads(grants, by_name[role], parent) for role in holders[name]):
                who = listed(sorted(holders[name]))
                message = f"{name} grants fields of {parent}, whose records {who} may not read"
                yield grants.scene.finding("ACCESS011", message, address, ("fields", parent))


def object_without_fields(grants: Grants) -> Iterator[Diagnostic]:
    """Every role that reads the records of an object and none of the fields it would have to be granted."""
    for role in roles(grants):
        for parent in objects_of(grants, role):
            fields = grants.of_object.get(parent, ())
            if not fields or not reads(grants, role, parent):
                continue
            if not any(opens(grants, role, parent, field.name) for field in fields):
                message = f"{role.name} may read records of {parent} and none of its {len(fields)} fields"
                yield grants.scene.finding("ACCESS012", message, role.address, ("grants",))


def unheld(grants: Grants) -> Iterator[Diagnostic]:
    """Every permission set that no role, group or integration names, where roles stand for permission sets at all."""
    scene = grants.scene
    if scene.files or not any(True for _ in roles(grants)):
        return
    for name, (address, body) in grants.sets.items():
        if body.get("profile") is not True and not scene.uses.get(address):
            message = f"No role, group or integration holds {name}"
            yield scene.finding("ACCESS014", message, address)


def twins(grants: Grants) -> Iterator[Diagnostic]:
    """Every permission set that grants exactly what another one grants. Groups are names for people, and not asked."""
    first: dict[tuple[bool, bytes], str] = {}
    for name, (address, body) in sorted(grants.sets.items()):
        granted = {key: value for key, value in body.items() if key not in _SAID}
        if body.get("includes") or not any(body.get(key) for key in _GRANTING):
            continue
        same = first.setdefault((body.get("profile") is True, encode(granted)), name)
        if same != name:
            yield grants.scene.finding("ACCESS015", f"{name} grants exactly what {same} grants", address)
