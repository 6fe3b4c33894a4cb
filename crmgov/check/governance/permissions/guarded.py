"""Rules: what is confidential or restricted is open to few, and edited by those who may save."""

from collections.abc import Iterator

from crmgov.check.governance.permissions.grants import Grantable, Grants
from crmgov.check.governance.permissions.holders import held_by, listed, opens, reads, roles, saves
from crmgov.check.governance.scene import mapping
from crmgov.model.diagnostics import Diagnostic

_FEW = 4
"""Roles that read an object, from which on a restricted field that all of them may read is not restricted."""


def open_to_many(grants: Grants) -> Iterator[Diagnostic]:
    """Every guarded field that more roles read than the budget says (``readers_of_restricted_field`` and
    ``readers_of_confidential_field``); where it says nothing, a restricted one that every role reads.
    """
    bundles = list(roles(grants))
    for parent, fields in grants.of_object.items():
        guarded = [field for field in fields if field.guarded]
        near = [bundle for bundle in bundles if reads(grants, bundle, parent)] if guarded else []
        for field in guarded:
            readers = [bundle.name for bundle in near if opens(grants, bundle, parent, field.name)]
            yield from _many(grants, field, readers, len(near))


def _many(grants: Grants, field: Grantable, readers: list[str], near: int) -> Iterator[Diagnostic]:
    sensitivity = str(field.body.get("sensitivity"))
    limit = grants.scene.budget(f"readers_of_{sensitivity}_field", 0)
    name = f"{field.parent}.{field.name}"
    if limit and len(readers) > limit:
        message = f"{name} is {sensitivity} and {len(readers)} roles read it, where {limit} may: {listed(readers, 8)}"
        yield grants.scene.finding("ACCESS008", message, field.address, ("sensitivity",), amount=len(readers))
    elif not limit and sensitivity == "restricted" and len(readers) == near >= _FEW:
        message = f"{name} is restricted, and all {near} roles that read {field.parent} read it"
        yield grants.scene.finding("ACCESS008", message, field.address, ("sensitivity",))


def all_fields(grants: Grants) -> Iterator[Diagnostic]:
    """Every permission set that is not for administration and sees all fields of an object with guarded ones."""
    for name in sorted(set(grants.sets) - grants.administration):
        address, body = grants.sets[name]
        for parent, row in mapping(body.get("objects")).items():
            guarded = [field.name for field in grants.of_object.get(parent, ()) if field.guarded]
            if guarded and mapping(row).get("view_all_fields") is True:
                message = f"{name} sees all fields of {parent}, {listed(guarded)} among them"
                yield grants.scene.finding("ACCESS009", message, address, ("objects", parent, "view_all_fields"))


def edits_in_vain(grants: Grants) -> Iterator[Diagnostic]:
    """Every permission set that lets fields be edited by roles none of which may save a record of the object."""
    scene = grants.scene
    holders, by_name = held_by(grants), {bundle.name: bundle for bundle in roles(grants)}
    for name, (address, body) in grants.sets.items():
        for parent, held in mapping(body.get("fields")).items():
            rows = mapping(mapping(held).get("fields"))
            edited = [field for field, level in rows.items() if level == "edit"]
            if not edited or not holders.get(name):
                continue
            saving = [role for role in holders[name] if saves(grants, by_name[role], parent)]
            if not saving and any(reads(grants, by_name[role], parent) for role in holders[name]):
                who = listed(sorted(holders[name]))
                message = f"{name} lets {listed(edited)} of {parent} be edited, and {who} may only read its records"
                yield scene.finding("ACCESS010", message, address, ("fields", parent, "fields", edited[0]))
