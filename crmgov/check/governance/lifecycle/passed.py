"""Rules: every handoff says who receives and how fast, and there is one wherever the owner or the phase changes."""

from collections.abc import Iterator
from itertools import pairwise

from crmgov.check.governance.lifecycle.visible import receiver
from crmgov.check.governance.scene import Scene, rows
from crmgov.check.governance.ways import End, Pass, Way
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic


def handoffs_change_the_owner(scene: Scene) -> Iterator[Diagnostic]:
    """Every handoff has a receiver, another one than before, who owns the stage; a time limit; and a way to go."""
    for one in scene.ways.passes:
        yield from _receiver(scene, one)
        yield from _allowed(scene, one)
        if one.body.get("within_hours") is None:
            message = f"{one.name} has no time limit"
            yield scene.finding("HANDOFF004", message, one.address, one.route)


def _receiver(scene: Scene, one: Pass) -> Iterator[Diagnostic]:
    role = receiver(one)
    before = one.source.step.owner if one.source.step is not None else ""
    after = one.target.step.owner if one.target.step is not None else ""
    if not role:
        message = f"{one.name} names no role that receives, and {_told(one.target)} has no owner role"
        yield scene.finding("HANDOFF001", message, one.address, one.route)
    elif role == before and _same_way(one):
        message = f"{one.name} is from {role} to {role}: nobody else takes over"
        belongs = (f"{_told(one.target)} belongs to {after}",) if after and after != role else ()
        evidence = (f"{role} owns {_told(one.source)} already", *belongs)
        yield scene.finding("HANDOFF002", message, one.address, _at_role(one), evidence=evidence)
    elif one.role and after and one.role != after:
        message = f"{one.name} gives to {one.role}, but {_told(one.target)} belongs to {after}"
        way = one.target.way
        related = scene.tree.defined(way.address, ("stages", one.target.stage, "owner_role")) if way is not None else ()
        yield scene.finding("HANDOFF003", message, one.address, _at_role(one), related=related)


def _allowed(scene: Scene, one: Pass) -> Iterator[Diagnostic]:
    """Whether a handoff within a pipeline goes where the stage it leaves may lead."""
    way, leaves, enters = one.source.way, one.source.step, one.target.step
    if way is None or leaves is None or enters is None or not _same_way(one):
        return
    if leaves.next is not None and enters.name not in leaves.next and enters.name != leaves.name:
        message = f"{one.name} goes from {leaves.name} to {enters.name}, where {parts(way.address)[2]} does not lead"
        evidence = (f"next of {leaves.name} is {', '.join(leaves.next) or 'empty'}",)
        related = scene.tree.defined(way.address, (*leaves.route, "next"))
        route = (*one.route, "to", "stage")
        yield scene.finding("HANDOFF013", message, one.address, route, evidence=evidence, related=related)


def _same_way(one: Pass) -> bool:
    """Whether the record stays in its pipeline; one that is converted or made anew may keep its owner."""
    source, target = one.source.way, one.target.way
    return source is not None and target is not None and source.address == target.address and not one.conversion


def _at_role(one: Pass) -> tuple[str, ...]:
    return (*one.route, "role") if one.role else one.route


def _told(end: End) -> str:
    return f"stage {end.stage}" if end.stage else end.object


def owners_change_by_handoff(scene: Scene) -> Iterator[Diagnostic]:
    """In pipelines that a lifecycle names: where a stage leads to a later one of another owner, a handoff says so."""
    named = {way.address for way in _named(scene)}
    for way in scene.ways.pipelines.values():
        if way.address not in named or scene.retired(way.address):
            continue
        places = {step.name: index for index, step in enumerate(way.steps)}
        for index, step in enumerate(way.steps):
            for name in step.next or ():
                later = way.step(name)
                if later is None or places[name] <= index or later.outcome in ("lost", "closed"):
                    continue
                if step.owner and later.owner and step.owner != later.owner and not scene.ways.into(way, name):
                    message = f"{step.name} leads to {name} of {parts(way.address)[2]}, and no handoff says so"
                    evidence = (f"{step.name} belongs to {step.owner}, {name} to {later.owner}",)
                    route = (*step.route, "next", name)
                    yield scene.finding("HANDOFF005", message, way.address, route, evidence=evidence)


def _named(scene: Scene) -> Iterator[Way]:
    """The pipelines that a phase or a handoff names."""
    ends = [end for one in scene.ways.passes for end in (one.source, one.target)]
    for address in scene.own("Lifecycle"):
        ends += [scene.ways.end(phase) for phase in rows(scene.tree.body(address).get("phases"))]
    yield from (end.way for end in ends if end.way is not None)


def phases_are_joined(scene: Scene) -> Iterator[Diagnostic]:
    """From every phase of a lifecycle a handoff leads to the next one."""
    for address in scene.own("Lifecycle"):
        phases = rows(scene.tree.body(address).get("phases"))
        own: dict[tuple[str, str], list[Pass]] = {}
        for one in scene.ways.passes:
            if one.address == address:
                own.setdefault((one.source.object, one.target.object), []).append(one)
        for first, second in pairwise(phases):
            here, there = scene.ways.end(first), scene.ways.end(second)
            between = own.get((here.object, there.object), [])
            if not here.object or not there.object or any(_joins(one, here, there) for one in between):
                continue
            message = f"No handoff leads from phase {first.get('name')} to phase {second.get('name')}"
            evidence = (f"none is from {_phase(here)} to {_phase(there)}",)
            route = ("phases", str(second.get("name")))
            yield scene.finding("HANDOFF006", message, address, route, evidence=evidence)


def _joins(one: Pass, here: End, there: End) -> bool:
    return _within(one.source, here) and _within(one.target, there)


def _within(end: End, phase: End) -> bool:
    """Whether an end of a handoff, of the phase's object, is in its pipeline, or may be."""
    return end.way is None or phase.way is None or end.way.address == phase.way.address


def _phase(end: End) -> str:
    return f"{end.object} in {parts(end.way.address)[2]}" if end.way is not None else end.object
