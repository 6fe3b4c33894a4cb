"""From desired and live state to operations, as plainly as can be: no ledger, no hazards, no proofs."""

from collections.abc import Iterable, Mapping

from msgspec import UNSET

from crmgov.diff.routes import States, judge
from crmgov.diff.values import is_empty, same, same_order
from crmgov.model.canonical import Body
from crmgov.model.flat import ORDER, build, flatten
from crmgov.model.kinds import KINDS
from crmgov.model.operations import Operation, Outcome, RouteChange
from crmgov.model.provider import Provider
from crmgov.model.snapshot import Snapshot, kind_of

_FIRST = ("Picklist", "StageSet", "Object", "Field")
ORDER_OF_KINDS = {kind: place for place, kind in enumerate((*_FIRST, *(k for k in KINDS if k not in _FIRST)))}


def operations(provider: Provider, desired: Snapshot, live: Snapshot, last: Snapshot | None = None) -> list[Operation]:
    """What makes live state as desired; with ``last``, what it held and desired no longer does goes too."""
    steps: list[tuple[tuple[int, str], str, str, Body | None, Body | None, tuple[RouteChange, ...]]] = []
    for text in desired:
        place = (ORDER_OF_KINDS[kind_of(text)], text)
        if text not in live:
            stated = {r: v for r, v in flatten(kind_of(text), desired.body(text)).items() if v is not None}
            steps.append((place, "add", text, None, build(kind_of(text), stated), ()))
        else:
            changes = intents(provider, desired, live, text, last)
            if changes:
                before = live.body(text)
                steps.append((place, "modify", text, before, patched(kind_of(text), before, changes), tuple(changes)))
    for text in last or ():
        if text not in desired and text in live:
            place = (-ORDER_OF_KINDS[kind_of(text)] - 1, text)
            steps.append((place, "remove", text, live.body(text), None, ()))
    steps.sort(key=lambda step: (step[0][0] < 0, *step[0]))
    return [
        Operation(step=number, action=action, address=text, before=before, after=after, changes=changes)  # type: ignore[arg-type]
        for number, (_, action, text, before, after, changes) in enumerate(steps, start=1)
    ]


def intents(
    provider: Provider, desired: Snapshot, live: Snapshot, text: str, last: Snapshot | None = None
) -> list[RouteChange]:
    """What a plan would change at one address."""
    kind = kind_of(text)
    held = flatten(kind, live.body(text))
    known = last is not None and text in last
    verdict = judge(
        States(
            kind=kind, desired=flatten(kind, desired.body(text)), live=held,
            last=flatten(kind, last.body(text)) if known and last is not None else None,
            observed=held if known else None, resets=dict(provider.capabilities().resets.get(kind, {})),
        )
    )  # fmt: skip
    return [*verdict.intents, *verdict.conflicts]


def patched(kind: str, body: Body, changes: Iterable[RouteChange]) -> Body:
    """A body with changes made."""
    flat = flatten(kind, body)
    for change in changes:
        if change.after is UNSET or change.after is None:
            for route in [r for r in flat if r[: len(change.route)] == change.route]:
                del flat[route]
        else:
            for depth in range(1, len(change.route)):
                if flat.get(change.route[:depth]) in ([], {}, None):
                    flat.pop(change.route[:depth], None)
            flat[change.route] = change.after
    return build(kind, flat)


def apply(provider: Provider, steps: list[Operation], run: str) -> list[Outcome]:
    """Carry operations out; returns all outcomes."""
    outcomes: list[Outcome] = []
    for batch in provider.batches(run, steps):
        handle = provider.submit(batch, {})
        outcomes += provider.settle(batch, handle)
    return outcomes


def differences(
    desired: Snapshot, live: Snapshot, fills: Mapping[str, frozenset[str]] | None = None
) -> list[str]:  # fmt: skip
    """Where live state is not what is desired; with ``fills`` also where it says more than that and those attributes."""
    found = [f"missing: {text}" for text in desired if text not in live]
    found += [f"too much: {text}" for text in live if text not in desired]
    for text in desired:
        if text in live:
            found += _routes(text, desired, live, None if fills is None else fills.get(kind_of(text), frozenset()))
    return found


def _routes(text: str, desired: Snapshot, live: Snapshot, filled: frozenset[str] | None) -> list[str]:
    kind = kind_of(text)
    wanted, held = flatten(kind, desired.body(text)), flatten(kind, live.body(text))
    found = []
    for route, value in wanted.items():
        if route[-1] == ORDER:
            if not same_order(value, held.get(route, [])):
                found.append(f"{text} {route}: order {held.get(route)!r}, not {value!r}")
        elif not same(value, held.get(route)) and not (value in ([], {}) and is_empty(held.get(route))):
            found.append(f"{text} {route}: {held.get(route)!r}, not {value!r}")
    for route, value in held.items() if filled is not None else ():
        if (
            filled is not None
            and wanted.get(route) is None
            and not is_empty(value)
            and route[-1] != ORDER
            and route[0] not in filled
        ):
            found.append(f"{text} {route}: {value!r}, though nothing was said")
    return found
