"""Bundles: what a permission set with all it includes, or a role with all it is granted, may do together."""

from collections.abc import Iterator

import msgspec

from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.scene import mapping

EXPORTING = ("DataExport", "ExportReport", "ExportReports")
"""Capabilities that take records out of any object their holder reads (Salesforce: weekly export, export reports)."""


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """Permission sets that one holder has together, less what the group takes back."""

    address: str
    name: str
    sets: tuple[str, ...]
    mutes: tuple[str, ...] = ()


def groups(grants: Grants) -> Iterator[Bundle]:
    """Every permission set made here, with all it includes."""
    access = grants.scene.access
    for name, (address, body) in grants.sets.items():
        mutes = tuple(str(one) for one in body.get("mutes") or ())
        yield Bundle(address=address, name=name, sets=tuple(sorted(access.behind(name))), mutes=mutes)


def roles(grants: Grants) -> Iterator[Bundle]:
    """Every role that stands for permission sets. What a group takes back is taken back from its own sets alone."""
    scene = grants.scene
    for name, body in scene.access.roles.items():
        granted = [str(one) for one in body.get("grants") or ()]
        if granted:
            mutes = {str(one) for group in granted for one in scene.access.sets.get(group, {}).get("mutes") or ()}
            others = len(granted) > 1
            yield Bundle(
                address=scene.tree.address("Role", name),
                name=name,
                sets=tuple(sorted(scene.access.of_role(name))),
                mutes=() if others else tuple(sorted(mutes)),
            )


def who_may(grants: Grants, bundle: Bundle, parent: str, right: str) -> str:
    """The set of a bundle by which its holder has a right on an object; empty where it has not."""
    access = grants.scene.access
    if any(access.object(one, parent, right) for one in bundle.mutes):
        return ""
    return next((one for one in bundle.sets if access.object(one, parent, right)), "")


def reads(grants: Grants, bundle: Bundle, parent: str) -> bool:
    """Whether the holder of a bundle may read records of an object, what is taken back included."""
    return _any(grants, bundle, parent, ("read", "view_all", "modify_all"))


def saves(grants: Grants, bundle: Bundle, parent: str) -> bool:
    """Whether the holder of a bundle may save records of an object, what is taken back included."""
    return _any(grants, bundle, parent, ("create", "update", "modify_all"))


def _any(grants: Grants, bundle: Bundle, parent: str, rights: tuple[str, ...]) -> bool:
    access = grants.scene.access
    return any(access.object(one, parent, right) for one in bundle.sets for right in rights)


def opens(grants: Grants, bundle: Bundle, parent: str, field: str) -> bool:
    """Whether a bundle lets its holder read a field."""
    return grants.scene.access.best(frozenset(bundle.sets), parent, field) in ("read", "edit")


def who_has(grants: Grants, bundle: Bundle, *capabilities: str) -> str:
    """The set of a bundle by which its holder has any of some capabilities; empty where there is none."""
    access = grants.scene.access
    for capability in capabilities:
        if not any(access.capability(one, capability) for one in bundle.mutes):
            found = next((one for one in bundle.sets if access.capability(one, capability)), "")
            if found:
                return found
    return ""


def objects_of(grants: Grants, bundle: Bundle) -> list[str]:
    """The objects a bundle speaks of."""
    bodies = (grants.scene.access.sets.get(one, {}) for one in bundle.sets)
    return sorted({parent for body in bodies for parent in mapping(body.get("objects"))})


def held_by(grants: Grants) -> dict[str, list[str]]:
    """By permission set: the roles that stand for it."""
    found: dict[str, list[str]] = {}
    for role in roles(grants):
        for one in role.sets:
            found.setdefault(one, []).append(role.name)
    return found


def listed(names: list[str], most: int = 4) -> str:
    """Some names in a message, the rest counted."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
