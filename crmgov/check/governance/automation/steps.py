"""What an automation does, step by step: its actions, who they are for, and its conditions with their polarity."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from crmgov.check.governance.behaviour import Behaviour
from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route


class Running(NamedTuple):
    """An automation that is in use and switched on."""

    address: str
    body: Body
    does: Behaviour


class Leaf(NamedTuple):
    """One comparison of a criterion. ``negated``: it stands below an odd number of ``not``."""

    route: Route
    field: str
    op: str
    value: dict[str, Any]
    negated: bool


def running(scene: Scene) -> Iterator[Running]:
    """All automations made here that run."""
    for address in scene.own("Automation"):
        does = scene.behaviours[address]
        if does.active:
            yield Running(address, scene.tree.body(address), does)


def actions(body: Body) -> Iterator[tuple[Route, Body]]:
    """The actions of an automation with their routes, those of its ``otherwise`` included."""
    for collection in ("actions", "otherwise"):
        for action in rows(body.get(collection)):
            yield (collection, str(action.get("name"))), action


def targets(route: Route, action: Body) -> Iterator[tuple[Route, Body]]:
    """Who receives something from an action, at its own level and in its cases."""
    for name in ("to", "otherwise"):
        if isinstance(action.get(name), dict):
            yield (*route, name), action[name]
    for case in rows(action.get("cases")):
        if isinstance(case.get("to"), dict):
            yield (*route, "cases", str(case.get("name")), "to"), case["to"]


def leaves(criterion: Any, route: Route, *, negated: bool = False) -> Iterator[Leaf]:
    """The comparisons of a criterion. A body's nesting is as deep as its file's, which the loader limits."""
    held = mapping(criterion)
    for name in ("all", "any"):
        inner = held.get(name)
        for index, one in enumerate(inner if isinstance(inner, list) else ()):
            yield from leaves(one, (*route, name, str(index)), negated=negated)
    if held.get("not") is not None:
        yield from leaves(held["not"], (*route, "not"), negated=not negated)
    if isinstance(held.get("field"), str) and isinstance(held.get("op"), str):
        yield Leaf(route, held["field"], held["op"], held, negated)


def only_field(criterion: Any) -> str:
    """The one field a criterion looks at; empty where there are several, or none."""
    fields = {leaf.field for leaf in leaves(criterion, ())}
    return fields.pop() if len(fields) == 1 else ""
