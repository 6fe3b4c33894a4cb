"""Rule: an integration runs as an identity that may do what it needs, and no more."""

from collections.abc import Iterable, Iterator

from crmgov.check.governance.integration.maps import Maps, listed, maps
from crmgov.check.governance.scene import Scene, mapping, spoken
from crmgov.model.diagnostics import Diagnostic

_ALWAYS_MORE = ("modify_all", "export")
"""Rights on an object that no map of fields needs."""
_WRITING = ("create", "update", "delete", "import")
"""Rights on an object that only a map needs that brings something into it."""
_POWERS = frozenset(
    ("ModifyAllData", "ViewAllData", "ManageUsers", "CustomizeApplication", "AuthorApex", "DataExport",
     "BulkApiHardDelete", "ModifyMetadata", "AssignPermissionSets", "ManageProfilesPermissionsets")
)  # fmt: skip
"""Capabilities that open everything, or change how the CRM works."""


def narrow(scene: Scene) -> Iterator[Diagnostic]:
    """Every permission set that integrations run as, with all it includes."""
    whole = maps(scene)
    of_people = {name for role in scene.access.roles for name in scene.access.of_role(role)}
    for name, integrations in whole.by_identity.items():
        for one in sorted(scene.access.behind(name)):
            address = scene.tree.address("PermissionSet", one)
            if address in scene.snapshot:
                yield from _powers(scene, address, integrations)
                yield from _rights(scene, whole, address, integrations, alone=one not in of_people)


def _powers(scene: Scene, address: str, integrations: list[str]) -> Iterator[Diagnostic]:
    held = mapping(scene.tree.body(address).get("capabilities"))
    names = sorted(name for name in _POWERS if held.get(name) is True)
    if names:
        message = f"{spoken(address)}, which {_running(integrations)} as, has {listed(names)}"
        yield scene.finding("SHARED012", message, address, ("capabilities", names[0]), on_key=True)


def _rights(scene: Scene, whole: Maps, address: str, integrations: list[str], *, alone: bool) -> Iterator[Diagnostic]:
    """Rights beyond the maps. What a set that people hold too may change is theirs to need."""
    objects = mapping(scene.tree.body(address).get("objects"))
    written = {one.object for each in integrations for one in whole.of(each) if one.comes}
    files = any(scene.tree.body(each).get("mode") == "file" for each in integrations)
    mapped = all(scene.tree.body(each).get("mappings") for each in integrations)
    beyond: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for parent, row in objects.items():
        held = [right for right, granted in mapping(row).items() if granted is True]
        more = [right for right in held if right in _ALWAYS_MORE and not (files and right == "export")]
        if alone and mapped and parent not in written:
            more += [right for right in held if right in _WRITING]
        if more:
            beyond.setdefault((tuple(more), parent in written), []).append(parent)
    for (rights, needed), parents in beyond.items():
        why = "" if needed else f", into which {'it brings' if len(integrations) == 1 else 'they bring'} nothing"
        message = f"{_running(integrations)} as {spoken(address)}, which may {_spelt(rights)} {listed(parents)}{why}"
        yield scene.finding("SHARED012", message, address, ("objects", parents[0], rights[0]), on_key=True)


def _running(integrations: list[str]) -> str:
    return f"{listed(spoken(one) for one in integrations)} {'runs' if len(integrations) == 1 else 'run'}"


def _spelt(rights: Iterable[str]) -> str:
    return listed(one.replace("_", " ") for one in rights)
