"""Rule: a validation stops nobody at a field that no one may see."""

from collections.abc import Iterator

from crmgov.check.governance.lifecycle.read import Read, stages_named, validation_reads
from crmgov.check.governance.lifecycle.sight import Sight
from crmgov.check.governance.scene import Scene, spoken
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

FEWEST = 4
"""Fields of an object that must be granted before its grants are taken to be kept in this tree."""
_UNSEEN_OBJECTS = ("__mdt", "__e", "__b", "__x")
"""Suffixes of objects whose fields nobody needs a grant for, or that no validation of a person's save looks at."""


def validations_read_what_is_seen(scene: Scene) -> Iterator[Diagnostic]:
    """Every active validation, on objects whose field grants are kept in the tree.

    A vendor's project without a single profile keeps grants elsewhere; so does an object few of whose fields have one.
    """
    if scene.files and not any(body.get("profile") is True for body in scene.access.sets.values()):
        return
    sight = Sight(scene)
    kept: dict[str, tuple[int, int]] = {}
    for address in scene.own("Validation"):
        if scene.tree.body(address).get("active") is False:
            continue
        for read in validation_reads(scene, address):
            if not _needs_grant(scene, sight, read) or scene.access.anybody_reads(read.object, read.name):
                continue
            if read.object not in kept:
                kept[read.object] = _granted(scene, sight, read.object)
            granted, of = kept[read.object]
            if granted >= FEWEST and 4 * granted >= 3 * of:
                yield _finding(scene, address, read, granted, of)


def _finding(scene: Scene, address: str, read: Read, granted: int, of: int) -> Diagnostic:
    field = f"{read.object}.{read.name}"
    evidence = [f"of the {of} fields of {read.object} that need a grant, {granted} have one"]
    stages = sorted(stages_named(scene, address, _stage_field(scene, address)))
    if stages:
        evidence.append(f"the rule asks about stage {', '.join(stages)}")
    layouts = sorted(parts(layout)[2] for layout in scene.shown.on(read.object, read.name))
    if layouts:
        evidence.append(f"{read.name} is on {', '.join(layouts[:3])}, where it shows for nobody")
    if scene.snapshot.hidden:
        evidence.append(f"{scene.snapshot.hidden} files that the project's own ignore rules hide were not looked at")
    return scene.finding(
        "HANDOFF010",
        f"{spoken(address)} stops people by {field}, which no permission set or profile here lets anybody see",
        address,
        read.route,
        evidence=tuple(evidence),
        related=scene.tree.defined(read.address),
    )


def _stage_field(scene: Scene, address: str) -> str:
    """The field that holds the stage of a validation's object; empty where there is none, or several."""
    chosen = scene.session.listings.only_set(parts(address)[1] or "")
    held = scene.tree.body(chosen).get("field") if chosen else None
    return held.partition(".")[2] if isinstance(held, str) else ""


def _granted(scene: Scene, sight: Sight, parent: str) -> tuple[int, int]:
    """How many fields of an object have a grant, and how many need one."""
    needing = [name for name in sight.fields.get(parent, ()) if sight.takes_grant(parent, name)]
    return sum(scene.access.anybody_reads(parent, name) for name in needing), len(needing)


def _needs_grant(scene: Scene, sight: Sight, read: Read) -> bool:
    """Whether a field is one that is seen only where a grant says so, on an object with records of its own."""
    if read.object.endswith(_UNSEEN_OBJECTS) or _is_setting(scene, read.object):
        return False
    return sight.takes_grant(read.object, read.name)


def _is_setting(scene: Scene, parent: str) -> bool:
    address = scene.tree.address("Object", parent)
    if address not in scene.snapshot.bodies:
        return False
    native = scene.tree.body(address).get("native")
    held = native.get("salesforce") if isinstance(native, dict) else None
    return isinstance(held, dict) and held.get("customSettingsType") is not None
