"""The lines that decide: what stops a reader, and what to look at."""

from collections.abc import Sequence

from crmgov.model.diagnostics import Diagnostic
from crmgov.model.plans import About, Step
from crmgov.model.snapshot import kind_of
from crmgov.report.changes import lines, title
from crmgov.report.comment.given import Finding, Given, Planned
from crmgov.report.facts import fact_text
from crmgov.report.markdown_text import code, escape
from crmgov.report.plain import shorten
from crmgov.report.text import clean

LONGEST = 300
"""Characters of one text within a line."""
FACTS = 3
"""Facts in the line of one step; the folded list has more."""
_VERB = {"add": "adds", "remove": "removes", "modify": "changes", "rename": "renames", "replace": "replaces"}
_ONLY_LOOK = {"access-widened"}
"""Hazards that harm no record."""


def short(text: str) -> str:
    """A text as it stands in the comment: cut to what anybody reads, and harmless."""
    return escape(shorten(clean(text[: LONGEST + 1]), LONGEST))


Row = tuple[Planned, Step, About]
"""One step of one environment, with what is known of it."""


def hazard_rows(given: Given, *, stops: bool) -> list[list[Row]]:
    """Steps with hazards, those that stop or those to look at; the same step of several environments together."""
    found: dict[tuple[str, str], list[Row]] = {}
    for planned in given.plans:
        abouts = {about.step: about for about in planned.plan.context.about}
        for step in planned.plan.core.steps:
            if step.hazards and bool(set(step.hazards) - _ONLY_LOOK) == stops:
                found.setdefault((step.action, step.address), []).append((planned, step, abouts[step.id]))
    return list(found.values())


def hazard_line(rows: Sequence[Row], every: int, word: str) -> str:
    """One line for one step, with what differs by environment."""
    planned, step, about = rows[0]
    head = f"{_VERB[step.action]} {short(title(step.address, {'label': about.label}, planned.words))}"
    head += _what(step, about)
    hazards = sorted({name for _, one, _ in rows for name in one.hazards})
    told = by_environment([(one.name, _facts(a)) for one, _, a in rows], every)
    marks = ", ".join(f"**{escape(name)}**" for name in hazards)
    return f"- **{word}** {head} ({marks})" + (f": {told}" if told else "")


def _what(step: Step, about: About) -> str:
    """The first that changes, where the facts do not say it."""
    told = lines(kind_of(step.native), step.changes)[:1] if step.action == "modify" else []
    known = {fact.text for fact in about.facts}
    return f": {short(told[0])}" if told and clean(told[0]) not in known else ""


def _facts(about: About) -> str:
    told = short("; ".join(fact_text(fact, about.recover) for fact in about.facts[:FACTS]))
    more = len(about.facts) - FACTS
    return f"{told}; and {more:,} more" if more > 0 else told


def by_environment(told: Sequence[tuple[str, str]], every: int) -> str:
    """What is said of several environments, once where it is the same; named where it is not said of ``every`` one."""
    texts: dict[str, list[str]] = {}
    for name, text in told:
        texts.setdefault(text, []).append(name)
    if len(texts) == 1 and len(told) == every:
        return told[0][1]
    parts = [f"{short(', '.join(names))}: {text}" if text else short(", ".join(names)) for text, names in texts.items()]
    return "; ".join(parts)


def errors(given: Given) -> list[tuple[str, Diagnostic] | Finding | str]:
    """What keeps a pull request from being merged: environments without a plan, what is wrong with a plan, findings."""
    of_plans = _of_plans(given, "error")
    return [*given.unplanned, *of_plans, *(given.checked.wrong() if given.checked is not None else ())]


def plan_warnings(given: Given) -> list[tuple[str, Diagnostic]]:
    """What a plan warns of, by environment, where no finding says the same."""
    told = {(one.code, one.message) for one in given.checked.findings} if given.checked is not None else set()
    return [(name, one) for name, one in _of_plans(given, "warning") if (one.code, one.message) not in told]


def _of_plans(given: Given, severity: str) -> list[tuple[str, Diagnostic]]:
    return [
        (planned.name, one)
        for planned in given.plans
        for one in planned.plan.context.diagnostics
        if one.severity == severity
    ]


def error_line(error: tuple[str, Diagnostic] | Finding | str) -> str:
    """One of ``errors`` in a line."""
    if isinstance(error, str):
        return f"- **STOP** {short(error)}: no plan could be made; the log says why"
    if isinstance(error, Finding):
        return finding_line("STOP", error)
    return plan_line("STOP", *error)


def plan_line(word: str, environment: str, told: Diagnostic) -> str:
    """What a plan for an environment says, in a line."""
    return f"- **{word}** {short(environment)}: {short(told.message)} ({code(told.code)})"


def finding_line(word: str, found: Finding) -> str:
    """One finding in a line: what, its code, where."""
    place = found.place
    at = ""
    if place is not None and place.file:
        at = (
            f" at {code(shorten(clean(place.file[: LONGEST + 1]), LONGEST) + (f':{place.line}' if place.line else ''))}"
        )
    return f"- **{word}** {short(found.message)} ({code(shorten(clean(found.code[:21]), 20))}){at}"
