"""A plan for people: the first screen decides."""

from collections import Counter
from collections.abc import Mapping
from shlex import quote

from crmgov.model.address import for_people
from crmgov.model.canonical import Body
from crmgov.model.flat import build
from crmgov.model.plans import About, Plan, Step
from crmgov.model.snapshot import kind_of
from crmgov.report.changes import gist, lines, title
from crmgov.report.facts import facts
from crmgov.report.plain import number
from crmgov.report.text import clean, count, width

SHOWN = 30
"""Steps on the first screen; the rest is counted unless everything is asked for."""
LINES = 6
"""Changes of one step on the first screen."""
INDENT = " " * 10
MARK = 70
"""The column hazards begin in."""
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
    config = f"config {context.commit[:7]}" if context.commit else "config not in git"
    author = f" ({clean(context.author)})" if context.author else ""
    changed = " with uncommitted changes" if context.uncommitted else ""
    source = f"snapshot {clean(context.source)}" if context.preview else f"live read {context.created[11:16]} UTC"
    preview = " - PREVIEW, cannot be applied" if context.preview else ""
    return f"{clean(core.environment)} - {target(plan)} - {source} - {config}{author}{changed}{preview}"


def target(plan: Plan) -> str:
    """What answers at the other end: ``Salesforce "Northstar" 00D5g0..kEAE``."""
    identity = plan.core.identity
    provider = {"sql": "SQL database", "salesforce": "Salesforce"}.get(identity.provider, identity.provider)
    name = f' "{clean(identity.name)}"' if identity.name not in ("", plan.core.environment) else ""
    instance = clean(identity.instance)
    short = f"{instance[:6]}..{instance[-4:]}" if instance.isalnum() and len(instance) > 16 else instance
    return f"{clean(provider)}{name} {short}"


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
    told = lines(kind, step.changes, full=full)
    body: Body = build(kind, {c.route: c.after for c in step.changes}) if step.action == "add" else {}
    alone = step.action == "modify" and len(told) == 1
    below = told
    head = f" {_SIGN[step.action]} {title(step.address, {'label': about.label}, words)}"
    if step.action == "rename":
        head += f" (was {clean(for_people(step.renamed_from))})"
    elif step.action == "add":
        head += f" {gist(step.address, body)}"
    elif alone and width(f"{head}: {told[0]}") < MARK:
        head, below = f"{head}: {told[0]}", []
    if about.because == "revert":
        head += " (undoes a change made by hand)"
    result = _marked(head.rstrip(), ", ".join(step.hazards))
    if step.action in ("modify", "rename"):
        most = len(below) if full else LINES
        result += [INDENT + text for text in below[:most]]
        result += [f"{INDENT}and {len(below) - most} more (--full)"] if len(below) > most else []
    elif full and step.action == "add":
        result += [INDENT + text for text in told]
    return result + [INDENT + text for text in facts(step, about, told, full=full)]


def _marked(head: str, marks: str) -> list[str]:
    """A step's first line with its hazards in a column of their own; a longer line has them below it."""
    if not marks:
        return [head]
    gap = MARK - width(head)
    return [head + " " * gap + marks] if gap > 0 else [head, " " * MARK + marks]


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
            told.append(f"   {title(deviation.address)}: {clean(deviation.text) or text}")
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
