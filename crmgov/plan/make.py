"""From comparison to a finished plan: ``draft`` asks, ``complete`` answers. Both pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType

import msgspec

from crmgov.diff.inputs import Inputs, marked, source_body
from crmgov.diff.renames import after_renames
from crmgov.diff.spelling import as_live
from crmgov.diff.three_way import three_way
from crmgov.model.baseline import History
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.evidence import Evidence
from crmgov.model.plans import About, Context, Core, Fact, Plan, Step
from crmgov.model.provider import Identity
from crmgov.model.snapshot import Snapshot, kind_of
from crmgov.model.translate import Renames
from crmgov.plan.draft import propose
from crmgov.plan.effects import Effects
from crmgov.plan.guards import refusals
from crmgov.plan.hazards import (
    Situation,
    access_widened,
    automation_stopped,
    breaks_use,
    data_loss,
    overwrites_live,
    records_invalidated,
    values_rewritten,
)
from crmgov.plan.hints import likely_renames
from crmgov.plan.order import ordered
from crmgov.plan.policies import policy_findings
from crmgov.plan.policy_evidence import Shown, inquiries
from crmgov.plan.proposals import Danger, Draft, Options, Proposal
from crmgov.plan.records import records
from crmgov.plan.removals import Proof, propose_removals
from crmgov.plan.selection import names
from crmgov.plan.used import find_uses
from crmgov.plan.written import Written

RULES = (
    data_loss.hazards,
    records_invalidated.hazards,
    values_rewritten.hazards,
    access_widened.hazards,
    automation_stopped.hazards,
    overwrites_live.hazards,
    breaks_use.hazards,
)


def draft(inputs: Inputs, history: History, options: Options) -> Draft:
    """What would change, with the questions whose answers decide which hazards are real."""
    inputs = as_live(inputs)
    inputs = msgspec.structs.replace(inputs, marked=marked(inputs))
    comparison = three_way(inputs)
    renamed = {old: new for new, old in comparison.renamed.items()}
    seen = after_renames(inputs, Renames(renamed)) if renamed else inputs
    result = propose(seen, comparison, options)
    proof = Proof(history=history, tree_complete=options.tree_complete)
    released = propose_removals(seen, comparison, options, proof, result)
    _without_rename_modes(inputs, result)
    _fingerprints(inputs, result)
    _dangers(seen, result)
    for step in result.proposals:
        result.diagnostics.extend(refusals(seen, step))
    result.diagnostics.extend(likely_renames(result.proposals))
    result.diagnostics.extend(_unknown_addresses(inputs, options))
    if options.protected and history.uncommitted:
        result.diagnostics.append(of("PLAN011", "This tree has changes that are not committed"))
    result.records = records(inputs, comparison, released, options, result)
    return result


def _without_rename_modes(inputs: Inputs, result: Draft) -> None:
    """Renames the provider cannot do in place become additions; the old thing stays for the values to be copied."""
    for step in result.proposals:
        mode = inputs.capabilities.renames.get(kind_of(step.native), "none")
        if step.action != "rename" or mode == "native":
            continue
        old = step.renamed_from
        step.action, step.before, step.renamed_from = "add", None, ""
        step.by_hand_after = (f"copy the values of {old} to {step.native} and check the counts",)
        result.absent.append(old)
        message = f"{step.address} cannot take over {old} in place: it is added, and {old} stays"
        result.diagnostics.append(of("PLAN010", message, address=step.address))


def _fingerprints(inputs: Inputs, result: Draft) -> None:
    """The live digest each step rests on, by the name the thing has before the plan's renames."""
    back = Renames({step.native: step.renamed_from for step in result.proposals if step.renamed_from})
    for step in result.proposals:
        step.fingerprint = inputs.live.digests.get(back.address(step.native), "")


def _dangers(inputs: Inputs, result: Draft) -> None:
    """Who uses what changes, and what each step may harm."""
    find_uses(inputs, result.proposals)
    situation = Situation(
        live=inputs.live,
        proposals={step.native: step for step in result.proposals},
        words=inputs.capabilities.words,
        written=Written(inputs).condition,
    )
    result.inquiries = list(inquiries(inputs, situation, result.proposals))
    effects = Effects(situation, inputs.catalogues, partial(source_body, inputs))
    for step in result.proposals:
        step.dangers = [*(danger for rule in RULES for danger in rule(step, situation)), *effects.of(step)]


def _unknown_addresses(inputs: Inputs, options: Options) -> list[Diagnostic]:
    asked = [*options.revert, *options.take, *options.only, *options.excluded]
    if not asked:
        return []
    known = {*inputs.desired.names.values(), *(head.address for head in inputs.baseline.heads.values())}
    return [
        of("PLAN012", f"No resource here is called {pattern}", address=pattern)
        for pattern in asked
        if not any(names(pattern, address) for address in known)
    ]


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """The environment a plan is for."""

    environment: str
    identity: Identity
    protected: bool
    provider_version: int
    chain: str


