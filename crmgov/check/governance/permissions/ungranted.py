"""Rule: somebody is granted every field."""

from collections.abc import Iterator

from crmgov.check.governance.permissions.grants import Grantable, Grants
from crmgov.check.governance.permissions.layout_rows import layout_row
from crmgov.check.governance.scene import mapping
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Edit, Fix

_SHARE = 10
"""With a vendor's own names a lacking grant is an oversight where at most one in so many fields of an object lacks it;
where more do, access is given elsewhere, in profiles that are not kept in the project."""
_SMALL = 4
"""Fields of an object from which on, in YAML, one that lacks a grant is an oversight whatever its share."""


def ungranted(grants: Grants) -> Iterator[Diagnostic]:
    """Every field made here that no permission set gives access to, of objects whose fields are granted at all."""
    scene = grants.scene
    if scene.snapshot.coverage.gap("PermissionSet"):
        return
    total: dict[str, int] = {}
    hidden: dict[str, list[Grantable]] = {}
    for field in grants.grantable:
        if grants.spoken_of(field.parent):
            total[field.parent] = total.get(field.parent, 0) + 1
            if not grants.reads(field.parent, field.name):
                hidden.setdefault(field.parent, []).append(field)
    for parent, fields in hidden.items():
        if grants.pulled and len(fields) > _oversights(grants, total[parent]):
            continue
        evidence = [f"{total[parent] - len(fields)} of {total[parent]} fields of {parent} that need a grant have one"]
        if grants.pulled and not grants.profiles:
            evidence.append("no profile is kept here, so what one grants is not known")
        for field in fields:
            if not (grants.pulled and _plumbing(grants, field)):
                yield _told(grants, field, tuple(evidence))


def _oversights(grants: Grants, total: int) -> int:
    """How many of an object's fields may lack a grant before access is taken to be given elsewhere."""
    return total // _SHARE if grants.scene.files or total < _SMALL else max(1, total // _SHARE)


def _plumbing(grants: Grants, field: Grantable) -> bool:
    """Whether a field may be there for machines alone: a key of another system, or on no layout and computed, or read
    and written by formulas and automations, which need no grant.
    """
    if field.body.get("external_id") is True:
        return True
    if grants.scene.shown.on(field.parent, field.name):
        return False
    used = any(user.startswith(("Field/", "Automation/")) for user, _ in grants.scene.uses.get(field.address, ()))
    return field.computed or used


def _told(grants: Grants, field: Grantable, evidence: tuple[str, ...]) -> Diagnostic:
    scene = grants.scene
    name = f"{field.parent}.{field.name}"
    message = f"Nobody will see {name}: no permission set grants it"
    if grants.pulled:
        message = (
            f"No {'profile or permission set' if grants.profiles else 'permission set'} of this project grants {name}"
        )
    layouts = len(scene.shown.by_object.get(field.parent, ()))
    if layouts:
        shown = len(scene.shown.on(field.parent, field.name))
        message += f", and it stands on {shown} of {layouts} {'layout' if layouts == 1 else 'layouts'}"
    blocking = _blocking(grants, field.address)
    if blocking:
        message += f"; yet {', '.join(blocking[:3])} can stop a save because of it"
    return scene.finding("REACH001", message, field.address, evidence=evidence, fix=_fix(grants, field))


def _blocking(grants: Grants, address: str) -> list[str]:
    """The active validations that read a field."""
    scene = grants.scene
    users = dict.fromkeys(user for user, _ in scene.uses.get(address, ()) if user.startswith("Validation/"))
    return [f"validation {parts(user)[2]}" for user in users if scene.tree.body(user).get("active") is not False]


def _fix(grants: Grants, field: Grantable) -> Fix | None:
    """A grant in the set of the people who work with the object, and a row on its layout where it is on none.

    Safe where the field is not guarded and the set opens at least half of the object's fields already.
    """
    best, most = _working_with(grants, field)
    at = grants.scene.tree.where(grants.sets[best][0], ("fields", field.parent, "fields", field.name)) if best else None
    if at is None or grants.scene.files:
        return None
    level = "read" if field.computed else "edit"
    row = None if grants.scene.shown.on(field.parent, field.name) else layout_row(grants, field)
    title = f"Grant {level} of {field.parent}.{field.name} in {best}{' and show it on a layout' if row else ''}"
    edits = (Edit(at=at, action="set", value=level), *((row,) if row else ()))
    theirs = most * 2 >= len(grants.of_object[field.parent])
    return Fix(title=title, edits=edits, safe=theirs and not field.guarded)


def _working_with(grants: Grants, field: Grantable) -> tuple[str, int]:
    """The set of people of the company that opens most fields of an object one by one, and how many."""
    best, most = "", 0
    for one in sorted(set(grants.sets) - grants.machines - grants.administration):
        address, body = grants.sets[one]
        rows = mapping(mapping(mapping(body.get("fields")).get(field.parent)).get("fields"))
        opened = sum(1 for level in rows.values() if level in ("read", "edit"))
        if (
            opened > most
            and field.name not in rows
            and not grants.outside(one)
            and address in grants.scene.snapshot.places
        ):
            best, most = one, opened
    return best, most
