"""Rule: a validation that guards a stage asks about nothing that those who get there cannot see."""

from collections.abc import Iterator

from crmgov.check.governance.lifecycle.read import stages_named, validation_reads
from crmgov.check.governance.lifecycle.sight import Sight
from crmgov.check.governance.scene import Scene, spoken
from crmgov.check.governance.ways import Way
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic


def stages_are_not_stopped_blindly(scene: Scene) -> Iterator[Diagnostic]:
    """Every active validation that names a stage of a pipeline, against the roles that bring records into it."""
    sight = Sight(scene)
    ways: dict[str, list[Way]] = {}
    for way in scene.ways.pipelines.values():
        ways.setdefault(way.object, []).append(way)
    for address in scene.own("Validation"):
        own = ways.get(parts(address)[1] or "", [])
        if own and scene.tree.body(address).get("active") is not False:
            yield from _validation(scene, sight, address, own)


def _validation(scene: Scene, sight: Sight, address: str, ways: list[Way]) -> Iterator[Diagnostic]:
    field = scene.tree.body(ways[0].chosen).get("field") if ways[0].chosen else None
    named = stages_named(scene, address, field.partition(".")[2]) if isinstance(field, str) else set()
    stopped = [(way, step) for way in ways for step in way.steps if step.name in named]
    movers = {(way.address, step.name): scene.ways.movers(way, step) for way, step in stopped}
    for read in validation_reads(scene, address) if stopped else ():
        for way, step in stopped:
            roles = movers[(way.address, step.name)]
            levels = [sight.level(role, read.object, read.name) for role in roles]
            if not roles or any(level not in ("", "none") for level in levels):
                continue
            hidden = f"{read.object}.{read.name}"
            stage = f"stage {step.name} of {parts(way.address)[2]}"
            message = f"{spoken(address)} stops {stage} by {hidden}, which nobody who gets there can see"
            evidence = tuple(f"{role}: {sight.why(role, read.object, read.name)}" for role in roles)
            related = scene.tree.defined(way.address, step.route)
            yield scene.finding("HANDOFF012", message, address, read.route, evidence=evidence, related=related)
            break
