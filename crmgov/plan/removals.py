"""Removal needs proof of intent: what may go, what is released, what is merely absent. Pure."""

import msgspec

from crmgov.diff.inputs import Inputs
from crmgov.diff.three_way import Comparison, unread
from crmgov.diff.two_way import whole
from crmgov.model.baseline import Head, History
from crmgov.model.diagnostics import Severity, of
from crmgov.model.plans import Deviation
from crmgov.model.snapshot import kind_of
from crmgov.plan.draft import patched, repository_name, taken, unknown
from crmgov.plan.held import held, hold
from crmgov.plan.proposals import Draft, Options, Proposal
from crmgov.plan.selection import selected


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What decides whether an absence is meant."""

    history: History
    tree_complete: bool

    def lacking(self, head: Head) -> str:
        """Why an absence proves nothing; empty where removal is proven."""
        if not self.tree_complete:
            return "part of the configuration could not be read"
        descent = self.history.descent.get(head.commit, "unknown") if head.commit else "unknown"
        if descent == "descends":
            return ""
        by = f" by {head.author}" if head.author else ""
        if descent == "unrelated":
            return f"absent from this branch (applied from {head.commit[:8]}{by})"
        remedy = f"; {self.history.remedy}" if self.history.remedy else ""
        since = f" from {head.commit[:8]}{by}" if head.commit else " outside any commit"
        return f"absent here, and the history does not say whether that is meant (applied{since}{remedy})"


def propose_removals(inputs: Inputs, comparison: Comparison, options: Options, proof: Proof, draft: Draft) -> list[str]:
    """Add removals to the draft; returns native addresses that are released instead (not custom, or told to be)."""
    released = []
    waiting = held(inputs, comparison.gone, options)
    for native in comparison.gone:
        address = repository_name(inputs, native)
        head = inputs.baseline.heads[native]
        if not selected(address, options.only, options.excluded):
            draft.absent.append(native)
        elif inputs.live.origin(native) != "custom":
            released.append(native)
        elif lacking := proof.lacking(head):
            draft.absent.append(native)
            draft.deviations.append(Deviation(address=address, native=native, sort="absent", text=lacking))
            _tell_absent(address, lacking, options, draft)
        elif native in waiting:
            hold(inputs, native, waiting[native], draft)
        else:
            _propose(inputs, native, address, options, draft)
    for native in comparison.unread:
        draft.absent.append(native)
        unknown(repository_name(inputs, native), unread(inputs, native), draft)
    _keep_removed_elements(inputs, comparison, options, proof, draft)
    return released


def _tell_absent(address: str, lacking: str, options: Options, draft: Draft) -> None:
    severity: Severity = "error" if options.protected else "warning"
    draft.diagnostics.append(of("PLAN001", f"{address} is {lacking}", address=address, severity=severity))


def _propose(inputs: Inputs, native: str, address: str, options: Options, draft: Draft) -> None:
    head = inputs.baseline.heads[native]
    body = inputs.live.body(native)
    choice = taken(address, options)
    if inputs.live.digests[native] != head.observed and choice != "yaml":
        text = "its document is gone, and it was changed by hand since the last apply"
        draft.absent.append(native)
        draft.deviations.append(Deviation(address=address, native=native, sort="conflict", text=text))
        if choice is None:
            draft.diagnostics.append(of("PLAN003", f"{address}: {text}", address=address))
        return
    draft.proposals.append(
        Proposal(
            action="remove",
            native=native,
            address=address,
            before=body,
            after=None,
            changes=whole("remove", native, body).changes,
            because="take" if choice == "yaml" and inputs.live.digests[native] != head.observed else "intent",
        )
    )


def _keep_removed_elements(
    inputs: Inputs, comparison: Comparison, options: Options, proof: Proof, draft: Draft
) -> None:  # fmt: skip
    """Elements whose line is gone stay too, where nothing proves that they should go."""
    for step in list(draft.proposals):
        verdict = comparison.modified.get(step.native)
        head = inputs.baseline.heads.get(step.native)
        if verdict is None or head is None or not verdict.removed_elements:
            continue
        lacking = proof.lacking(head)
        if not lacking:
            continue
        kept = tuple(change for change in step.changes if change.route not in verdict.removed_elements)
        dropped = tuple(change for change in step.changes if change.route in verdict.removed_elements)
        draft.deviations.append(
            Deviation(address=step.address, native=step.native, sort="absent", changes=dropped, text=lacking)
        )
        _tell_absent(step.address, lacking, options, draft)
        step.changes = kept
        step.after = patched(kind_of(step.native), step.before or {}, kept)
        if not kept and step.action == "modify":
            draft.proposals.remove(step)
