"""Under what condition each element of a flow is reached."""

from collections.abc import Iterator, Mapping, Sequence

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.derive import nodes
from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.xml import Tree

UNKNOWN: Body = {"formula": "unknown"}
"""A condition that cannot be said."""
Rules = Mapping[str, Sequence[tuple[str, Body]]]
_STEPS = 400
"""Steps followed in one flow: more ways through it than that are not told apart."""
_MANY = 50
"""Branches of one decision that are told apart."""
_WAYS = 4
"""Ways to one element that are told apart."""
_NEXT = ("connector", "nextValueConnector", "noMoreValuesConnector")


def guards(tree: Tree | str, rules: Rules) -> dict[str, Body]:
    """By name of an element: when it is reached from the start without waiting; ``{}`` is always.

    ``rules`` gives, for each decision, what its rules compare, in their order.
    """
    if isinstance(tree, str):
        return {}
    elements = {child(value, "name"): value for _, value in tree if isinstance(value, list) and child(value, "name")}
    first = next((to for node in nodes(tree, "start") for to in _targets(node, ("connector",))), "")
    found: dict[str, list[Body]] = {}
    waiting: list[tuple[str, tuple[Body, ...], frozenset[str]]] = [(first, (), frozenset())] if first else []
    steps = 0
    while waiting:
        name, path, passed = waiting.pop()
        if name in passed or name not in elements:
            continue
        steps += 1
        ways = found.setdefault(name, [])
        condition = _all(path)
        if condition in ways:
            continue
        ways.append(condition)
        if steps > _STEPS:
            return dict.fromkeys(found, UNKNOWN)
        if len(ways) <= _WAYS + 1:
            path = path if len(ways) <= _WAYS else (UNKNOWN,)
            waiting += [(to, (*path, *more), passed | {name}) for to, more in _onward(elements[name], rules.get(name))]
    return {name: _any(ways) for name, ways in found.items()}


def _onward(element: Tree, rules: Sequence[tuple[str, Body]] | None) -> Iterator[tuple[str, tuple[Body, ...]]]:
    """Where an element leads, and what must hold for it."""
    if rules is None:
        for to in _targets(element, _NEXT):
            yield to, ()
        return
    before: list[Body] = []
    for rule, (_, when) in zip(nodes(element, "rules"), rules, strict=False):
        for to in _targets(rule, ("connector",)):
            yield to, (*before, when)
        before = [*before, {"not": when}] if len(before) < _MANY else [UNKNOWN] * len(before)
    for to in _targets(element, ("defaultConnector",)):
        yield to, tuple(before)


def _targets(node: Tree, tags: tuple[str, ...]) -> Iterator[str]:
    for tag in tags:
        for connector in nodes(node, tag):
            if child(connector, "targetReference"):
                yield child(connector, "targetReference")


def _all(path: tuple[Body, ...]) -> Body:
    return {"all": list(path)} if path else {}


def _any(ways: list[Body]) -> Body:
    if {} in ways:
        return {}
    if len(ways) > _WAYS:
        return UNKNOWN
    return ways[0] if len(ways) == 1 else {"any": ways}
