"""Rules: rights that are dangerous together are not held together."""

from collections.abc import Iterator

import msgspec

from crmgov.check.bodies import matching_rules
from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.permissions.holders import (
    EXPORTING,
    Bundle,
    groups,
    listed,
    objects_of,
    roles,
    who_has,
    who_may,
)
from crmgov.check.governance.scene import mapping
from crmgov.model.diagnostics import Diagnostic


def everybody_out(grants: Grants) -> Iterator[Diagnostic]:
    """Whoever sees all people in an object and may take them out: a set, a group by its parts, a role by its sets."""
    told: set[str] = set()
    for bundle in sorted(groups(grants), key=lambda one: len(one.sets)):
        if bundle.name not in grants.administration and told.isdisjoint(bundle.sets):
            sets = tuple(one for one in bundle.sets if one not in grants.administration)
            for finding in _combined(grants, msgspec.structs.replace(bundle, sets=sets)):
                told.add(bundle.name)
                yield finding
    for bundle in roles(grants):
        if grants.administration.isdisjoint(bundle.sets) and told.isdisjoint(bundle.sets):
            yield from _combined(grants, bundle)


def _combined(grants: Grants, bundle: Bundle) -> Iterator[Diagnostic]:
    anywhere = who_has(grants, bundle, *EXPORTING)
    pairs: dict[str, tuple[str, str]] = {}
    for parent in objects_of(grants, bundle):
        seeing = parent in grants.personal and (
            who_may(grants, bundle, parent, "view_all") or who_may(grants, bundle, parent, "modify_all")
        )
        taking = seeing and (who_may(grants, bundle, parent, "export") or anywhere)
        if seeing and taking:
            pairs[parent] = (seeing, taking)
    if pairs:
        message = f"{bundle.name} may see every record of {listed(list(pairs))} and take them out"
        apart = {f"{seeing} and {taking}" for seeing, taking in pairs.values() if seeing != taking}
        if apart:
            message += f" (by {listed(sorted(apart))} together)"
        yield grants.scene.finding("ACCESS005", message, bundle.address)


def unmatched_import(grants: Grants) -> Iterator[Diagnostic]:
    """Every right to import into an object where no active rule finds duplicates.

    A vendor's files keep such rules apart from the object, so they are not asked.
    """
    scene = grants.scene
    for name, (address, body) in grants.sets.items() if not scene.files else ():
        for parent, row in mapping(body.get("objects")).items():
            owner = scene.tree.address("Object", parent)
            if mapping(row).get("import") is not True or owner not in scene.snapshot:
                continue
            if not matching_rules(scene.tree.body(owner)):
                message = f"{name} may import into {parent}, where no active matching rule finds duplicates"
                yield scene.finding("ACCESS006", message, address, ("objects", parent, "import"))
