"""Rule: an automation that waits for a stage waits for one that records can be in."""

from collections.abc import Iterator

from crmgov.check.governance.automation.steps import Running, leaves, running
from crmgov.check.governance.automation.truth import test_of
from crmgov.check.governance.scene import Scene, rows
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic


def dead_stages(scene: Scene) -> Iterator[Diagnostic]:
    """Automations whose condition is true only in stages that are switched off, or that no pipeline has."""
    for one in running(scene):
        if not one.does.opaque and one.does.object:
            yield from _one(scene, one)


def _one(scene: Scene, one: Running) -> Iterator[Diagnostic]:
    when, parent = one.body.get("when"), one.does.object
    seen: set[str] = set()
    for leaf in leaves(when, ("when",)):
        listing = scene.session.listings.of_field(parent, leaf.field) if "." not in leaf.field else None
        if leaf.field in seen or listing is None or not listing.stages:
            continue
        seen.add(leaf.field)
        true_of = test_of(when, leaf.field)
        meant = [name for name in listing.values if true_of(name) is not False]
        used = _used(scene, parent, listing.container)
        off = [name for name in meant if listing.values[name].active is False]
        nowhere = [name for name in meant if used is not None and name not in used and name not in off]
        if meant and len(off) + len(nowhere) == len(meant) and true_of(None) is False:
            why = "is switched off" if off else "is in no pipeline"
            names = " or ".join(f'"{name}"' for name in meant)
            message = f"{parts(one.address)[2]} waits for {parent}.{leaf.field} {names}, which {why}"
            related = scene.tree.defined(listing.container, ("stages", meant[0]))
            yield scene.finding("TRIGGER003", message, one.address, leaf.route, related=related)


def _used(scene: Scene, parent: str, stage_set: str) -> set[str] | None:
    """The stages that the object's pipelines have; None where a record may be in no pipeline, or that is not known."""
    listings = scene.session.listings
    pipelines = [one for one in listings.pipelines.get(parent, []) if listings.stage_set_of(one) == stage_set]
    if not pipelines or scene.snapshot.coverage.gap("Pipeline", parent):
        return None
    used: set[str] = set()
    for address in pipelines:
        stages = scene.tree.body(address).get("stages")
        if not isinstance(stages, list):
            return None
        used |= {str(row.get("name")) for row in rows(stages)}
    return used
