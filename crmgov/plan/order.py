"""The order of steps: a visible table of kinds, and an edge wherever one step needs another. Pure.

Renames come first, additions parents first, removals children first.
"""

import heapq
from collections.abc import Sequence

from msgspec import UNSET

from crmgov.model.address import address, parse
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.flat import is_local
from crmgov.model.references import references, targets
from crmgov.plan.proposals import Proposal

LEVELS = (
    "Setting", "Picklist", "StageSet", "Object", "Role", "Field", "Pipeline", "RecordType", "Team", "Validation",
    "Layout", "PermissionSet", "Automation",
)  # fmt: skip
"""Kinds in the order in which they are made; the reverse is the order in which they are removed."""

_LEVEL = {kind: level for level, kind in enumerate(LEVELS)}


def ordered(steps: Sequence[Proposal]) -> tuple[list[Proposal], list[set[int]], list[Diagnostic]]:
    """The steps in order, for each the positions of the steps it needs, and what is told of cycles.

    A cycle is broken at its first step in the table's order, and reported with its members.
    """
    needs = _needs(steps)
    keys = [_key(step) for step in steps]
    waiting = {index: set(before) for index, before in enumerate(needs)}
    followers: dict[int, list[int]] = {}
    for index, before in enumerate(needs):
        for other in before:
            followers.setdefault(other, []).append(index)
    ready = [(keys[index], index) for index, before in waiting.items() if not before]
    heapq.heapify(ready)
    order: list[int] = []
    problems: list[Diagnostic] = []
    while waiting:
        if not ready:
            cycle = _cycle(waiting)
            problems.append(_tell(steps, cycle))
            first = min(cycle, key=lambda index: keys[index])
            waiting[first] = set()
            ready.append((keys[first], first))
        _, index = heapq.heappop(ready)
        if index not in waiting:
            continue
        del waiting[index]
        order.append(index)
        for follower in followers.get(index, ()):
            if follower in waiting and index in waiting[follower]:
                waiting[follower].discard(index)
                if not waiting[follower]:
                    heapq.heappush(ready, (keys[follower], follower))
    position = {index: place for place, index in enumerate(order)}
    after = [{position[other] for other in needs[index] if position[other] < position[index]} for index in order]
    return [steps[index] for index in order], after, problems


def _key(step: Proposal) -> tuple[int, int, str]:
    level = _LEVEL.get(step.native.partition("/")[0], len(LEVELS))
    if step.action == "rename":
        return 0, level, step.native
    if step.action == "remove" or (step.changes and all(change.after is UNSET for change in step.changes)):
        return 2, -level, step.native
    return 1, level, step.native


def _needs(steps: Sequence[Proposal]) -> list[set[int]]:
    """For each step, the steps that must be done before it."""
    made = {step.native: index for index, step in enumerate(steps) if step.action in ("add", "rename")}
    removed = {step.native: index for index, step in enumerate(steps) if step.action == "remove"}
    if not made and not removed:
        return [set() for _ in steps]
    needs: list[set[int]] = [set() for _ in steps]
    for index, step in enumerate(steps):
        for target in _names(step.native, step.after):
            if target in made and made[target] != index:
                needs[index].add(made[target])
        for target in _names(step.native, step.before):
            if target in removed and removed[target] != index:
                needs[removed[target]].add(index)
    return needs


def _names(native: str, body: Body | None) -> set[str]:
    """What must be there for a body to be: its parent object, and all it refers to but by what only we use."""
    if body is None:
        return set()
    at = parse(native)
    found = {
        target
        for reference in references(at.kind, body, at.name if at.kind == "Object" else at.parent)
        if not is_local(at.kind, reference.route)
        for target in targets(reference)
    }
    return found | ({address("Object", at.parent)} if at.parent is not None else set())


def _cycle(waiting: dict[int, set[int]]) -> list[int]:
    """Some cycle among the steps that wait."""
    index = min(waiting)
    seen: list[int] = []
    while index not in seen:
        seen.append(index)
        index = min(other for other in waiting[index] if other in waiting)
    return seen[seen.index(index) :]


def _tell(steps: Sequence[Proposal], cycle: list[int]) -> Diagnostic:
    members = " -> ".join(steps[index].address for index in [*cycle, cycle[0]])
    return of("PLAN007", f"These wait for one another: {members}", address=steps[cycle[0]].address)
