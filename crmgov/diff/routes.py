"""Three-way judgement of one resource, route by route: intent, drift, conflict or nothing. Pure.

Intent is desired now against desired last; drift is live against observed last. What was sent and kept otherwise by
the vendor is neither, and is not sent again.
"""

from typing import Any

import msgspec
from msgspec import UNSET

from crmgov.diff.values import is_empty, merge_order, present, same, same_order
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.model.flat import ORDER, Flat, is_element
from crmgov.model.operations import RouteChange
from crmgov.model.provider import INSIDE


class Verdict(msgspec.Struct):
    """What is to be done about one resource, and what is to be told.

    ``intents`` change the live resource (before: live). ``drifts`` were made by hand (before: observed last, after:
    live). ``conflicts`` moved on both sides (before: live, after: desired). ``overwritten`` counts live values that an
    intent replaces though nothing was ever applied from here. ``unresettable`` lost their line and have no default.
    """

    intents: list[RouteChange] = []
    drifts: list[RouteChange] = []
    conflicts: list[RouteChange] = []
    overwritten: int = 0
    unresettable: list[Route] = []
    removed_elements: list[Route] = []
    """Intents that remove an element because its line is gone: these need proof of intent."""


class States(msgspec.Struct, frozen=True, kw_only=True):
    """The four pictures of one resource as routes; ``last`` and ``observed`` are None without a baseline."""

    kind: str
    desired: Flat
    live: Flat
    last: Flat | None = None
    observed: Flat | None = None
    complete: bool = False
    resets: Body = {}


def judge(states: States) -> Verdict:
    """Judge every route of a resource that exists both in the tree and live."""
    verdict = Verdict()
    covered: set[Route] = set()
    """Elements, and collections emptied by ``null``, whose fate covers all below them."""
    for route in sorted(states.desired, key=_outer_first):
        if not _below(route, covered):
            _judge_stated(states, route, verdict, covered)
    if states.last is not None:
        for route in sorted(states.last.keys() - states.desired.keys(), key=_outer_first):
            if not _below(route, covered):
                _judge_gone(states, route, states.last, verdict, covered)
    _judge_additions(states, verdict)
    return verdict


def _outer_first(route: Route) -> tuple[int, bool, Route]:
    """Elements before what is below them, orders after the elements they speak of."""
    return len(route), route[-1] == ORDER, route


def _below(route: Route, covered: set[Route]) -> bool:
    return any(route[:depth] in covered for depth in range(1, len(route)))


def _judge_stated(states: States, route: Route, verdict: Verdict, covered: set[Route]) -> None:
    desired, live = states.desired[route], states.live.get(route, UNSET)
    if route[-1] == ORDER:
        _judge_order(states, route, verdict)
        return
    if desired is None and (held := _outermost_below(route, states.live)):
        covered.add(route)
        _empty_out(states, route, held, verdict)
        return
    if desired in ([], {}) or same(desired, live):
        return
    change = RouteChange(route=route, before=live, after=desired)
    sort = _sort(states, route, desired, live)
    if sort == "intent":
        verdict.intents.append(change)
        if states.last is None and not is_empty(live) and not present(live):
            verdict.overwritten += 1
        if present(desired):
            covered.add(route)
            _add_below(states, route, verdict)
    elif sort == "drift":
        observed = (states.observed or {}).get(route, UNSET)
        verdict.drifts.append(RouteChange(route=route, before=observed, after=live))
        if present(desired):
            covered.add(route)
    elif sort == "conflict":
        verdict.conflicts.append(change)


def _sort(states: States, route: Route, desired: Any, live: Any) -> str:
    """Whether a difference is intent, drift, conflict, or noise (sent before, kept otherwise by the vendor)."""
    if states.last is None or states.observed is None:
        return "intent"
    last, observed = states.last.get(route, UNSET), states.observed.get(route, UNSET)
    moved_here = not (last is not UNSET and same(desired, last))
    moved_there = not same(observed, live) if observed is not UNSET else not is_empty(live)
    if moved_here and last is UNSET:
        return "intent"
    if moved_here:
        return "conflict" if moved_there else "intent"
    return "drift" if moved_there or (observed is not UNSET and live is UNSET) else "noise"


def _add_below(states: States, element: Route, verdict: Verdict) -> None:
    """All attributes of an element that is added come with it."""
    verdict.intents.extend(
        RouteChange(route=route, before=UNSET, after=value)
        for route, value in sorted(states.desired.items())
        if len(route) > len(element) and route[: len(element)] == element and value is not None
    )


