"""Rules: no value runs in a circle through other systems, and no two fields are sent to one."""

from collections.abc import Iterator

from crmgov.check.circles import circles
from crmgov.check.governance.integration.maps import Maps, Shared, about_field, listed, maps
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

Arcs = dict[tuple[str, str], Shared]
"""From node to node, what carries the value: a node is Object.Field, or a system and its field."""


def no_loops(scene: Scene) -> Iterator[Diagnostic]:
    """What goes out to a system does not come back as another value, there or by way of others."""
    whole = maps(scene)
    yield from _there_and_back(scene, whole)
    arcs = _pruned(_arcs(whole))
    named = {_name(arc): shared for arc, shared in arcs.items()}
    for circle in circles(_turns(arcs)):
        way = [named[one] for one in circle]
        fields = listed(dict.fromkeys(one.ours for one in way))
        systems = listed(dict.fromkeys(one.spelt for one in way))
        message = f"What is in {fields} runs in a circle through {systems}"
        yield about_field(scene, "SHARED004", message, way[0], key="ours", beside=way[1:])


def _there_and_back(scene: Scene, whole: Maps) -> Iterator[Diagnostic]:
    """The same pair of fields shared in each direction by a map of its own, without one truth."""
    for sharing in whole.by_field.values():
        out = {one.there: one for one in sharing if one.direction == "out"}
        for one in sharing:
            other = out.get(one.there)
            if one.direction != "in" or one.on_conflict == "keep" or other is None:
                continue
            if not one.truth or one.truth != other.truth:
                message = (
                    f"{one.ours} is sent to {one.spelt} and comes back from the same field, "
                    "and the two maps name no common truth"
                )
                yield about_field(scene, "SHARED004", message, one, key="direction", beside=[other])


def _arcs(whole: Maps) -> Arcs:
    arcs: Arcs = {}
    for one in whole.shared:
        there = f"{one.system}\0{one.theirs}"
        if one.goes:
            arcs.setdefault((one.ours, there), one)
        if one.comes and one.on_conflict != "keep":
            arcs.setdefault((there, one.ours), one)
    return arcs


def _pruned(arcs: Arcs) -> Arcs:
    """The arcs between nodes that several others lead to or from: nothing else can lie on a circle of three or more."""
    beside: dict[str, set[str]] = {}
    for start, end in arcs:
        beside.setdefault(start, set()).add(end)
        beside.setdefault(end, set()).add(start)
    ends = [node for node, others in beside.items() if len(others) == 1]
    while ends:
        node = ends.pop()
        for other in beside.pop(node, ()):
            beside[other].discard(node)
            if len(beside[other]) == 1:
                ends.append(other)
            elif not beside[other]:
                beside.pop(other)
    return {arc: shared for arc, shared in arcs.items() if arc[0] in beside and arc[1] in beside}


def _turns(arcs: Arcs) -> dict[str, list[str]]:
    """For each arc, those that follow it without going straight back."""
    leaving: dict[str, list[str]] = {}
    for start, end in arcs:
        leaving.setdefault(start, []).append(end)
    return {_name((a, b)): [_name((b, c)) for c in leaving.get(b, ()) if c != a] for a, b in arcs}


def _name(arc: tuple[str, str]) -> str:
    return "\n".join(arc)


def one_sender(scene: Scene) -> Iterator[Diagnostic]:
    """Two fields of one record are not sent to the same field of another system."""
    for sharing in maps(scene).by_theirs.values():
        sent: dict[str, Shared] = {}
        for one in sharing:
            if not one.goes:
                continue
            first = sent.setdefault(one.object, one)
            if first.field != one.field:
                message = f"{first.ours} and {one.ours} are both sent to {one.theirs} of {one.spelt}"
                yield about_field(scene, "SHARED005", message, one, key="theirs", beside=[first])
