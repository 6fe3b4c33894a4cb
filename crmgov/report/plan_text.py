"""A plan for people: the first screen decides."""

from collections import Counter
from collections.abc import Mapping
from shlex import quote

from crmgov.model.canonical import Body
from crmgov.model.flat import build
from crmgov.model.plans import About, Fact, Plan, Step
from crmgov.model.snapshot import kind_of
from crmgov.report.changes import gist, lines, title
from crmgov.report.plain import listing, number
from crmgov.report.text import clean, count

SHOWN = 30
"""Steps on the first screen; the rest is counted unless everything is asked for."""
INDENT = " " * 10
_SIGN = {"add": "+ add   ", "remove": "- remove", "modify": "~ change", "rename": "> rename", "replace": "~ replace"}


def render(plan: Plan, *, full: bool, file: str | None = None, words: Mapping[str, str] | None = None) -> str:
    """The whole text. ``file`` is where the plan is saved; ``words`` are the vendor's names of kinds."""
    parts = [_head(plan), _counts(plan)]
    if plan.context.first:
        parts.append(_first(plan))
    accepted = _hazards(plan)
    if accepted:
        parts.append("MUST BE ACCEPTED: " + ", ".join(f"{name} {times}" for name, times in sorted(accepted.items())))
    abouts = {about.step: about for about in plan.context.about}
    steps = sorted(plan.core.steps, key=lambda step: (not step.hazards, step.id))
    shown = steps if full else steps[:SHOWN]
    for step in shown:
        parts.extend(_step(step, abouts[step.id], words or {}, full=full))
    if len(shown) < len(steps):
        parts.append(f"   and {count(len(steps) - len(shown), 'more step')} without hazards (--full)")
    parts.extend(_beside(plan, full=full))
    parts.append(_next(plan, file))
    return "\n".join(part for part in parts if part) + "\n"


def _head(plan: Plan) -> str:
    core, context = plan.core, plan.context
    identity = core.identity
    name = f' "{clean(identity.name)}"' if identity.name else ""
    config = f"config {context.commit[:7]}" if context.commit else "config not in git"
    author = f" ({clean(context.author)})" if context.author else ""
    changed = " with uncommitted changes" if context.uncommitted else ""
    source = f"snapshot {clean(context.source)}" if context.preview else f"live read {context.created[11:16]}"
    preview = " - PREVIEW, cannot be applied" if context.preview else ""
    instance = f"{identity.provider}{name} {clean(identity.instance)}"
    return f"{clean(core.environment)} - {instance} - {source} - {config}{author}{changed}{preview}"


def _counts(plan: Plan) -> str:
    if plan.empty:
        text = "Nothing to change."
    else:
        by = Counter(str(step.action) for step in plan.core.steps)
        renamed = f", {by['rename']} to rename" if by["rename"] else ""
        text = (
            f"{by['add']} to add, {by['modify'] + by['replace']} to change, {by['remove']} to remove"
            f"{renamed} - {count(len(plan.core.steps), 'step')}"
        )
    made = {step.native for step in plan.core.steps}
    ledger = Counter(str(record.action) for record in plan.core.records if record.native not in made)
    only = {"adopt": "adopted", "release": "released", "rebind": "bound anew"}
    quiet = [f"{number(ledger[name])} {word}" for name, word in only.items() if ledger[name]]
    return text + (f"\nIn the ledger only: {', '.join(quiet)}" if quiet else "")


def _first(plan: Plan) -> str:
    values = plan.context.overwritten
    return f"First plan for this environment: {count(values, 'live value')} made elsewhere would be overwritten"


def _hazards(plan: Plan) -> Counter[str]:
    return Counter(hazard for step in plan.core.steps for hazard in step.hazards)


