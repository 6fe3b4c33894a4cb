"""``crmgov apply``: carry out a saved plan."""

import sys
from pathlib import Path

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, FINDINGS, REFUSED, UNABLE, say, stop
from crmgov.model.diagnostics import brief

STATUS = {
    "done": CLEAN, "nothing": CLEAN, "failed": FINDINGS, "conflict": FINDINGS, "interrupted": FINDINGS,
    "refused": REFUSED, "locked": UNABLE, "unable": UNABLE,
}  # fmt: skip


@click.command("apply", epilog="Example: crmgov apply release.plan --allow data-loss:Lead.SICCode")
@click.argument("what", metavar="FILE|ENVIRONMENT")
@click.option("--allow", metavar="HAZARD[:ADDRESS]", multiple=True, help="Accept a hazard (at one address).")
@click.option("--yes", is_flag=True, help="Do not ask before a plan made just now is carried out.")
@click.option("--resume", "resuming", is_flag=True, help="Finish the run of ENVIRONMENT that was cut off.")
@click.option("--take-lock", metavar="RUN", default="", help="With --resume: take the lock of a run known to be gone.")
@click.option("--report", "reports", metavar="FILE.md|FILE.html", multiple=True, help="Also write a change report.")
@options.only
@options.format_of("human", "json")
@options.full
@options.output
@click.pass_obj
def command(
    app: App, what: str, allow: tuple[str, ...], take_lock: str, reports: tuple[str, ...], only: tuple[str, ...],
    excluded: tuple[str, ...], format_: str, output: str | None, *, yes: bool, resuming: bool, full: bool,
) -> int:  # fmt: skip
    """Carry out exactly what a saved plan says, or refuse.

    Given an ENVIRONMENT, a plan is made and shown first, and carried out when you agree. Whatever cuts a run off,
    --resume finishes it: nothing is done twice and nothing is lost.
    """
    from crmgov.cli.applying import accepted, carry_out, is_saved, open_plan, pick_up
    from crmgov.cli.workspace import Workspace
    from crmgov.report.page import plan_page
    from crmgov.report.run_text import render
    from crmgov.report.text import clean
    from crmgov.write.atomic import replace_file

    workspace = Workspace(app)
    if resuming:
        if allow or only or excluded:
            raise stop("CLI004", "--resume finishes a run as it was begun; --allow, --only and --except choose nothing")
        result = pick_up(workspace, what, take_lock)
        app.write(render(result, None, format_, full=full), output)
        say(result.diagnostics)
        return STATUS[result.status]
    if take_lock:
        raise stop("CLI004", "--take-lock goes with --resume")
    plan = open_plan(workspace, what, only, excluded)
    if not is_saved(workspace, what):
        if not plan.empty or plan.context.diagnostics:
            from crmgov.report.plan import render as render_plan

            sys.stderr.write(render_plan(plan, "human", full=full, file=None))
            say([d for d in plan.context.diagnostics if d.severity != "note"])
        if not plan.empty and not yes and not _agreed():
            raise stop("CLI004", "Nothing was done", mend="Save the plan with plan --out, or answer yes.")
    accepting = [accepted(text, plan) for text in allow]
    for _, address in accepting:
        if address is not None and address not in {step.address for step in plan.core.steps}:
            app.note(f"--allow accepts nothing here: the plan has no step at {clean(brief(address))}")
    result = carry_out(workspace, plan, accepting)
    app.write(render(result, plan, format_, full=full), output)
    say(result.diagnostics)
    outcomes = {outcome.step: outcome for outcome in result.outcomes}
    for path in reports if result.status in ("done", "failed", "conflict") else ():
        form = "markdown" if path.endswith(".md") else "html"
        replace_file(Path(path), plan_page(plan, form, {}, outcomes).encode())
        app.note(f"change report in {path}")
    return STATUS[result.status]


def _agreed() -> bool:
    """Ask; silence is no."""
    try:
        return click.confirm("Carry this out?", err=True)
    except click.Abort:
        return False
