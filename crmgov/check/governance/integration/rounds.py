"""Circles of three nodes or more, where going straight back does not count. In time in proportion to the arcs."""

from collections.abc import Collection, Iterator, Mapping

from crmgov.check.circles import groups

Edges = Mapping[str, Collection[str]]


def rounds(edges: Edges) -> Iterator[list[str]]:
    """One circle of three nodes or more of each group of nodes that reach one another, the smallest node first."""
    for group in groups(edges):
        members = set(group)
        inside = _pruned({node: {end for end in edges.get(node, ()) if end in members} for node in group})
        if inside:
            circle = _one_way(inside) or _walked(inside)
            first = circle.index(min(circle))
            yield circle[first:] + circle[:first]


def _pruned(edges: dict[str, set[str]]) -> dict[str, set[str]]:
    """A group without the nodes that only one other leads to and from, and those that are such without them."""
    before: dict[str, set[str]] = {node: set() for node in edges}
    for node, ends in edges.items():
        for end in ends:
            before[end].add(node)
    waiting = [node for node in edges if len(edges[node] | before[node]) <= 1]
    while waiting:
        node = waiting.pop()
        beside = edges.pop(node, set()) | before.pop(node, set())
        for other in beside & edges.keys():
            edges[other].discard(node)
            before[other].discard(node)
            if len(edges[other] | before[other]) <= 1:
                waiting.append(other)
    return edges


def _one_way(edges: dict[str, set[str]]) -> list[str]:
    """The shortest way back along the first arc that has no arc straight back; empty where all have one."""
    for start in sorted(edges):
        for end in sorted(edges[start]):
            if start not in edges[end]:
                return _way(edges, end, start)
    return []


def _way(edges: dict[str, set[str]], start: str, end: str) -> list[str]:
    came: dict[str, str] = {}
    ring = [start]
    while end not in came:
        following = []
        for node in ring:
            for after in sorted(edges[node]):
                if after != start and after not in came:
                    came[after] = node
                    following.append(after)
        ring = following
    way = [end]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]


def _walked(edges: dict[str, set[str]]) -> list[str]:
    """The circle that a walk ends in which never goes straight back: every node leads to two others at the least."""
    before, node = "", min(edges)
    walked: dict[str, int] = {}
    while node not in walked:
        walked[node] = len(walked)
        before, node = node, min(edges[node] - {before})
    return list(walked)[walked[node] :]
