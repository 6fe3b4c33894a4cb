"""The comment itself: a table, what decides, who notices, what is needed; the rest folded."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from crmgov.report.comment.given import Finding, Given, Planned
from crmgov.report.comment.room import LIMIT, Block, fitted
from crmgov.report.comment.steps import alike, by_hand, step_lines, used
from crmgov.report.comment.stops import (
    LONGEST,
    error_line,
    errors,
    finding_line,
    hazard_line,
    hazard_rows,
    plan_line,
    plan_warnings,
    short,
)
from crmgov.report.markdown_text import code, escape, in_html
from crmgov.report.plain import number, shorten
from crmgov.report.text import clean, count

MARKER = "<!-- crmgov:comment -->"
"""The first line of every comment: by it the earlier one is found and replaced."""
FIRST = 15
"""Lines of one sort on the first screen."""
_ENVIRONMENTS = 30
_AUDIENCES = 12
_GROUPS = 6


def render(given: Given, limit: int = LIMIT) -> str:
    """The whole comment, in at most ``limit`` bytes."""
    every = len(given.plans)
    wrong = errors(given)
    warnings = _nearest(given, given.checked.doubtful()) if given.checked is not None else []
    stops, looks = hazard_rows(given, stops=True), hazard_rows(given, stops=False)
    blocks = [_table(given)]
    told = chain((hazard_line(rows, every, "STOP") for rows in stops), map(error_line, wrong))
    blocks += _first_screen(told, len(stops) + len(wrong), "STOP")
    of_plans = plan_warnings(given)
    told = chain(
        (hazard_line(rows, every, "LOOK") for rows in looks),
        (plan_line("LOOK", *one) for one in of_plans),
        (finding_line("LOOK", one) for one in warnings),
    )
    blocks += _first_screen(told, len(looks) + len(of_plans) + len(warnings), "LOOK")
    blocks += _noticed(given)
    blocks.append(_text(_needed(given, wrong=len(wrong))))
    whole = _whole(given)
    groups = alike(given.plans)
    for group in groups[:_GROUPS]:
        total = len(group[0].plan.core.steps)
        names = "" if len(given.plans) == 1 else f": {in_html(_listed(group))}"
        blocks.append(_folded(f"All {count(total, 'step')} in order{names}", step_lines(group), total, "step", whole))
    if len(groups) > _GROUPS:
        blocks.append(_text(f"{number(len(groups) - _GROUPS)} more environments have other steps; {whole}"))
    for name, (lines, total) in (
        ("Where what changes is used", used(given.plans)),
        ("Changed by hand, left alone", by_hand(given.plans)),
    ):
        if total:
            blocks.append(_folded(f"{name} ({number(total)})", lines, total, "entry", whole))
    return fitted(blocks, limit)


def _nearest(given: Given, found: Sequence[Finding]) -> list[Finding]:
    """Findings at what the plans change before all others."""
    touched = {step.address for planned in given.plans for step in planned.plan.core.steps}
    return sorted(found, key=lambda one: one.address.partition("#")[0] not in touched)


def _text(text: str) -> Block:
    """A block that is one text of bounded length."""
    return Block(text, iter(()), 0, lambda _: "")


def _table(given: Given) -> Block:
    plans = given.plans
    made = max((planned.plan.context.created for planned in plans), default="")
    commit = next((planned.plan.context.commit for planned in plans if planned.plan.context.commit), "")
    parts = [f"updated {made[:10]} {made[11:16]} UTC"] if made else []
    parts += [f"for {code(commit[:7])}"] if commit else []
    previews = [planned for planned in plans if planned.plan.context.preview]
    opening = f"{MARKER}\n### crmgov: what merging does\n\n" + " ".join(parts)
    if previews:
        opening += (
            f"\n\n**PREVIEW against a recorded snapshot: {escape(_listed(previews))}.** "
            "Records were not counted, and nothing of this can be applied."
        )
    opening += "\n\n| environment | add | change | remove | rename | must be accepted | plan |"
    opening += "\n| --- | ---: | ---: | ---: | ---: | --- | --- |"
    rows = [_row(planned) for planned in plans]
    rows += [f"| {short(name)} | - | - | - | - | no plan | - |" for name in given.unplanned]
    return Block(opening, iter(rows), len(rows), lambda n: f"| and {number(n)} more | | | | | | |", _ENVIRONMENTS)


def _row(planned: Planned) -> str:
    by = Counter(str(step.action) for step in planned.plan.core.steps)
    hazards = sorted({name for step in planned.plan.core.steps for name in step.hazards})
    figures = (by["add"], by["modify"] + by["replace"], by["remove"], by["rename"])
    digest = clean(planned.plan.plan_digest)
    told = [short(planned.name), *(number(n) for n in figures), short(", ".join(hazards)) or "nothing"]
    return f"| {' | '.join(told)} | {code(f'{digest[:4]}..{digest[-4:]}')} |"


def _first_screen(lines: Iterator[str], total: int, word: str) -> list[Block]:
    if not total:
        return []
    return [Block("", lines, total, lambda n: f"- **{word}** and {number(n)} more", FIRST)]


def _noticed(given: Given) -> list[Block]:
    notices = given.notices
    if notices is None:
        return []
    rows = (f"- {short(name)}: {short('; '.join(told[:10]))}" for name, told in notices.effects.items())
    last = []
    if notices.nothing:
        last = [f"- Nothing changes for {short(', '.join(notices.nothing[:8]))}{_rest(len(notices.nothing) - 8)}"]
    total = len(notices.effects) + len(last)
    if not total:
        return []
    return [Block("**Who notices**\n", chain(rows, last), total, lambda n: f"- and {number(n)} more", _AUDIENCES)]


def _rest(more: int) -> str:
    return f" and {number(more)} more" if more > 0 else ""


def _needed(given: Given, *, wrong: int) -> str:
    """Checks, and what stands between this and merging, and between merging and each environment."""
    parts = []
    if given.checked is not None:
        checked = given.checked
        told = [count(len(checked.of("error")), "error"), count(len(checked.of("warning")), "new warning")]
        told += [f"{number(checked.known)} known"] if checked.known else []
        told += [f"{number(checked.waived)} waived"] if checked.waived else []
        parts.append(f"**Checks** {', '.join(told)}")
    mend = f"mend {count(wrong, 'problem')}" if wrong else "nothing is in the way"
    parts.append(f"**To merge** {mend}.")
    release = [_release(planned) for planned in given.plans if planned.plan.core.steps]
    if release:
        parts.append("**To release** " + "; ".join(release[:_ENVIRONMENTS]) + ".")
    return "  \n".join(parts)


def _release(planned: Planned) -> str:
    if planned.plan.context.preview:
        return f"{short(planned.name)}: nothing can be applied from a preview"
    hazards = sorted({name for step in planned.plan.core.steps for name in step.hazards})
    accept = f"accept {short(', '.join(hazards))}" if hazards else ""
    needs = [text for text in (short(planned.approval), accept) if text]
    return f"{short(planned.name)}: {' and '.join(needs) or 'nothing to accept'}"


def _folded(summary: str, lines: Iterator[str], total: int, noun: str, whole: str) -> Block:
    def more(left: int) -> str:
        several = "more entries" if noun == "entry" else ""
        return f"- {count(left, f'more {noun}', several)} left out here; {whole}"

    return Block(f"<details><summary>{summary}</summary>\n", lines, total, more, closing="\n</details>")


def _listed(plans: Sequence[Planned]) -> str:
    return shorten(clean(", ".join(planned.name for planned in plans[:8])), LONGEST) + _rest(len(plans) - 8)


def _whole(given: Given) -> str:
    """Where everything can be read."""
    files = [planned.file for planned in given.plans if planned.file]
    shown = code(f"crmgov show {clean(files[0])[:100]} --full") if files else code("crmgov plan --full")
    return f"the whole: {shown}" + (f", saved [here](<{given.link}>)" if given.link else "")
