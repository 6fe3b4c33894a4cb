"""Where things are used that a plan changes, now and once the plan is done. Pure.

The uses are those that ``check`` knows: references, formulas, literals and what was found in opaque bodies.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from crmgov.check.tree import Case
from crmgov.check.uses import uses
from crmgov.model.address import element
from crmgov.model.canonical import encode
from crmgov.model.diagnostics import Route
from crmgov.model.flat import PRESENT
from crmgov.model.operations import Action, RouteChange
from crmgov.model.provider import Catalogue
from crmgov.model.snapshot import Derived, Snapshot, kind_of
from crmgov.plan.draft import patched
from crmgov.plan.proposals import Proposal

Users = Mapping[str, tuple[tuple[str, Route], ...]]
"""By address of a resource or element: who uses it, and at which route; nothing uses itself as a whole."""

_COLLECTIONS = ("values", "stages")
_NARROWED = ("type", "precision", "scale", "picklist", "references")
_STRICTER = ("required", "unique", "restricted")


def users(
    snapshot: Snapshot,
    wanted: Collection[str],
    same: Callable[[str], str] = str,
    catalogues: Sequence[Catalogue] = (),
) -> Users:
    """The users of each of these addresses; only what may name one of them is looked into.

    ``same`` is the CRM's folding of addresses, ``catalogues`` hold what it ships of its own.
    """
    case: Case = "accept" if same("Field/A.b") == same("Field/A.B") else "exact"
    wanted = frozenset(wanted)
    found = uses(snapshot, catalogues, case=case, of=wanted)
    return {target: tuple(use for use in found.get(target, ()) if use[0] != target) for target in wanted}


def gone(action: Action, native: str, changes: Iterable[RouteChange]) -> list[str]:
    """What a change takes away: a resource, or values and stages of one."""
    if action == "remove":
        return [native]
    return [element(native, *route) for route in _removed(changes)]


def resting(action: Action, native: str, changes: Iterable[RouteChange]) -> list[str]:
    """What a change removes or narrows; it rests on whatever uses that."""
    changes = list(changes)
    found = gone(action, native, changes)
    if action not in ("modify", "rename"):
        return found
    found += [
        element(native, *change.route[:2])
        for change in changes
        if len(change.route) == 3 and change.route[0] in _COLLECTIONS and change.route[2] == "active"
        if change.after is False
    ]
    if kind_of(native) == "Field" and any(_narrows(change) for change in changes):
        found.append(native)
    return found


def _removed(changes: Iterable[RouteChange]) -> Iterator[tuple[str, str]]:
    for change in changes:
        is_element = len(change.route) == 2 and change.route[0] in _COLLECTIONS
        if is_element and change.before == PRESENT and change.after != PRESENT:
            yield change.route[0], change.route[1]


def _narrows(change: RouteChange) -> bool:
    name, before, after = change.route[0], change.before, change.after
    if len(change.route) > 1:
        return name in _NARROWED and before == PRESENT
    if name == "length":
        return isinstance(after, int) and not (isinstance(before, int) and before <= after)
    return name in _NARROWED or (name in _STRICTER and after is True)


def after_plan(live: Snapshot, steps: Sequence[Proposal], derived: Mapping[str, Derived]) -> Snapshot:
    """The state a plan leaves, in which what it takes away still stands by its name, so that its users are found.

    What stands there only for that uses nothing: ``remaining`` tells which uses remain. ``derived`` holds what was
    found in opaque bodies of the tree.
    """
    bodies: dict[str, bytes] = {}
    for step in steps:
        if step.after is None:
            bodies[step.native] = live.bodies[step.native]
            continue
        body = step.after
        removed = list(_removed(step.changes))
        if removed:
            body = patched(kind_of(step.native), body, [RouteChange(route=route, after=PRESENT) for route in removed])
        bodies[step.native] = encode(body)
    found = {native: derived[native] for native in bodies if native in derived}
    return Snapshot(
        live.source,
        {**live.digests, **dict.fromkeys(bodies, "")},
        {**live.bodies, **bodies},
        coverage=live.coverage,
        origins=live.origins,
        derived={**live.derived, **found},
    )


def remaining(found: Users, steps: Sequence[Proposal]) -> Users:
    """The uses that remain once the plan is done: not those by what it removes, nor those in elements it removes."""
    removed: dict[str, list[Route]] = {}
    for step in steps:
        removed[step.native] = [()] if step.action == "remove" else list(_removed(step.changes))
    return {
        target: tuple(
            (user, route) for user, route in places if not any(route[: len(r)] == r for r in removed.get(user, ()))
        )
        for target, places in found.items()
    }
