"""Rule: every stage can be reached, and from every open stage a record can come to an end."""

from collections.abc import Iterator

from crmgov.check.governance.scene import Scene
from crmgov.check.governance.ways import Way
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

_Edges = dict[str, list[str]]


def stages_are_reached(scene: Scene) -> Iterator[Diagnostic]:
    """The stages of every pipeline that says where its stages lead."""
    entered, left = _crossings(scene)
    for way in scene.ways.pipelines.values():
        if not scene.retired(way.address) and any(step.next is not None for step in way.steps):
            yield from _unreached(scene, way, entered.get(way.address, []))
            yield from _stuck(scene, way, left.get(way.address, []))


def _crossings(scene: Scene) -> tuple[_Edges, _Edges]:
    """By pipeline: the stages a handoff or an automation brings records to, and those a handoff leads out of."""
    entered: _Edges = {}
    left: _Edges = {}
    for one in scene.ways.passes:
        source, target = one.source.way, one.target.way
        if target is not None:
            entered.setdefault(target.address, []).append(one.target.stage)
        if source is not None and (target is None or target.address != source.address):
            left.setdefault(source.address, []).append(one.source.stage)
    written: dict[tuple[str, str], list[str]] = {}
    for behaviour in scene.behaviours.values():
        for field, value in behaviour.sets.items():
            if behaviour.active and isinstance(value, str):
                written.setdefault(field, []).append(value)
    for way in scene.ways.pipelines.values():
        entered.setdefault(way.address, []).extend(written.get(stage_field(scene, way), ()))
    return entered, left


def stage_field(scene: Scene, way: Way) -> tuple[str, str]:
    """The object and the field that hold the stage; empty where the stage set does not say."""
    held = scene.tree.body(way.chosen).get("field") if way.chosen else None
    parent, _, name = held.partition(".") if isinstance(held, str) else ("", "", "")
    return parent, name


def _from(starts: list[str], edges: _Edges) -> set[str]:
    """Everything that edges lead to, the starts included."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += edges.get(one, ())
    return found


def _unreached(scene: Scene, way: Way, entered: list[str]) -> Iterator[Diagnostic]:
    """Stages that records neither start in, nor are brought to, nor led to.

    An open stage that does not say where it leads may lead anywhere.
    """
    edges = {step.name: step.next or [] for step in way.steps}
    start = way.start.name if way.start is not None else ""
    reached = _from([start, *entered], edges)
    if any(step.name in reached and step.next is None and step.outcome in ("", "open") for step in way.steps):
        return
    leads: _Edges = {}
    for name, to in edges.items():
        for one in to:
            leads.setdefault(one, []).append(name)
    for step in way.steps:
        if step.name not in reached:
            before = sorted(name for name in leads.get(step.name, ()) if name != step.name)
            led = f"only {', '.join(before)} lead there, out of reach too" if before else "next of no stage names it"
            message = f"No record can reach stage {step.name} of {parts(way.address)[2]}"
            evidence = (led, f"records start in {start}")
            yield scene.finding("STAGE004", message, way.address, step.route, evidence=evidence)


def _stuck(scene: Scene, way: Way, left: list[str]) -> Iterator[Diagnostic]:
    """Open stages from which no way leads to one that is not open, or to another pipeline.

    Some CRMs tell of leads only that they were converted: there a stage that leads nowhere is meant as an end.
    """
    ends = [step.name for step in way.steps if step.outcome != "open" or way.ends(step)]
    if not ends and not left:
        return  # the pipeline as a whole has no end
    anywhere = [step.name for step in way.steps if step.next is None]
    back: _Edges = {}
    for step in way.steps:
        for name in step.next or ():
            back.setdefault(name, []).append(step.name)
    ending = _from([*ends, *anywhere, *left], back)
    for step in way.steps:
        if step.name not in ending:
            leads = [name for name in step.next or () if name != step.name]
            evidence = f"it leads to {', '.join(leads)} and no further" if leads else "it leads nowhere"
            message = f"A record in stage {step.name} of {parts(way.address)[2]} can never be closed"
            yield scene.finding("STAGE005", message, way.address, step.route, evidence=(evidence,))


def pipelines_end(scene: Scene) -> Iterator[Diagnostic]:
    """Every pipeline all of whose outcomes are known: it has an end, and one for each way a deal can end."""
    _, left = _crossings(scene)
    for way in scene.ways.pipelines.values():
        outcomes = {step.outcome for step in way.steps}
        if scene.retired(way.address) or not outcomes or "" in outcomes:
            continue
        name = parts(way.address)[2]
        if outcomes == {"open"}:
            message = f"No stage of {name} ends a record's way"
            if not left.get(way.address):
                evidence = (f"all of its {len(way.steps)} stages are open",)
                yield scene.finding("STAGE006", message, way.address, ("stages",), evidence=evidence)
        elif ("won" in outcomes) != ("lost" in outcomes) and outcomes <= {"open", "won", "lost"}:
            missing = "lost" if "won" in outcomes else "won"
            message = f"No stage of {name} says that a record is {missing}"
            ending = ", ".join(step.name for step in way.steps if step.outcome != "open")
            evidence = (f"the only stages that are not open: {ending}",)
            yield scene.finding("STAGE006", message, way.address, ("stages",), evidence=evidence)
