"""The repository's policies over plans: changes that none may hold, and how many of a sort."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from crmgov.check.judgement.owners import Owners
from crmgov.check.policy.chosen import Candidate, Chosen
from crmgov.check.policy.faults import faults
from crmgov.check.policy.law import Law, laws, speaks_of_plans
from crmgov.check.policy.run import areas_of
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Select
from crmgov.model.plans import Step
from crmgov.model.snapshot import Snapshot
from crmgov.plan.policy_evidence import Shown, lacking
from crmgov.plan.policy_weight import weighed_findings
from crmgov.plan.proposals import Proposal

_MOST_NAMED = 10
"""Changes that are named where a limit is exceeded."""


class Asked(NamedTuple):
    """What one ``select`` over changes finds: those it fits, and those of which it is not known."""

    fitting: list[Candidate]
    unsure: list[Candidate]


def policy_findings(
    source: Snapshot,
    environment: str,
    steps: Sequence[Step],
    proposals: Sequence[Proposal],
    *,
    today: date,
    shown: Shown,
) -> list[Diagnostic]:
    """What the policies in a tree say of a plan for one environment; an error forbids it.

    ``steps`` and their ``proposals`` stand in the same order; ``shown`` is what policies wanted to know of records. A
    policy that cannot be asked forbids the plan too, and nothing makes that less; the rest counts as the tree's
    Governance document says ``today``.
    """
    over_plans = [law for law in laws(source) if speaks_of_plans(law) and not law.off]
    if not over_plans:
        return []
    owners = Owners(source, areas_of(source))
    changes = [
        _change(step, proposal, source, owners, environment) for step, proposal in zip(steps, proposals, strict=True)
    ]
    firm: list[Diagnostic] = []
    found: list[Diagnostic] = []
    for law in over_plans:
        wrong = faults(law.address, law.policy, law.place)
        firm += wrong
        found += [] if wrong else broken_by(law, _with(law, changes, steps, shown), source, today)
    return [*firm, *weighed_findings(found, source, owners, today)]


def broken_by(
    law: Law, changes: Sequence[Candidate], source: Snapshot | None = None, today: date = date.max
) -> list[Diagnostic]:
    """How changes break one policy that has no faults. ``source`` says where the changed things stand."""
    return [*_forbidden(law, changes, source, today), *_limited(law, changes)]


def _with(law: Law, changes: list[Candidate], steps: Sequence[Step], shown: Shown) -> list[Candidate]:
    """Changes with what was measured for one policy."""
    if given(law.policy.unless, None) is None:
        return changes
    return [
        msgspec.structs.replace(change, evidence=shown.get((law.address, step.native)))
        for change, step in zip(changes, steps, strict=True)
    ]


def _change(step: Step, proposal: Proposal, source: Snapshot, owners: Owners, environment: str) -> Candidate:
    here = step.address in source
    place = source.places.get(step.address)
    bodies: list[Body] = [source.body(step.address)] if here else []
    bodies += [body for body in (proposal.before, proposal.after) if body is not None]
    return Candidate(
        address=step.address,
        bodies=tuple(bodies),
        owner=owners.of(step.address, place.file if place is not None else ""),
        document=here,
        action=step.action,
        hazards=step.hazards,
        environment=environment,
    )


def _asked(select: Select, changes: Sequence[Candidate]) -> Asked:
    chosen = Chosen(select)
    answers = [(one, chosen.fits(one)) for one in changes]
    return Asked([one for one, fits in answers if fits], [one for one, fits in answers if fits is None])


def _forbidden(law: Law, changes: Sequence[Candidate], source: Snapshot | None, today: date) -> Iterator[Diagnostic]:
    unless = given(law.policy.unless, None)
    select = given(law.policy.forbid, None)
    if select is None:
        return
    asked = _asked(select, changes)
    for one in asked.fitting:
        why = "" if unless is None else lacking(unless, one.evidence, today)
        if unless is not None and not why:
            continue
        at = source.places.get(one.address) if source is not None else None
        evidence = (f"may harm: {', '.join(one.hazards)}",) if one.hazards else ()
        message = f"{one.address}: no plan for {one.environment} may {one.action} it{f', as {why}' if why else ''}"
        yield law.told("POLICY102", message, at=at, address=one.address, evidence=evidence)
    if asked.unsure:
        yield _unknown(law, asked.unsure)


def _limited(law: Law, changes: Sequence[Candidate]) -> Iterator[Diagnostic]:
    limit = given(law.policy.limit, None)
    if limit is None:
        return
    asked = _asked(given(limit.select, Select()), changes)
    number = len(asked.fitting)
    if number > limit.at_most:
        message = f"{number:,} such change{'s' if number > 1 else ''}, and a plan may hold {limit.at_most:,}"
        yield law.told("POLICY103", message, at=law.place, address=law.address, evidence=_named(asked.fitting))
    elif number + len(asked.unsure) > limit.at_most:
        yield _unknown(law, asked.unsure)


def _unknown(law: Law, changes: Sequence[Candidate]) -> Diagnostic:
    message = f"{law.name}: what it asks is not known of {len(changes):,} change{'s' if len(changes) > 1 else ''}"
    return of("POLICY109", message, at=law.place, address=law.address, evidence=_named(changes), policy=law.address)


def _named(changes: Sequence[Candidate]) -> tuple[str, ...]:
    more = len(changes) - _MOST_NAMED
    named = [f"{one.action} {one.address}" for one in changes[:_MOST_NAMED]]
    return (*named, f"and {more:,} more") if more > 0 else tuple(named)
