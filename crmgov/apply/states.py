"""Where a plan's things are, before and after its renames, and what state a step finds them in. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from crmgov.model.address import parse
from crmgov.model.canonical import digest_of
from crmgov.model.diagnostics import Route
from crmgov.model.flat import Flat, flatten
from crmgov.model.operations import Operation, RouteChange
from crmgov.model.plans import Core, Record, Step
from crmgov.model.snapshot import Snapshot, kind_of
from crmgov.model.translate import Renames

State = Literal["before", "after", "neither"]


def name_before(core: Core) -> Callable[[str], str]:
    """The native address that something has before the plan's renames."""
    return Renames({step.native: step.renamed_from for step in core.steps if step.renamed_from}).address


def own_steps(core: Core) -> dict[str, list[int]]:
    """For every native address that steps make, change or take away, these steps."""
    steps: dict[str, list[int]] = {}
    for step in core.steps:
        for native in {step.native, step.renamed_from or step.native}:
            steps.setdefault(native, []).append(step.id)
    return steps


def object_renames(core: Core) -> dict[str, int]:
    """The steps that rename Objects, by the old name and the new; with an Object goes what belongs to it."""
    steps = [step for step in core.steps if step.action == "rename" and kind_of(step.native) == "Object"]
    return {parse(native).name: step.id for step in steps for native in (step.renamed_from, step.native)}


def needed_steps(record: Record, own: Mapping[str, list[int]], renamed: Mapping[str, int]) -> list[int]:
    """The steps that must have taken effect before a record holds."""
    needed = list(own.get(record.native, ()))
    parent = parse(record.native).parent if renamed else None
    if parent is not None and parent in renamed:
        needed.append(renamed[parent])
    return needed


def missed(operation: Operation, live: Snapshot) -> list[Route] | None:
    """The routes at which live is not what an operation makes; None where the whole resource is not, or still is."""
    here = operation.address in live
    if operation.action == "remove":
        return None if here else []
    if not here or operation.after is None:
        return None
    old = operation.renamed_from
    if old and old in live and old != operation.address:
        return None
    kind = kind_of(operation.address)
    now, wanted = flatten(kind, live.body(operation.address)), flatten(kind, operation.after)
    return [change.route for change in operation.changes if not _same(change, now, wanted)]


def _same(change: RouteChange, now: Flat, wanted: Flat) -> bool:
    return _value(now, change.route) == _value(wanted, change.route)


def _value(flat: Flat, route: Route) -> object:
    """The value at a route; empty, null and absent are one."""
    value = flat.get(route)
    return None if value in ([], {}) else value


def unmoved(operation: Operation, step: Step, live: Snapshot, before: Callable[[str], str]) -> bool:
    """Whether live is as the step was planned to find it, be it before or after the plan's renames were made."""
    now = live.digests.get(operation.address, "")
    if operation.before is None:
        return not now
    return now == digest_of(operation.before) or live.digests.get(before(operation.address), "") == step.fingerprint


def states(
    operations: Iterable[Operation], steps: Mapping[int, Step], live: Snapshot, before: Callable[[str], str]
) -> dict[int, State]:
    """For each operation of one batch, whether live is as it found it, as it makes it, or neither.

    Where several speak of one address, what another one of them finds or makes counts for it too.
    """
    operations = list(operations)
    several = Counter(operation.address for operation in operations)
    between: dict[str, set[str]] = {}
    for operation in operations:
        bodies = (operation.before, operation.after)
        between.setdefault(operation.address, set()).update(digest_of(body) if body else "" for body in bodies)
    result: dict[int, State] = {}
    for operation in operations:
        step = steps[operation.step]
        if missed(operation, live) == []:
            result[operation.step] = "after"
        elif unmoved(operation, step, live, before):
            result[operation.step] = "before"
        else:
            among = (
                several[operation.address] > 1 and live.digests.get(operation.address, "") in between[operation.address]
            )
            result[operation.step] = "before" if among else "neither"
    return result
