"""Rule: stages stand in the order records go through them, and their probabilities say the same."""

from collections.abc import Iterator

from crmgov.check.governance.scene import Scene, rows
from crmgov.check.governance.ways import Step, Way
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Edit, Fix

_CERTAIN = {"won": 100, "lost": 0}
_ENDS = ("won", "lost", "closed", "converted")


def stages_stand_in_order(scene: Scene) -> Iterator[Diagnostic]:
    """Open stages stand before those that end a record's way, and their probability does not fall."""
    for way in scene.ways.pipelines.values():
        if scene.retired(way.address):
            continue
        name = parts(way.address)[2]
        places = _places(scene, way)
        ended = likeliest = None
        ends = _ENDS if way.tells_losses else _ENDS[:1]
        for step in way.steps:
            if step.outcome in ends:
                ended = ended or step
            if step.outcome != "open":
                continue
            if ended is not None and _stands(places, ended, step):
                message = f"Open stage {step.name} of {name} stands after {ended.name}, which is {ended.outcome}"
                yield scene.finding("STAGE007", message, way.address, step.route)
            if step.probability is None:
                continue
            if likeliest is None or step.probability >= (likeliest.probability or 0):
                likeliest = step
            elif _stands(places, likeliest, step):
                message = f"{name} goes from {likeliest.name} to {step.name} and its probability falls"
                evidence = (f"{likeliest.name} has {likeliest.probability} percent, {step.name} {step.probability}",)
                yield scene.finding("STAGE008", message, way.address, step.route, evidence=evidence)


def _places(scene: Scene, way: Way) -> dict[str, int]:
    """The places of stages in the stage set, where the order of the pipeline itself may mean nothing.

    A vendor's file lists them in any order, mostly by name; people see them in the order of the stage set.
    """
    names = [step.name for step in way.steps]
    listed = [str(row.get("name")) for row in rows(scene.tree.body(way.chosen).get("stages"))] if way.chosen else []
    by_name = len(names) > 3 and names == sorted(names, key=str.casefold)
    return {name: index for index, name in enumerate(listed)} if scene.files or by_name else {}


def _stands(places: dict[str, int], first: Step, second: Step) -> bool:
    """Whether two stages that follow one another in the pipeline do so in the stage set, where that counts."""
    return not places or places.get(first.name, 0) < places.get(second.name, 0)


def probabilities_fit_outcomes(scene: Scene) -> Iterator[Diagnostic]:
    """A won stage is certain, a lost one has no chance, an open one has not ended."""
    for address in scene.tree.of_kind("StageSet"):
        if scene.retired(address):
            continue
        for row in rows(scene.tree.body(address).get("stages")):
            outcome, chance = str(row.get("outcome") or ""), row.get("probability")
            wanted = _CERTAIN.get(outcome)
            if wanted is None or not isinstance(chance, int) or chance == wanted or row.get("active") is False:
                continue
            route = ("stages", str(row.get("name")), "probability")
            message = f"Stage {row.get('name')} is {outcome} and has a probability of {chance} percent"
            at = scene.tree.where(address, route)
            fix = Fix(f"write {wanted}", (Edit(at, "set", wanted),), safe=True) if at and not scene.files else None
            yield scene.finding("STAGE009", message, address, route, hint=f"{wanted} is right", fix=fix)
