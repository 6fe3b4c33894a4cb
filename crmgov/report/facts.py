"""What is known of one step, one line for each fact."""

from collections import Counter
from collections.abc import Collection, Iterable

from crmgov.check.words import THING, people
from crmgov.model.plans import About, Fact, Step
from crmgov.model.snapshot import kind_of
from crmgov.report.plain import listing, number
from crmgov.report.text import clean, count

SHOWN = 4
"""Facts of one step beyond which the rest is counted."""


def facts(step: Step, about: About, lines: Collection[str], *, full: bool = False) -> list[str]:
    """Evidence, what a removal takes with it, who uses what changes, and what is to be done by hand.

    Leaves out what the step's own ``lines`` tell.
    """
    known = set(lines)
    granted = step.native.startswith("PermissionSet/")  # its lines tell every grant
    shown = [fact for fact in about.facts if not (granted and fact.hazard == "access-widened")]
    told = [text for text in (fact_text(fact, about.recover) for fact in shown) if text not in known]
    if len(told) > SHOWN and not full:
        told = [*told[: SHOWN - 1], f"and {len(told) - SHOWN + 1} more (--full)"]
    if about.recover and not any(fact.hazard == "data-loss" for fact in about.facts):
        told.append(about.recover)
    if step.action == "remove":
        freed = step.uses.keys() - set(about.used_by)
        told += [f"the plan takes it out of {_kinds(freed)}"] if freed else []
    broken = any(fact.hazard == "breaks-use" for fact in about.facts)
    if about.used_by and (full or (step.action == "remove" and not broken)):
        users = [people(user) for user in about.used_by]
        told.append(f"used by {listing(users, len(users) if full else 3)}")
    told += [f"! {clean(text)}" for text in about.findings]
    told += [f"by hand before: {clean(text)}" for text in about.by_hand_before]
    told += [f"by hand after: {clean(text)}" for text in about.by_hand_after]
    return told


def _kinds(users: Iterable[str]) -> str:
    """Users by their kinds: ``3 layouts, 1 permission set``."""
    kinds = Counter(kind_of(user) for user in users)
    return ", ".join(count(times, THING.get(kind) or kind.lower()) for kind, times in sorted(kinds.items()))


def fact_text(fact: Fact, recover: str = "") -> str:
    """One fact: the figure where there is one, how exact it is, and what can be had back of lost data."""
    evidence = fact.evidence
    back = f"; {clean(recover)}" if recover and fact.hazard == "data-loss" else ""
    text = clean(fact.text)
    if evidence.exactness == "unmeasured":
        return f"how many {text} is unmeasured: {clean(evidence.reason)}{back}"
    if evidence.count is None:
        return f"{text}{back}"
    of = f" of {number(evidence.of)}" if evidence.of is not None else ""
    exact = "exact" if evidence.exactness == "value" else f"estimate, {clean(evidence.method)}"
    time = f" {evidence.time[11:16]}" if evidence.time else ""
    if evidence.exactness == "value" and evidence.method:
        time = f" {clean(evidence.method)} of {evidence.time[:10]}"
    return f"{number(evidence.count)}{of} {text} ({exact}{time}){back}"
