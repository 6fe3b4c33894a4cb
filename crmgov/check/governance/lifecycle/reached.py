"""Rule: every stage can be reached, and from every open stage a record can come to an end."""

from collections.abc import Iterator
from typing import NamedTuple

from crmgov.check.governance.scene import Scene
from crmgov.check.governance.ways import Way
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

_Edges = dict[str, list[str]]


class _Crossings(NamedTuple):
    """What crosses a pipeline from outside its ``next``.

    ``entered``: stages that records are brought to from elsewhere, by a handoff or an automation. ``left``: stages a
    handoff leads out of. ``moves``: handoffs within the pipeline.
    """

    entered: list[str]
    left: list[str]
    moves: list[tuple[str, str]]


def stages_are_reached(scene: Scene) -> Iterator[Diagnostic]:
    """The stages of every pipeline that says where its stages lead."""
    crossings = _crossings(scene)
    for way in scene.ways.pipelines.values():
        if not scene.retired(way.address) and any(step.next is not None for step in way.steps):
            yield from _unreached(scene, way, crossings[way.address])
            yield from _stuck(scene, way, crossings[way.address])


def _crossings(scene: Scene) -> dict[str, _Crossings]:
    """What crosses each pipeline, by its address."""
    found = {address: _Crossings([], [], []) for address in scene.ways.pipelines}
    for one in scene.ways.passes:
        source, target = one.source.way, one.target.way
        if source is not None and target is not None and source.address == target.address:
            found[source.address].moves.append((one.source.stage, one.target.stage))
            continue
        if target is not None:
            found[target.address].entered.append(one.target.stage)
        if source is not None:
            found[source.address].left.append(one.source.stage)
    written: dict[tuple[str, str], list[str]] = {}
    for behaviour in scene.behaviours.values():
        for field, value in behaviour.sets.items():
            if behaviour.active and isinstance(value, str):
                written.setdefault(field, []).append(value)
    for way in scene.ways.pipelines.values():
        found[way.address].entered.extend(written.get(stage_field(scene, way), ()))
    return found


def stage_field(scene: Scene, way: Way) -> tuple[str, str]:
    """The object and the field that hold the stage; empty where the stage set does not say."""
    held = scene.tree.body(way.chosen).get("field") if way.chosen else None
    parent, _, name = held.partition(".") if isinstance(held, str) else ("", "", "")
    return parent, name


def _from(starts: list[str], edges: _Edges, seen: set[str]) -> set[str]:
    """Everything that edges lead to and that was not seen before, the starts included; then it is seen."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        one = waiting.pop()
        if one not in seen:
            found.add(one)
            seen.add(one)
            waiting += edges.get(one, ())
    return found


def _unreached(scene: Scene, way: Way, crossings: _Crossings) -> Iterator[Diagnostic]:
    """Stages that records neither start in, nor are brought to, nor led to; what only they lead to is told with them.

    An open stage that does not say where it leads may lead anywhere.
    """
    edges = {step.name: list(step.next or ()) for step in way.steps}
    for source, target in crossings.moves:
        edges.setdefault(source, []).append(target)
    start = way.start.name if way.start is not None else ""
    reached = _from([start, *crossings.entered], edges, set())
    if any(step.name in reached and step.next is None and step.outcome in ("", "open") for step in way.steps):
        return
    lost = [step for step in way.steps if step.name not in reached]
    led = {name for step in lost for name in edges[step.name] if name != step.name}
    places = {step.name: index for index, step in enumerate(way.steps)}
    seen = set(reached)
    for step in sorted(lost, key=lambda one: one.name in led):
        if step.name in seen:
            continue
        after = _from([step.name], edges, seen) - {step.name}
        with_it = sorted(after & places.keys(), key=places.__getitem__)
        evidence = [f"records start in {start}, and nothing that they reach leads there"]
        if with_it:
            evidence.append(f"out of reach with it: {', '.join(with_it)}")
        message = f"No record can reach stage {step.name} of {parts(way.address)[2]}"
        yield scene.finding("STAGE004", message, way.address, step.route, evidence=tuple(evidence))


def _stuck(scene: Scene, way: Way, crossings: _Crossings) -> Iterator[Diagnostic]:
    """Open stages from which no way leads to one that is not open, or to another pipeline.

    Some CRMs tell of leads only that they were converted: there a stage that leads nowhere is meant as an end.
    """
    ends = [step.name for step in way.steps if step.outcome != "open" or way.ends(step)]
    if not ends and not crossings.left:
        return  # the pipeline as a whole has no end
    anywhere = [step.name for step in way.steps if step.next is None]
    back: _Edges = {}
    for step in way.steps:
        for name in step.next or ():
            back.setdefault(name, []).append(step.name)
    for source, target in crossings.moves:
        back.setdefault(target, []).append(source)
    ending = _from([*ends, *anywhere, *crossings.left], back, set())
    for step in way.steps:
        if step.name not in ending:
            leads = [name for name in step.next or () if name != step.name]
            evidence = f"it leads to {', '.join(leads)} and no further" if leads else "it leads nowhere"
            message = f"A record in stage {step.name} of {parts(way.address)[2]} can never be closed"
            yield scene.finding("STAGE005", message, way.address, step.route, evidence=(evidence,))


def pipelines_end(scene: Scene) -> Iterator[Diagnostic]:
    """Every pipeline all of whose outcomes are known: it has an end, and one for each way a deal can end."""
    crossings = _crossings(scene)
    for way in scene.ways.pipelines.values():
        outcomes = {step.outcome for step in way.steps}
        if scene.retired(way.address) or not outcomes or "" in outcomes:
            continue
        name = parts(way.address)[2]
        if outcomes == {"open"}:
            message = f"No stage of {name} ends a record's way"
            if not crossings[way.address].left:
                evidence = (f"all of its {len(way.steps)} stages are open",)
                yield scene.finding("STAGE006", message, way.address, ("stages",), evidence=evidence)
        elif ("won" in outcomes) != ("lost" in outcomes) and outcomes <= {"open", "won", "lost"}:
            missing = "lost" if "won" in outcomes else "won"
            message = f"No stage of {name} says that a record is {missing}"
            ending = ", ".join(step.name for step in way.steps if step.outcome != "open")
            evidence = (f"the only stages that are not open: {ending}",)
            yield scene.finding("STAGE006", message, way.address, ("stages",), evidence=evidence)