def _outermost_below(route: Route, flat: Flat) -> list[Route]:
    """What a collection or part holds: the elements and attributes below its route that lie below no other."""
    below = sorted((other for other in flat if len(other) > len(route) and other[: len(route)] == route), key=len)
    found: set[Route] = set()
    for other in below:
        if other[-1] != ORDER and not _below(other, found):
            found.add(other)
    return sorted(found, key=_outer_first)


def _empty_out(states: States, route: Route, held: list[Route], verdict: Verdict) -> None:
    """``null`` at a collection or part: all it holds is to go, but for what was put there by hand since it was sent."""
    sent = states.last is not None and route in states.last and states.last[route] is None
    for other in held:
        live = states.live[other]
        if sent and states.observed is not None:
            observed = states.observed.get(other, UNSET)
            if not same(observed, live):
                verdict.drifts.append(RouteChange(route=other, before=observed, after=live))
            continue
        verdict.intents.append(RouteChange(route=other, before=live, after=UNSET))
        if states.last is None and not is_empty(live) and not present(live):
            verdict.overwritten += 1


def _judge_order(states: States, route: Route, verdict: Verdict) -> None:
    collection = route[:-1]
    wanted: list[str] = states.desired[route]
    live = states.live.get(route) or [r[-1] for r in states.live if r[:-1] == collection and r[-1] != ORDER]
    added = [key for key in wanted if key not in set(live)]
    coming = {change.route[-1] for change in verdict.intents if change.route[:-1] == collection}
    if same_order(wanted, live):
        kept = [key for key in wanted if key in set(live) or key in coming]
        if set(added) & coming and len(kept) > 1:
            verdict.intents.append(RouteChange(route=route, before=live, after=merge_order(kept, live)))
        return
    kept = [key for key in wanted if key in set(live) or key in coming]
    change = RouteChange(route=route, before=live, after=merge_order(kept, live))
    last = (states.last or {}).get(route)
    observed = (states.observed or {}).get(route)
    if last is None or not same_order(wanted, last):
        verdict.intents.append(change)
    elif observed is not None and not same_order(observed, live):
        verdict.drifts.append(RouteChange(route=route, before=observed, after=live))


def _judge_gone(states: States, route: Route, last: Flat, verdict: Verdict, covered: set[Route]) -> None:
    """A route that was applied and is no longer written."""
    live = states.live.get(route, UNSET)
    if route[-1] == ORDER or last[route] is None or last[route] in ([], {}):
        return
    if is_element(states.kind, route):
        covered.add(route)
        if _collection_gone(states, route):
            verdict.unresettable.append(route)
        elif live is not UNSET:
            verdict.intents.append(RouteChange(route=route, before=live, after=UNSET))
            verdict.removed_elements.append(route)
        return
    observed = (states.observed or {}).get(route, UNSET)
    if observed is not UNSET and not same(observed, live):
        return  # changed by hand and no longer governed: the live value stays
    default = states.resets.get(route[-1] if len(route) == 1 else INSIDE, UNSET)
    if default is UNSET:
        if not is_empty(live):
            verdict.unresettable.append(route)
    elif not same(default, live):
        after = UNSET if default is None else default
        verdict.intents.append(RouteChange(route=route, before=live, after=after))


def _collection_gone(states: States, element: Route) -> bool:
    """Whether the whole collection an element stood in is no longer written."""
    collection = element[:-1]
    return not any(route[: len(collection)] == collection for route in states.desired)


def _judge_additions(states: States, verdict: Verdict) -> None:
    """Elements that are live in a collection written here, and are written nowhere."""
    collections = {
        route[:depth]
        for route in states.desired
        for depth in range(1, len(route))
        if _is_collection(states, route, depth)
    } | {route for route, value in states.desired.items() if value in ([], {})}
    removed = {change.route for change in verdict.intents if change.after is UNSET}
    for route, value in sorted(states.live.items()):
        if route in states.desired or route in removed or route[:-1] not in collections or route[-1] == ORDER:
            continue
        if not is_element(states.kind, route):
            continue
        if states.complete:
            verdict.intents.append(RouteChange(route=route, before=value, after=UNSET))
        elif states.observed is not None and route not in states.observed:
            verdict.drifts.append(RouteChange(route=route, before=UNSET, after=value))


def _is_collection(states: States, route: Route, depth: int) -> bool:
    return route[depth] == ORDER or is_element(states.kind, route[: depth + 1])
