"""The folded parts: every step in order, where what changes is used, what was changed by hand."""

from collections.abc import Iterator, Mapping, Sequence

from crmgov.check.words import people
from crmgov.model.canonical import digest_of
from crmgov.model.flat import build
from crmgov.model.plans import About, Step
from crmgov.model.snapshot import kind_of
from crmgov.report.changes import gist, lines, title
from crmgov.report.comment.given import Planned
from crmgov.report.comment.stops import by_environment, short
from crmgov.report.facts import facts
from crmgov.report.plain import listing

LINES = 6
"""Lines below one step."""
_USERS = 6
"""Users named of one thing."""
_ACTION = {"modify": "change"}


def alike(plans: Sequence[Planned]) -> list[list[Planned]]:
    """Environments in which the same is done in the same order, together."""
    groups: dict[str, list[Planned]] = {}
    for planned in plans:
        steps = [(s.action, s.address, s.changes, s.hazards) for s in planned.plan.core.steps]
        if steps:
            groups.setdefault(digest_of(steps), []).append(planned)
    return list(groups.values())


def step_lines(group: Sequence[Planned]) -> Iterator[str]:
    """The steps of environments in which they are the same, one entry each."""
    abouts = [{about.step: about for about in planned.plan.context.about} for planned in group]
    for row in zip(*(planned.plan.core.steps for planned in group), strict=True):
        yield _entry(group, row, [known[step.id] for known, step in zip(abouts, row, strict=True)])


def _entry(group: Sequence[Planned], row: Sequence[Step], abouts: Sequence[About]) -> str:
    step, about, words = row[0], abouts[0], group[0].words
    kind = kind_of(step.native)
    told = lines(kind, step.changes)
    head = f"{step.id}\\. **{_ACTION.get(step.action, step.action)}** "
    head += short(title(step.address, {"label": about.label}, words))
    if step.action == "add":
        head += f" {short(gist(step.address, build(kind, {c.route: c.after for c in step.changes})))}"
    elif step.action == "rename":
        head += f" (was {short(people(step.renamed_from))})"
    if step.hazards:
        head += f" **{short(', '.join(step.hazards))}**"
    below = [] if step.action in ("add", "remove") else [short(line) for line in told]
    below += _known(group, [[short(text) for text in facts(o, a, told)] for o, a in zip(row, abouts, strict=True)])
    rest = [f"and {len(below) - LINES} more"] if len(below) > LINES else []
    return "\n".join([f"- {head.rstrip()}", *(f"  - {line}" for line in [*below[:LINES], *rest])])


def _known(group: Sequence[Planned], known: Sequence[Sequence[str]]) -> list[str]:
    """The facts of one step, line by line where every environment has as many, else by environment."""
    if len({len(texts) for texts in known}) == 1:
        rows = zip(*known, strict=True)
        return [by_environment([(p.name, t) for p, t in zip(group, row, strict=True)], len(group)) for row in rows]
    return [f"{short(p.name)}: {text}" for p, texts in zip(group, known, strict=True) for text in texts]


def used(plans: Sequence[Planned]) -> tuple[Iterator[str], int]:
    """What changes and is used elsewhere, with its users, each once; and how many these are.

    Each is called as in the first environment whose plan has it.
    """
    found: dict[str, dict[str, None]] = {}
    spoken: dict[str, Mapping[str, str]] = {}
    for planned in plans:
        steps = {step.id: step for step in planned.plan.core.steps}
        for about in planned.plan.context.about:
            if about.used_by:
                address = steps[about.step].address
                spoken.setdefault(address, planned.words)
                found.setdefault(address, {}).update(dict.fromkeys(about.used_by))
    return (_used(address, list(users), spoken[address]) for address, users in found.items()), len(found)


def _used(address: str, users: Sequence[str], words: Mapping[str, str]) -> str:
    told = [title(one, None, words) for one in users[:_USERS]]
    return f"- {short(title(address, None, words))}: {short(listing(told, _USERS))}{_more(len(users) - _USERS)}"


def _more(left: int) -> str:
    return f" and {left:,} more" if left > 0 else ""


def by_hand(plans: Sequence[Planned]) -> tuple[Iterator[str], int]:
    """What was changed by hand and stays as it is, by environment; and how many these are."""
    told = (
        f"- {short(planned.name)}: {short(title(one.address, None, planned.words))} {one.sort}"
        + (f": {short('; '.join(lines(kind_of(one.native), one.changes)[:3]))}" if one.changes else "")
        for planned in plans
        for one in planned.plan.context.deviations
    )
    return told, sum(len(planned.plan.context.deviations) for planned in plans)
