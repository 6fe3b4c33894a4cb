"""Rules: no value runs in a circle through other systems, and no two fields are sent to one."""

from collections.abc import Iterator

from crmgov.check.governance.integration.maps import Maps, Shared, about_field, listed, maps
from crmgov.check.governance.integration.rounds import rounds
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

Arcs = dict[tuple[str, str], Shared]
"""From node to node, what carries the value: a node is Object.Field, or a system and its field."""


def no_loops(scene: Scene) -> Iterator[Diagnostic]:
    """What goes out to a system does not come back as another value, there or by way of others."""
    whole = maps(scene)
    yield from _there_and_back(scene, whole)
    arcs = _arcs(whole)
    edges: dict[str, list[str]] = {}
    for start, end in arcs:
        edges.setdefault(start, []).append(end)
    for circle in rounds(edges):
        way = [arcs[arc] for arc in zip(circle, [*circle[1:], circle[0]], strict=True)]
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
