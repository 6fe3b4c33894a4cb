"""Policies tried on their examples, for people and for other programs."""

from collections.abc import Sequence
from typing import NamedTuple

from crmgov.check.policy.examples import Trial
from crmgov.model.diagnostics import Diagnostic
from crmgov.report.data import render as as_json
from crmgov.report.findings import Excerpt
from crmgov.report.findings import render as findings
from crmgov.report.json_ import finding_json
from crmgov.report.text import bounded, clean, count

FORMAT = "crmgov-policy-test/1"


class Tried(NamedTuple):
    """The policies that were tried, what came of it, which of them lack examples, and what is wrong."""

    policies: Sequence[str]
    trials: Sequence[Trial]
    untried: Sequence[str]
    problems: Sequence[Diagnostic]


def render(form: str, tried: Tried, *, excerpt: Excerpt, color: bool = False) -> str:
    """All of it as ``human`` text or ``json``."""
    if form == "json":
        return as_json(FORMAT, _data(tried))
    lines: list[str] = []
    for name in tried.policies:
        own = [trial for trial in tried.trials if trial.policy.partition("/")[2] == name]
        lines += [clean(name), *(_line(trial) for trial in own)]
    wrong = sum(bool(trial.wrong) for trial in tried.trials)
    end = [f"{count(len(tried.policies), 'policy', 'policies')}, {count(len(tried.trials), 'example')}, {_all(wrong)}"]
    if tried.untried:
        end.append(f"Without passing or without failing examples: {', '.join(map(clean, tried.untried))}")
    told = findings("human", tried.problems, excerpt=excerpt, color=color, full=True) if tried.problems else ""
    return "\n".join([*lines, *(["", told] if told else []), *end]) + "\n"


def _all(wrong: int) -> str:
    return f"{wrong:,} not as they say" if wrong else "all as they say"


def _line(trial: Trial) -> str:
    what = "breaks" if trial.breaches else "keeps "
    why = f": {bounded('; '.join(trial.breaches), 200)}" if trial.breaches else ""
    return f"  {'WRONG' if trial.wrong else 'ok   '}  {what}  {clean(trial.example)}{why}"


def _data(tried: Tried) -> dict[str, object]:
    return {
        "policies": [
            {
                "name": name,
                "examples": [
                    {
                        "name": trial.example,
                        "expected": trial.expected,
                        "breaches": list(trial.breaches),
                        "wrong": trial.wrong,
                    }
                    for trial in tried.trials
                    if trial.policy.partition("/")[2] == name
                ],
            }
            for name in tried.policies
        ],
        "untried": list(tried.untried),
        "problems": [finding_json(one) for one in tried.problems],
    }
