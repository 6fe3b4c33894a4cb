"""Rule: every stage can be reached, and from every open stage a record can come to an end."""

from collections.abc import Iterator

from crmgov.check.governance.scene import Scene
from crmgov.check.governance.ways import Way
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

_Edges = dict[str, list[str]]


def stages_are_reached(scene: Scene) -> Iterator[Diagnostic]:
    """The stages of every pipeline that says where its stages lead."""
    for way in scene.ways.pipelines.values():
        if scene.retired(way.address) or all(step.next is None for step in way.steps):
            continue
        edges = _edges(way)
        yield from _unreached(scene, way, edges)
        yield from _stuck(scene, way, edges)


def _edges(way: Way) -> _Edges:
    """Where each stage leads; one that does not say leads anywhere while it is open, and nowhere when it is not."""
    every = [step.name for step in way.steps]
    anywhere = {step.name: every if step.outcome in ("", "open") else [] for step in way.steps}
    return {step.name: anywhere[step.name] if step.next is None else step.next for step in way.steps}


def _from(starts: list[str], edges: _Edges) -> set[str]:
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += edges.get(one, ())
    return found


def _unreached(scene: Scene, way: Way, edges: _Edges) -> Iterator[Diagnostic]:
    """Stages that records neither start in, nor are handed to, nor put in by an automation, nor led to."""
    starts = [way.start.name] if way.start is not None else []
    starts += [one.target.stage for one in scene.ways.passes if _arrives(one.target.way, way)]
    starts += _set_by_automations(scene, way)
    reached = _from(starts, edges)
    for step in way.steps:
        if step.name not in reached:
            begins = way.start.name if way.start is not None else ""
            message = f"No record can reach stage {step.name} of {parts(way.address)[2]}"
            leads = sorted(name for name, to in edges.items() if step.name in to and name != step.name)
            evidence = f"only {', '.join(leads)} lead there, out of reach too" if leads else "next of no stage names it"
            told = (evidence, f"records start in {begins}")
            yield scene.finding("STAGE004", message, way.address, step.route, evidence=told)


def _arrives(target: Way | None, way: Way) -> bool:
    return target is not None and target.address == way.address


def _set_by_automations(scene: Scene, way: Way) -> list[str]:
    field = stage_field(scene, way)
    return [
        value
        for one in scene.behaviours.values()
        if one.active
        for target, value in one.sets.items()
        if target == field and isinstance(value, str)
    ]


def stage_field(scene: Scene, way: Way) -> tuple[str, str]:
    """The object and the field that hold the stage; empty where the stage set does not say."""
    held = scene.tree.body(way.chosen).get("field") if way.chosen else None
    parent, _, name = held.partition(".") if isinstance(held, str) else ("", "", "")
    return parent, name


def _stuck(scene: Scene, way: Way, edges: _Edges) -> Iterator[Diagnostic]:
    """Open stages from which no way leads to one that is not open, or to another pipeline.

    Some CRMs tell of leads only that they were converted: there a stage that leads nowhere is meant as an end.
    """
    left = {
        one.source.stage
        for one in scene.ways.passes
        if _arrives(one.source.way, way) and not _arrives(one.target.way, way)
    }
    ends = {step.name for step in way.steps if step.outcome != "open" or way.ends(step)} | left
    for step in way.steps:
        if step.outcome == "open" and not ends & _from([step.name], edges):
            leads = [name for name in edges[step.name] if name != step.name]
            evidence = f"it leads to {', '.join(leads)} and no further" if leads else "it leads nowhere"
            message = f"A record in stage {step.name} of {parts(way.address)[2]} can never be closed"
            yield scene.finding("STAGE005", message, way.address, step.route, evidence=(evidence,))


def pipelines_end(scene: Scene) -> Iterator[Diagnostic]:
    """Every pipeline all of whose outcomes are known: it has an end, and one for each way a deal can end."""
    for way in scene.ways.pipelines.values():
        outcomes = {step.outcome for step in way.steps}
        if scene.retired(way.address) or not outcomes or "" in outcomes:
            continue
        name = parts(way.address)[2]
        if outcomes == {"open"}:
            handed = any(_arrives(one.source.way, way) for one in scene.ways.passes)
            message = f"No stage of {name} ends a record's way"
            if not handed:
                evidence = (f"all of its {len(way.steps)} stages are open",)
                yield scene.finding("STAGE006", message, way.address, ("stages",), evidence=evidence)
        elif ("won" in outcomes) != ("lost" in outcomes) and outcomes <= {"open", "won", "lost"}:
            missing = "lost" if "won" in outcomes else "won"
            message = f"No stage of {name} says that a record is {missing}"
            ending = ", ".join(step.name for step in way.steps if step.outcome != "open")
            evidence = (f"the only stages that are not open: {ending}",)
            yield scene.finding("STAGE006", message, way.address, ("stages",), evidence=evidence)
