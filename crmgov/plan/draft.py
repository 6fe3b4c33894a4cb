"""From a comparison to proposed changes, with everything that stands beside them. Pure."""

from collections.abc import Iterable

from msgspec import UNSET

from crmgov.diff.inputs import Inputs
from crmgov.diff.routes import States, Verdict, judge
from crmgov.diff.three_way import Comparison, unread
from crmgov.diff.two_way import whole
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Where, of
from crmgov.model.flat import ORDER, build, flatten, route_text
from crmgov.model.operations import RouteChange
from crmgov.model.plans import Cause, Deviation
from crmgov.model.snapshot import kind_of
from crmgov.plan import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.plan.proposals import Draft, Options, Proposal
from crmgov.plan.selection import names, selected


def propose(inputs: Inputs, comparison: Comparison, options: Options) -> Draft:
    """Additions, modifications and renames. ``inputs`` are as they read after the comparison's renames."""
    draft = Draft(unmanaged=comparison.unmanaged, first=not inputs.baseline.exists)
    for native in comparison.added:
        if _takes_part(inputs, native, options):
            _add(inputs, native, draft)
    for native in comparison.missing:
        _missing(inputs, native, options, draft, moved=False)
    for native in comparison.missing_conflicts:
        _missing(inputs, native, options, draft, moved=True)
    for native in sorted(comparison.modified.keys() | comparison.renamed.keys()):
        if _takes_part(inputs, native, options):
            _modify(inputs, comparison, native, options, draft)
    return draft


def repository_name(inputs: Inputs, native: str) -> str:
    """The address the repository uses for a native one, the ledger's where the tree no longer holds it."""
    name = inputs.desired.names.get(native)
    if name is not None:
        return name
    head = inputs.baseline.heads.get(native)
    return head.address if head is not None else native


def place_of(inputs: Inputs, native: str) -> Where | None:
    """Where the document of a native address stands."""
    return inputs.source.places.get(inputs.desired.names.get(native, native))


def _takes_part(inputs: Inputs, native: str, options: Options) -> bool:
    return selected(repository_name(inputs, native), options.only, options.excluded)


def _add(inputs: Inputs, native: str, draft: Draft, *, because: Cause = "intent") -> None:
    body = inputs.desired.snapshot.body(native)
    stated = {route: value for route, value in flatten(kind_of(native), body).items() if value is not None}
    after = build(kind_of(native), stated)
    draft.proposals.append(
        Proposal(
            action="add",
            native=native,
            address=repository_name(inputs, native),
            before=None,
            after=after,
            changes=whole("add", native, after).changes,
            because=because,
        )
    )


def _missing(inputs: Inputs, native: str, options: Options, draft: Draft, *, moved: bool) -> None:
    """A resource of this tree that was there after the last apply and is gone."""
    address = repository_name(inputs, native)
    if not _takes_part(inputs, native, options):
        return
    take = taken(address, options)
    gap = unread(inputs, native)
    if gap:
        asked = moved or _reverts(address, native, options)
        unknown(address, gap, draft, code="PLAN005" if asked else "PLAN013")
        return
    if (moved and take == "yaml") or (not moved and _reverts(address, native, options)):
        _add(inputs, native, draft, because="take" if moved else "revert")
        return
    draft.deviations.append(Deviation(address=address, native=native, sort="removed", text="removed by hand"))
    if moved and take is None:
        _conflict(inputs, native, "it was removed by hand, and its document changed", draft)


def unknown(address: str, gap: str, draft: Draft, *, code: str = "PLAN013") -> None:
    """Nothing can be said of what was not read; an error where a step would rest on it."""
    draft.diagnostics.append(of(code, f"{address} was not read: {gap}", address=address))


def _conflict(inputs: Inputs, native: str, what: str, draft: Draft) -> None:
    address = repository_name(inputs, native)
    draft.diagnostics.append(
        of("PLAN003", f"{address}: {what}", address=address, at=place_of(inputs, native))
    )  # fmt: skip


def taken(address: str, options: Options) -> str | None:
    """Which side of a conflict at an address is taken: yaml, live, or neither yet."""
    for pattern, choice in options.take.items():
        if names(pattern, address):
            return choice
    return None


def _reverts(address: str, native: str, options: Options) -> bool:
    return kind_of(native) in options.revert_kinds or any(names(pattern, address) for pattern in options.revert)


def _modify(inputs: Inputs, comparison: Comparison, native: str, options: Options, draft: Draft) -> None:
    verdict = comparison.modified.get(native, Verdict())
    address = repository_name(inputs, native)
    changes = list(verdict.intents)
    because: Cause = "intent"
    if verdict.drifts:
        if _reverts(address, native, options):
            changes += _reverted(inputs, native, inputs.live.body(native), verdict.drifts)
            because = "revert"
        else:
            draft.deviations.append(
                Deviation(address=address, native=native, sort="changed", changes=tuple(verdict.drifts))
            )
    if verdict.conflicts:
        settled = _settle(inputs, native, verdict, options, draft)
        changes += settled
        because = "take" if settled else because
    for route in verdict.unresettable:
        text = route_text(kind_of(native), route)
        message = f"{address}: {text} is no longer written and cannot be reset"
        draft.diagnostics.append(of("PLAN002", message, address=address, at=place_of(inputs, native)))
    old = comparison.renamed.get(native, "")
    if not changes and not old:
        return
    before = inputs.live.body(native)
    draft.overwritten += verdict.overwritten
    draft.proposals.append(
        Proposal(
            action="rename" if old else "modify",
            native=native,
            address=address,
            before=before,
            after=patched(kind_of(native), before, changes),
            changes=tuple(changes),
            renamed_from=old,
            because=because,
            overwritten=verdict.overwritten,
        )
    )


def _settle(
    inputs: Inputs, native: str, verdict: Verdict, options: Options, draft: Draft
) -> list[RouteChange]:  # fmt: skip
    """Conflicts as changes where the configuration is taken, as deviations where live is, else as errors."""
    address = repository_name(inputs, native)
    choice = taken(address, options)
    if choice == "yaml":
        return verdict.conflicts
    draft.deviations.append(
        Deviation(address=address, native=native, sort="conflict", changes=tuple(verdict.conflicts))
    )  # fmt: skip
    if choice is None:
        routes = ", ".join(route_text(kind_of(native), change.route) for change in verdict.conflicts)
        _conflict(inputs, native, f"{routes} changed both here and by hand", draft)
    return []


def _reverted(inputs: Inputs, native: str, live: Body, drifts: Iterable[RouteChange]) -> list[RouteChange]:
    """Drift as changes that undo it: back to what is written, with all below it, or away with what was added."""
    kind = kind_of(native)
    desired = flatten(kind, inputs.desired.snapshot.body(native))
    undone = [
        RouteChange(route=drift.route, before=drift.after, after=UNSET)
        for drift in drifts
        if drift.route not in desired
    ]
    routes = [drift.route for drift in drifts if drift.route in desired]
    restored = judge(States(kind=kind, desired=desired, live=flatten(kind, live))).intents
    collections = {(*route[:-1], ORDER) for route in routes}
    return undone + [
        change
        for change in restored
        if change.route in collections or any(change.route[: len(route)] == route for route in routes)
    ]


def patched(kind: str, body: Body, changes: Iterable[RouteChange]) -> Body:
    """A body with changes made; removing an element removes what is below it, emptying leaves nothing behind."""
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
