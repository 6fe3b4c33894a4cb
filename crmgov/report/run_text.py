"""How a run ended, in words."""

import msgspec

from crmgov.apply.session import RunResult
from crmgov.model.plans import Plan, Step
from crmgov.report.changes import title
from crmgov.report.text import clean, count

FORMAT = "crmgov-run/1"
SHOWN = 30
"""Steps on the first screen."""

_HEAD = {
    "done": "Applied",
    "failed": "Not everything was applied",
    "conflict": "Stopped: something else changed the environment meanwhile",
    "refused": "Refused; nothing was changed",
    "locked": "Another run is under way; nothing was changed",
    "unable": "Nothing was changed",
    "interrupted": "Cut off; finish it with crmgov apply --resume",
    "nothing": "There was nothing to resume",
}
_SIGN = {"done": "done", "altered": "ALTERED", "failed": "FAILED", "unverified": "UNVERIFIED"}


def render(result: RunResult, plan: Plan | None, form: str, *, full: bool) -> str:
    """A run's end as ``human`` text or ``json``. With the plan, steps go by their names."""
    if form == "json":
        data = {"format": FORMAT, "result": result}
        return msgspec.json.format(msgspec.json.encode(data, order="deterministic"), indent=2).decode() + "\n"
    counts = ", ".join(f"{number:,} {status.replace('_', ' ')}" for status, number in result.counts.items())
    stage = f" by the check of {result.stage}" if result.status == "refused" and result.stage else ""
    told = [f"{_HEAD[result.status]}{stage}{': ' + counts if counts else ''} (run {clean(result.run)})"]
    steps = {step.id: step for step in plan.core.steps} if plan is not None else {}
    told += _outcomes(result, steps, full=full)
    for export in result.exports:
        rows = count(export.rows, "row")
        told.append(f"  values exported: {rows} of {clean(export.address)} to {clean(export.file)}")
    if result.status == "done" and plan is not None:
        told += _ledger(plan)
    return "\n".join(told) + "\n"


def _outcomes(result: RunResult, steps: dict[int, Step], *, full: bool) -> list[str]:
    """Steps that did not simply succeed, then those that leave something to know, and with ``full`` all."""
    shown = [outcome for outcome in result.outcomes if full or outcome.status != "done" or outcome.message]
    chosen = shown if full else sorted(shown, key=lambda outcome: outcome.status == "done")
    told = []
    for outcome in chosen if full else chosen[:SHOWN]:
        step = steps.get(outcome.step)
        name = f"{step.action} {title(step.address)}" if step is not None else f"step {outcome.step}"
        sign = _SIGN.get(outcome.status, outcome.status.replace("_", " "))
        told.append(f"  {sign:<10} {name}" + (f": {clean(outcome.message)}" if outcome.message else ""))
    if len(told) < len(chosen):
        told.append(f"  and {count(len(chosen) - len(told), 'more step')} (--full)")
    return told


def _ledger(plan: Plan) -> list[str]:
    made = {step.native for step in plan.core.steps}
    adopted = sum(1 for record in plan.core.records if record.action == "adopt" and record.native not in made)
    return [f"  {count(adopted, 'resource')} governed from now on"] if adopted else []
