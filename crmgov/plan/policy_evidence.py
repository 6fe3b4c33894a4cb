"""Policies that let a change through once records show enough: what they want to know, and whether it is shown."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec
from msgspec import UNSET

from crmgov.check.governance.scene import rows
from crmgov.check.policy.chosen import Candidate, Chosen
from crmgov.check.policy.faults import faults
from crmgov.check.policy.law import Law, laws
from crmgov.diff.inputs import Inputs, source_body
from crmgov.model.address import Address, parse
from crmgov.model.canonical import Body
from crmgov.model.evidence import Evidence, percent
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Unless
from crmgov.plan.asked_before import matching
from crmgov.plan.hazards import Situation
from crmgov.plan.proposals import Inquiry, Proposal

Shown = Mapping[tuple[str, str], Evidence]
"""By policy and native address of a field, on how many records it is filled."""


def inquiries(inputs: Inputs, situation: Situation, proposals: Sequence[Proposal]) -> Iterator[Inquiry]:
    """One for each change of a field that a policy forbids unless records show enough."""
    for law in laws(inputs.source):
        unless, forbid = given(law.policy.unless, None), given(law.policy.forbid, None)
        if unless is None or forbid is None or law.off or faults(law.address, law.policy, law.place):
            continue
        # Hazards and the environment are known later only; what they leave out is measured in vain, and no more.
        chosen = Chosen(msgspec.structs.replace(forbid, hazard=UNSET, environment=UNSET, owner=UNSET, tags=UNSET))
        for step in proposals:
            at = parse(step.native)
            if at.kind == "Field" and step.action != "remove" and chosen.fits(_candidate(inputs, step)) is not False:
                yield _inquiry(law, unless, at, step, situation)


def _candidate(inputs: Inputs, step: Proposal) -> Candidate:
    bodies = (source_body(inputs, step.native), step.before or {}, step.after or {})
    return Candidate(address=step.address, bodies=bodies, action=step.action)


def _inquiry(law: Law, unless: Unless, at: Address, step: Proposal, situation: Situation) -> Inquiry:
    parent = at.parent or ""
    among: Body | None = None
    if given(unless.records, "all") == "open":
        among = _open(situation, parent)
        if among is None:
            reason = f"no stage set says which records of {parent} are open"
            return Inquiry(policy=law.address, native=step.native, reason=reason)
    wanted: Body = {"field": at.name, "op": "present"}
    question = matching(situation, parent, wanted, among)
    return Inquiry(policy=law.address, native=step.native, question=question)


def _open(situation: Situation, parent: str) -> Body | None:
    """Records in a stage whose outcome is open; None where no stage set of the object says that of its stages."""
    for native, _ in situation.live.of_kind("StageSet"):
        body = situation.live.body(native)
        owner, _, field = str(body.get("field") or "").partition(".")
        stages = [str(row.get("name")) for row in rows(body.get("stages")) if row.get("outcome") == "open"]
        if owner == parent and field and stages:
            return {"field": field, "op": "in", "value": stages}
    return None


def lacking(unless: Unless, evidence: Evidence | None, today: date) -> str:
    """Why a change is not let through; empty where records show enough. What is not known shows nothing."""
    if evidence is None:
        return "how far it is filled was not measured"
    if evidence.exactness != "value" or evidence.count is None or evidence.of is None:
        return f"how far it is filled is not known for certain: {evidence.reason or evidence.method or 'no figure'}"
    limit = given(unless.max_age_days, None)
    if limit is not None and evidence.time and (today - date.fromisoformat(evidence.time[:10])).days > limit:
        return f"its figure is of {evidence.time[:10]}, older than {limit:g} days"
    if limit is None and evidence.method:
        return f"its figure was counted {evidence.method} of {evidence.time[:10]}, and no max_age_days allows for that"
    needed = unless.filled_at_least
    if evidence.count * 100 >= needed * evidence.of:
        return ""
    which = "open records" if given(unless.records, "all") == "open" else "records"
    found = f"{evidence.count:,} of {evidence.of:,} {which} have a value ({percent(evidence.count / evidence.of)})"
    return f"{found}, and {needed:g}% are needed"
