"""Plans and runs as Markdown and as one self-contained HTML page.

Everything on a page is escaped by the template engine or by ``markdown_text``; a page asks no other host for anything.
"""

from collections import Counter
from collections.abc import Mapping
from html import escape as html_escape

import msgspec
from msgspec import UNSET

from crmgov.model.address import for_people
from crmgov.model.canonical import Body
from crmgov.model.flat import build
from crmgov.model.operations import Outcome, RouteChange
from crmgov.model.plans import HAZARDS, About, Plan, Step
from crmgov.model.snapshot import kind_of
from crmgov.report.changes import gist, lines, title
from crmgov.report.facts import facts
from crmgov.report.markdown_text import code, escape
from crmgov.report.plain import number
from crmgov.report.plan_text import target
from crmgov.report.text import clean

MARKDOWN_STEPS = 200
"""Steps listed in Markdown; a host cuts or refuses a longer comment."""


_WORDS = {"modify": "change"}
"""What an action is called where its own name is not what people say."""


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """One step as a page shows it. ``lines`` tell a change; ``parts`` what comes or goes with the whole."""

    number: int
    action: str
    title: str
    gist: str
    lines: list[str]
    parts: list[str]
    facts: list[str]
    hazards: tuple[str, ...]
    outcome: str = ""
    message: str = ""


def plan_page(plan: Plan, form: str, words: Mapping[str, str], outcomes: Mapping[int, Outcome] | None = None) -> str:
    """A plan, or with outcomes the report of its run, as ``markdown`` or ``html``."""
    views = step_views(plan, words, outcomes or {})
    data = {
        "plan": plan,
        "target": target(plan),
        "made": f"{plan.context.created[:10]} {plan.context.created[11:16]} UTC",
        "unmanaged": number(plan.context.unmanaged) if plan.context.unmanaged else "",
        "ran": outcomes is not None,
        "steps": views,
        "actions": Counter(view.action for view in views),
        "outcomes": Counter(view.outcome for view in views if view.outcome),
        "hazards": _hazards(views),
        "meaning": HAZARDS,
        "deviations": [
            (title(d.address), d.sort, clean(d.text), lines(kind_of(d.native), d.changes))
            for d in plan.context.deviations
        ],
    }
    if form == "markdown":
        return fill("plan.md", data | {"most": MARKDOWN_STEPS})
    return fill("plan.html", data)


def _hazards(views: list[StepView]) -> list[tuple[str, list[StepView]]]:
    """Each hazard that occurs, in order, with its steps."""
    names = sorted({name for view in views for name in view.hazards})
    return [(name, [view for view in views if name in view.hazards]) for name in names]


def step_views(plan: Plan, words: Mapping[str, str], outcomes: Mapping[int, Outcome]) -> list[StepView]:
    """All steps, those with hazards first."""
    abouts = {about.step: about for about in plan.context.about}
    steps = sorted(plan.core.steps, key=lambda step: (not step.hazards, step.id))
    return [_view(step, abouts[step.id], words, outcomes.get(step.id)) for step in steps]


def _view(step: Step, about: About, words: Mapping[str, str], outcome: Outcome | None) -> StepView:
    kind = kind_of(step.native)
    body: Body = build(kind, {c.route: c.after for c in step.changes}) if step.action == "add" else {}
    told = lines(kind, step.changes, full=True)
    whole = step.action in ("add", "remove")
    gists = {"add": gist(step.address, body), "rename": f"was {clean(for_people(step.renamed_from))}"}
    return StepView(
        number=step.id,
        action=_WORDS.get(step.action, step.action),
        title=title(step.address, {"label": about.label}, words),
        gist=gists.get(step.action, ""),
        lines=[] if whole else told,
        parts=_parts(kind, step) if whole else [],
        facts=facts(step, about, told, full=True),
        hazards=step.hazards,
        outcome=outcome.status.replace("_", " ") if outcome is not None else "",
        message=clean(outcome.message) if outcome is not None else "",
    )


def _parts(kind: str, step: Step) -> list[str]:
    """What a whole resource consists of, whichever way it goes."""
    given = [RouteChange(route=c.route, after=c.before if c.after is UNSET else c.after) for c in step.changes]
    return [text.removeprefix("+ ") for text in lines(kind, given, full=True)]


def text_page(name: str, text: str) -> str:
    """A plain text as a page of its own."""
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html_escape(name)}</title>'
    return f"{head}<body><pre>{html_escape(text)}</pre></body></html>\n"


def fill(template: str, data: Mapping[str, object]) -> str:
    """A template with its data; all of it is escaped where the template is a page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("crmgov.report"),
        autoescape=template.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = escape
    environment.filters["code"] = code
    environment.filters["clean"] = clean
    return environment.get_template(template).render(data)
