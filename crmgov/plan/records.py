"""What the ledger is to hold once a plan was applied. Pure."""

from collections.abc import Iterable
from typing import Literal

from crmgov.diff.inputs import Inputs, marked, source_body
from crmgov.diff.three_way import Comparison
from crmgov.model.baseline import Head
from crmgov.model.plans import Record
from crmgov.model.translate import Renames
from crmgov.plan.draft import repository_name
from crmgov.plan.held import protection
from crmgov.plan.proposals import Draft, Options
from crmgov.plan.selection import selected


def records(
    inputs: Inputs, comparison: Comparison, released: Iterable[str], options: Options, draft: Draft
) -> list[Record]:  # fmt: skip
    """One record for every head that changes: adopted, desired anew, released, re-bound or forgotten."""
    found = [_desired(inputs, native) for native in _moving(inputs, comparison)]
    gone = {step.native for step in draft.proposals if step.action == "remove"}
    leaving = {*released, *comparison.released, *comparison.forgotten, *gone}
    renames = Renames({old: new for new, old in comparison.renamed.items()})
    if comparison.renamed:
        leaving |= {old for old in inputs.baseline.heads if renames.address(old) != old}
    free = {*released, *comparison.released}
    for native in sorted(leaving):
        head = inputs.baseline.heads.get(native)
        if head is not None:
            action: Literal["release", "forget"] = "release" if native in free else "forget"
            found.append(Record(native=native, address=head.address, action=action, head=head.digest))
    if options.only or options.excluded:
        found = [r for r in found if selected(r.address, options.only, options.excluded)]
    return sorted(found, key=lambda record: record.native)


def _moving(inputs: Inputs, comparison: Comparison) -> list[str]:
    """Native addresses whose head is not yet what this tree makes of it."""
    heads, names, special = inputs.baseline.heads, inputs.desired.names, marked(inputs)
    digests = inputs.desired.snapshot.digests
    found = []
    # With renames, what is open goes by the names of afterwards.
    for native in digests if comparison.renamed else comparison.open:
        head = heads.get(native)
        settled = head is not None and head.desired == digests[native] and head.address == names.get(native, native)
        if head is not None and settled and native not in special and not head.protect:
            continue
        if native in special and _released(inputs, native):
            continue
        if head is None or not settled or protection(inputs, native) != head.protect:
            found.append(native)
    return found


def _released(inputs: Inputs, native: str) -> bool:
    lifecycle = source_body(inputs, native).get("lifecycle")
    return isinstance(lifecycle, dict) and lifecycle.get("status") == "released"


def _action(head: Head | None, address: str, digest: str) -> Literal["adopt", "rebind", "desire"]:
    if head is None:
        return "adopt"
    return "rebind" if head.address != address and head.desired == digest else "desire"


def _desired(inputs: Inputs, native: str) -> Record:
    head = inputs.baseline.heads.get(native)
    address = repository_name(inputs, native)
    digest = inputs.desired.snapshot.digests[native]
    return Record(
        native=native,
        address=address,
        action=_action(head, address, digest),
        desired=digest,
        protect=protection(inputs, native),
        head=head.digest if head is not None else "",
        fingerprint=inputs.live.digests.get(native, ""),
    )
