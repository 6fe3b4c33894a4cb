"""Circles in a graph, each told once."""

from collections.abc import Collection, Iterator, Mapping


def circles(edges: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """One shortest circle of each group of nodes that reach one another, beginning at its smallest member.

    Takes time in proportion to the edges for finding the groups, and as much again within each group.
    """
    for group in groups(edges):
        start = min(group)
        if len(group) > 1 or start in edges.get(start, ()):
            yield _shortest(edges, start, set(group))


def _shortest(edges: Mapping[str, Collection[str]], start: str, group: set[str]) -> list[str]:
    """The shortest way from a node back to itself, without the return."""
    before: dict[str, str] = {}
    ring = [start]
    while ring:
        following = []
        for node in ring:
            for after in edges.get(node, ()):
                if after == start:
                    return _way(before, node, start)
                if after in group and after not in before:
                    before[after] = node
                    following.append(after)
        ring = following
    raise AssertionError("a group of nodes that reach one another holds a circle")


def _way(before: Mapping[str, str], end: str, start: str) -> list[str]:
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


def groups(edges: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """Groups of nodes that reach one another (Tarjan), without recursion."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    open_nodes: dict[str, None] = {}
    for root in edges:
        if root in number:
            continue
        number[root] = low[root] = len(number)
        open_nodes[root] = None
        work = [(root, iter(edges.get(root, ())))]
        while work:
            node, rest = work[-1]
            after = next(rest, None)
            if after is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    yield _closed(open_nodes, node)
            elif after not in number:
                number[after] = low[after] = len(number)
                open_nodes[after] = None
                work.append((after, iter(edges.get(after, ()))))
            elif after in open_nodes:
                low[node] = min(low[node], number[after])


def _closed(open_nodes: dict[str, None], node: str) -> list[str]:
    group: list[str] = []
    while not group or group[-1] != node:
        group.append(open_nodes.popitem()[0])
    return group
