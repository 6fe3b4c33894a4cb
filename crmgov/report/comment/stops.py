"""The lines that decide: what stops a reader, and what to look at."""

from collections.abc import Iterator, Sequence

from crmgov.model.plans import About, Step
from crmgov.report.changes import title
from crmgov.report.comment.given import Checked, Finding, Given, Planned
from crmgov.report.facts import fact_text
from crmgov.report.markdown_text import code, escape
from crmgov.report.plain import shorten
from crmgov.report.text import clean

LONGEST = 300
"""Characters of one text within a line."""
_VERB = {"add": "adds", "remove": "removes", "modify": "changes", "rename": "renames", "replace": "replaces"}
_ONLY_LOOK = {"access-widened"}
"""Hazards that harm no record."""


def short(text: str) -> str:
    """A text as it stands in the comment: cut to what anybody reads, and harmless."""
    return escape(shorten(clean(text), LONGEST))


def hazard_lines(given: Given, *, stops: bool) -> list[str]:
    """One line for each step with hazards: those that stop, or those to look at. The same step of several
    environments is one line, with what differs by environment.
    """
    found: dict[tuple[str, str], list[tuple[Planned, Step, About]]] = {}
    for planned in given.plans:
        abouts = {about.step: about for about in planned.plan.context.about}
        for step in planned.plan.core.steps:
            if step.hazards and bool(set(step.hazards) - _ONLY_LOOK) == stops:
                found.setdefault((step.action, step.address), []).append((planned, step, abouts[step.id]))
    every = len(given.plans)
    return [_line(rows, every, stops=stops) for rows in found.values()]


def _line(rows: Sequence[tuple[Planned, Step, About]], every: int, *, stops: bool) -> str:
    planned, step, about = rows[0]
    head = f"{_VERB[step.action]} {short(title(step.address, {'label': about.label}, planned.words))}"
    hazards = sorted({name for _, one, _ in rows for name in one.hazards})
    told = by_environment([(one.name, _facts(a)) for one, _, a in rows], every)
    marks = ", ".join(f"**{escape(name)}**" for name in hazards)
    return f"- **{'STOP' if stops else 'LOOK'}** {head} ({marks})" + (f": {told}" if told else "")


def _facts(about: About) -> str:
    return short("; ".join(fact_text(fact, about.recover) for fact in about.facts[:3]))


def by_environment(told: Sequence[tuple[str, str]], every: int) -> str:
    """What is said of several environments, once where it is the same; named where it is not said of ``every`` one."""
    texts: dict[str, list[str]] = {}
    for name, text in told:
        texts.setdefault(text, []).append(name)
    if len(texts) == 1 and len(told) == every:
        return told[0][1]
    parts = [f"{short(', '.join(names))}: {text}" if text else short(", ".join(names)) for text, names in texts.items()]
    return "; ".join(parts)


def error_lines(given: Given) -> Iterator[str]:
    """What keeps environments from being planned, then mistakes in the configuration."""
    for name in given.unplanned:
        yield f"- **STOP** {short(name)}: no plan could be made; the log says why"
    for planned in given.plans:
        for one in planned.plan.context.diagnostics:
            if one.severity == "error":
                yield f"- **STOP** {short(planned.name)}: {short(one.message)} ({code(one.code)})"
    for found in given.checked.of("error") if given.checked is not None else ():
        yield finding_line("STOP", found)


def warning_lines(checked: Checked | None) -> list[str]:
    """Findings that are no errors, and new."""
    return [finding_line("LOOK", one) for one in checked.of("warning")] if checked is not None else []


def finding_line(word: str, found: Finding) -> str:
    """One finding in a line: what, its code, where."""
    place = found.place
    at = ""
    if place is not None and place.file:
        at = f" at {code(shorten(clean(place.file), LONGEST) + (f':{place.line}' if place.line else ''))}"
    return f"- **{word}** {short(found.message)} ({code(shorten(clean(found.code), 20))}){at}"
