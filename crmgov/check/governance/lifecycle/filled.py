"""Rule: a field that must be filled before a stage can be filled."""

from collections.abc import Iterator

from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.check.governance.ways import Step, Way
from crmgov.check.tree import parts
from crmgov.check.types import COMPUTED
from crmgov.model.diagnostics import Diagnostic

Fields = set[tuple[str, str]]
"""Fields as (object, name)."""


def required_can_be_filled(scene: Scene) -> Iterator[Diagnostic]:
    """The fields every stage requires: a person, an automation or another system can give them a value."""
    written = written_fields(scene)
    for way in scene.ways.pipelines.values():
        if scene.retired(way.address):
            continue
        for step in way.steps:
            for field in step.required:
                yield from _field(scene, written, way, step, field)


def _field(scene: Scene, written: Fields, way: Way, step: Step, field: str) -> Iterator[Diagnostic]:
    found = scene.session.finder.find("Field", field, way.object)
    facts = scene.tree.field(way.object, found.name) if found.status in ("resource", "shipped", "other_case") else None
    if facts is None or facts.type is None:
        return
    route = (*step.route, "entry", "required", field)
    related = scene.tree.defined(found.address) if found.address else ()
    wanted = f"Stage {step.name} of {parts(way.address)[2]} requires {way.object}.{found.name}"
    if facts.type in COMPUTED:
        message = f"{wanted}, a field of type {facts.type} that nobody can fill"
        yield scene.finding("STAGE010", message, way.address, route, related=related)
        return
    layouts = scene.shown.by_object.get(way.object, [])
    if found.status == "resource" and layouts and not may_be_written(scene, written, way.object, found.name):
        shown = scene.shown.on(way.object, found.name)
        evidence = ("no automation and no integration here writes it",)
        if not shown:
            message = f"{wanted}, which is on no layout of {way.object}"
        elif all(how == "readonly" for _, how in shown.values()):
            message = f"{wanted}, which every layout of {way.object} shows for reading only"
        else:
            return
        yield scene.finding("STAGE010", message, way.address, route, related=related, evidence=evidence)


def may_be_written(scene: Scene, written: Fields, parent: str, field: str) -> bool:
    """Whether something other than a person writes a field, may write it unseen, or every record has a value in it."""
    facts = scene.tree.field(parent, field)
    always = facts is not None and (facts.default is not None or facts.type == "boolean")
    return always or (parent, field) in written or (parent, "") in written


def written_fields(scene: Scene) -> Fields:
    """The fields that active automations and integrations write, and those that handoffs take values over to.

    A field without a name stands for all of an object on which a body works that cannot be read.
    """
    active = [one for one in scene.behaviours.values() if one.active]
    found = {field for one in active for field in one.writes}
    found |= {(one.object, "") for one in active if one.opaque and one.address not in scene.snapshot.derived}
    names: list[object] = []
    for address in scene.tree.of_kind("Integration"):
        body = scene.tree.body(address)
        if body.get("active") is not False:
            names += [row.get("ours") for row in rows(body.get("mappings")) if row.get("direction") != "out"]
    for one in scene.ways.passes:
        names += [mapping(target).get("to") for target in mapping(one.body.get("carry")).values()]
    for name in names:
        parent, point, field = name.partition(".") if isinstance(name, str) else ("", "", "")
        if point:
            found.add((parent, field))
    return found