def _step(step: Step, about: About, words: Mapping[str, str], *, full: bool) -> list[str]:
    kind = kind_of(step.native)
    told = lines(kind, step.changes)
    body: Body = build(kind, {c.route: c.after for c in step.changes}) if step.action == "add" else {}
    before: Body = build(kind, {c.route: c.before for c in step.changes}) if step.action == "remove" else {}
    alone = step.action == "modify" and len(told) == 1 and len(told[0]) <= 60
    head = f" {_SIGN[step.action]} {title(step.address, body or before, words)}"
    if step.action == "rename":
        head += f" (was {clean(step.renamed_from.partition('/')[2])})"
    elif step.action == "add":
        head += f" {gist(step.address, body)}"
    elif alone:
        head += f" {told[0]}"
    if about.because == "revert":
        head += " (undoes a change made by hand)"
    marks = ", ".join(step.hazards)
    result = [head.rstrip() if not marks else f"{head.rstrip():<68} {marks}"]
    if step.action in ("modify", "rename") and told and not alone:
        most = len(told) if full else 6
        result += [INDENT + text for text in told[:most]]
        result += [f"{INDENT}and {len(told) - most} more (--full)"] if len(told) > most else []
    elif full and step.action == "add":
        result += [INDENT + text for text in told]
    result += [INDENT + text for text in facts(about)]
    return result


def facts(about: About) -> list[str]:
    """What evidence says of a step, one line for each fact; alike ones folded."""
    told = [fact_text(fact) for fact in about.facts]
    if len(told) > 4:
        told = [*told[:3], f"and {len(told) - 3} more"]
    if about.recover:
        told.append(about.recover)
    if about.used_by and not any(fact.hazard == "breaks-use" for fact in about.facts):
        told.append(f"used by {listing(about.used_by, 3)}")
    told += [f"by hand before: {clean(text)}" for text in about.by_hand_before]
    told += [f"by hand after: {clean(text)}" for text in about.by_hand_after]
    return told


def fact_text(fact: Fact) -> str:
    """One fact: the figure where there is one, and how exact it is."""
    evidence = fact.evidence
    if evidence.exactness == "unmeasured":
        return f"{clean(fact.text)} (unmeasured: {clean(evidence.reason)})"
    if evidence.count is None:
        return clean(fact.text)
    of = f" of {number(evidence.of)}" if evidence.of is not None else ""
    exact = "exact" if evidence.exactness == "value" else f"estimate, {clean(evidence.method)}"
    time = f" {evidence.time[11:16]}" if evidence.time else ""
    return f"{number(evidence.count)}{of} {clean(fact.text)} ({exact}{time})"


def _beside(plan: Plan, *, full: bool) -> list[str]:
    """What is not in the plan, and what was found while making it."""
    told = []
    sorts = Counter(deviation.sort for deviation in plan.context.deviations)
    by_hand = sorts["changed"] + sorts["added"] + sorts["removed"]
    environment = clean(plan.core.environment)
    beside = []
    if by_hand:
        beside.append(f"{by_hand} changed by hand (crmgov drift {environment})")
    if sorts["conflict"]:
        beside.append(f"{count(sorts['conflict'], 'conflict')}")
    if sorts["absent"]:
        beside.append(f"{sorts['absent']} absent from this branch, left alone")
    if plan.context.unmanaged:
        beside.append(f"{number(plan.context.unmanaged)} unmanaged")
    if beside:
        told.append("Not in this plan: " + "; ".join(beside))
    for deviation in plan.context.deviations:
        if full or deviation.sort in ("absent", "conflict"):
            text = "; ".join(lines(kind_of(deviation.native), deviation.changes)[:3])
            told.append(f"   {clean(deviation.address)}: {clean(deviation.text) or text}")
    return told


def _next(plan: Plan, file: str | None) -> str:
    if plan.context.preview:
        return "This plan was made against a recorded snapshot and cannot be applied."
    if any(diagnostic.severity == "error" for diagnostic in plan.context.diagnostics):
        return ""
    if plan.empty:
        return ""
    if plan.core.protected:
        return "Next: needs an approval"
    allow = "".join(f" --allow {hazard}" for hazard in sorted(_hazards(plan)))
    target = file if file is not None else plan.core.environment
    return f"Next: crmgov apply {clean(quote(target))}{allow}"
