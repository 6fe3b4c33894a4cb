"""Rule: an integration that creates records brings what a record cannot be without."""

from collections.abc import Iterator

from crmgov.check.governance.integration.maps import Maps, listed, maps
from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.tree import parent_of, parts
from crmgov.check.types import COMPUTED
from crmgov.model.diagnostics import Diagnostic

_OWNER = ("owner", "ownerid")
"""The CRM itself gives a new record an owner: whoever created it."""


def brings_required(scene: Scene) -> Iterator[Diagnostic]:
    """Every required field of an object in which an integration creates records."""
    whole = maps(scene)
    for name, integrations in whole.by_identity.items():
        sets = scene.access.behind(name)
        for address in integrations:
            brought: dict[str, set[str]] = {}
            for one in whole.of(address):
                if one.comes:
                    brought.setdefault(one.object, set()).add(one.field)
            for parent, fields in brought.items():
                if any(scene.access.object(one, parent, "create") for one in sets):
                    yield from _lacking(scene, whole, address, parent, fields)


def _lacking(scene: Scene, whole: Maps, address: str, parent: str, brought: set[str]) -> Iterator[Diagnostic]:
    lacking = [name for name in _required(scene, parent) if name not in brought and not _filled(scene, parent, name)]
    if lacking:
        body = scene.tree.body(address)
        first = next(one for one in whole.of(address) if one.comes and one.object == parent)
        message = (
            f"{body.get('runs_as')} may create {parent}, but the map of {first.spelt} brings no "
            f"{listed(lacking)}, without which no {parent} can be saved"
        )
        yield scene.finding("SHARED011", message, address, (*first.route, "ours"))


def _required(scene: Scene, parent: str) -> Iterator[str]:
    """The fields of an object without which a record is refused."""
    for address in scene.own("Field"):
        if parent_of(address) != parent:
            continue
        data = scene.snapshot.bodies[address]
        if b'"required":true' in data or b'"type":"master_detail"' in data:
            body = scene.tree.body(address)
            if body.get("required") is True or body.get("type") == "master_detail":
                yield parts(address)[2]


def _filled(scene: Scene, parent: str, name: str) -> bool:
    """Whether a new record has a value by itself: a default, a computed value, its owner, or an automation's."""
    facts = scene.tree.field(parent, name)
    body = scene.tree.body(scene.tree.address("Field", name, parent))
    if facts is None or facts.type in (*COMPUTED, "boolean") or facts.default is not None:
        return True
    if name.casefold() in _OWNER or body.get("native"):
        return True  # a vendor's own default stands in native
    listing = scene.session.listings.of_field(parent, name)
    if listing is not None and any(value.default for value in listing.values.values()):
        return True
    if any(one.active and (parent, name) in one.writes for one in scene.behaviours.values()):
        return True
    return any(_chosen(scene, one, name) for one in scene.tree.of_kind("RecordType") if parent_of(one) == parent)


def _chosen(scene: Scene, record_type: str, name: str) -> bool:
    """Whether a record type starts its records with a value of this field."""
    choice = mapping(scene.tree.body(record_type).get("picklists")).get(name)
    return isinstance(choice, dict) and choice.get("default") is not None