def complete(
    drafted: Draft,
    answers: Sequence[Evidence],
    target: Target,
    context: Context,
    *,
    desired: Mapping[str, Body],
    blobs: Mapping[str, str],
    recover: Mapping[str, str],
    findings: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    policies: Snapshot | None = None,
) -> Plan:  # fmt: skip
    """The finished plan: hazards that evidence disproves are dropped, steps ordered, digests set.

    ``desired`` and ``blobs`` hold bodies and vendor files by digest; only those the plan needs are kept.
    ``recover`` says by kind what the vendor offers after a removal, ``findings`` by address what validation says.
    ``policies`` is the tree whose policies are asked.
    """
    facts, shown = _facts(drafted, answers)
    order, needs, cycles = ordered(drafted.proposals)
    ids = {id(step): number for number, step in enumerate(order, 1)}
    steps = tuple(
        _step(step, number, {other + 1 for other in before}, facts[id(step)])
        for (number, step), before in zip(enumerate(order, 1), needs, strict=True)
    )
    abouts = tuple(
        msgspec.structs.replace(
            _about(step, ids[id(step)], facts[id(step)], context, recover), findings=findings.get(step.address, ())
        )
        for step in order
    )
    wanted = {record.desired for record in drafted.records if record.desired}
    used_blobs = {digest for step in order for digest in _body_files(step)}
    core = Core(
        environment=target.environment,
        identity=target.identity,
        protected=target.protected,
        provider_version=target.provider_version,
        chain=target.chain,
        steps=steps,
        records=tuple(drafted.records),
        absent=tuple(sorted(drafted.absent)),
        desired={digest: body for digest, body in sorted(desired.items()) if digest in wanted},
        blobs={digest: data for digest, data in sorted(blobs.items()) if digest in used_blobs},
    )
    judged: list[Diagnostic] = []
    if policies is not None:
        judged = policy_findings(policies, target.environment, steps, order, today=_day(context), shown=shown)
    told = msgspec.structs.replace(
        context,
        about=abouts,
        deviations=tuple(drafted.deviations),
        unmanaged=drafted.unmanaged,
        overwritten=drafted.overwritten,
        first=drafted.first,
        diagnostics=(*context.diagnostics, *drafted.diagnostics, *cycles, *judged),
    )
    return Plan(core=core, context=told).sealed()


def _day(context: Context) -> date:
    """The day of a plan. One without a time accepts nothing that has an end."""
    return date.fromisoformat(context.created[:10]) if context.created else date.max


def _facts(drafted: Draft, answers: Sequence[Evidence]) -> tuple[dict[int, list[Fact]], Shown]:
    """For each proposal, the hazards that stand, each with its evidence; and what policies wanted to know."""
    supply = iter(answers)
    facts: dict[int, list[Fact]] = {}
    for step in drafted.proposals:
        kept = facts.setdefault(id(step), [])
        for danger in step.dangers:
            evidence = _evidence(danger, next(supply) if danger.question is not None else None)
            # A zero that was counted in a copy of the records proves nothing of the records themselves.
            if evidence.exactness != "value" or evidence.method or evidence.count or not danger.counted:
                kept.append(Fact(hazard=danger.hazard, text=danger.text, evidence=evidence))
    shown = {
        (one.policy, one.native): Evidence(exactness="unmeasured", reason=one.reason)
        if one.question is None
        else next(supply)
        for one in drafted.inquiries
    }
    return facts, shown


def _evidence(danger: Danger, answer: Evidence | None) -> Evidence:
    if answer is not None:
        return answer
    if not danger.counted:
        return Evidence(exactness="value", source="configuration")
    return Evidence(exactness="unmeasured", reason="conditions are not counted")


def _step(step: Proposal, number: int, after: set[int], facts: list[Fact]) -> Step:
    return Step(
        id=number,
        action=step.action,
        address=step.address,
        native=step.native,
        changes=step.changes,
        renamed_from=step.renamed_from,
        fingerprint=step.fingerprint,
        uses=step.uses,
        hazards=tuple(sorted({fact.hazard for fact in facts if fact.hazard})),
        after=tuple(sorted(after)),
    )


def _about(step: Proposal, number: int, facts: list[Fact], context: Context, recover: Mapping[str, str]) -> About:
    return About(
        step=number,
        label=str((step.after or step.before or {}).get("label") or ""),
        because=step.because,
        facts=tuple(facts),
        used_by=step.used_by,
        recover=recover.get(kind_of(step.native), "") if step.action == "remove" else "",
        commit=context.commit,
        author=context.author,
        by_hand_after=step.by_hand_after,
    )


def _body_files(step: Proposal) -> list[str]:
    body = step.after or {}
    body_file = body.get("body_file")
    return [body_file["digest"]] if isinstance(body_file, dict) and "digest" in body_file else []
