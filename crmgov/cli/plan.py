"""``crmgov plan``: show, and save, what an apply would do."""

from pathlib import Path

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, FINDINGS, PENDING, REFUSED, say


@click.command(
    "plan",
    epilog="Example: crmgov plan production --out release.plan --exit-code",
    short_help="Show, and save, what an apply would do.",
)
@click.argument("environment")
@click.option("--out", metavar="FILE", help="Save the plan, to be carried out by apply FILE.")
@click.option("--snapshot", metavar="FILE", help="A recorded snapshot in place of live; such a plan is never applied.")
@click.option("--manifests", metavar="DIR", help="Salesforce: also write package.xml and the destructive manifests.")
@click.option("--revert", metavar="ADDRESS", multiple=True, help="Undo what was changed by hand here.")
@click.option("--take", type=(click.Choice(["yaml", "live"]), str), multiple=True, help="Settle a conflict.")
@options.only
@options.format_of("human", "json", "markdown", "html")
@options.full
@options.exit_code
@options.output
@click.pass_obj
def command(
    app: App, environment: str, out: str | None, snapshot: str | None, manifests: str | None, revert: tuple[str, ...],
    take: tuple[tuple[str, str], ...], only: tuple[str, ...], excluded: tuple[str, ...], format_: str, *, full: bool,
    exit_code: bool, output: str | None,
) -> int:  # fmt: skip
    """Show what an apply to ENVIRONMENT would do, with what it may harm.

    Nothing is changed. With --out the plan is saved as one file that apply carries out exactly, or refuses.
    """
    from crmgov.cli.planning import drafted, finished, placed, scene, write_manifests
    from crmgov.cli.workspace import Workspace
    from crmgov.plan.codes import REFUSALS
    from crmgov.plan.proposals import Options
    from crmgov.report.plan import render

    workspace = Workspace(app)
    app.progress(f"Reading {environment} ...")
    here = scene(workspace, environment, recorded=snapshot)
    chosen = Options(revert=frozenset(revert), take={a: t for t, a in take}, only=only, excluded=excluded)
    plan = finished(workspace, here, drafted(workspace, here, chosen))
    if out is not None:
        from crmgov.report.plan_file import write_plan

        write_plan(Path(out), plan)
    if manifests is not None:
        write_manifests(Path(manifests), plan, here)
    words = here.inputs.capabilities.words
    app.write(render(plan, format_, full=full, file=out, words=words), output)
    diagnostics = [d for d in plan.context.diagnostics if d.severity != "note" or d.policy]
    if format_ != "json":
        say(placed(workspace, diagnostics))
    errors = {d.code for d in diagnostics if d.severity == "error"}
    # On a protected environment an unproven removal refuses a plan as well.
    if errors & REFUSALS or (here.protected and "PLAN001" in errors):
        return REFUSED
    if errors:
        return FINDINGS
    return PENDING if exit_code and not plan.empty else CLEAN
