"""``crmgov drift``: what was changed by hand."""

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, PENDING, say


@click.command("drift", epilog="Example: crmgov drift production --exit-code")
@click.argument("environment")
@options.only
@options.format_of("human", "json", "markdown")
@options.full
@options.exit_code
@options.output
@click.pass_obj
def command(
    app: App, environment: str, only: tuple[str, ...], excluded: tuple[str, ...], format_: str, *, full: bool,
    exit_code: bool, output: str | None,
) -> int:  # fmt: skip
    """Show what was changed by hand in ENVIRONMENT since the last apply.

    A plan never undoes such a change by itself: write it into the configuration with pull, or undo it with
    plan --revert.
    """
    from crmgov.cli.planning import drafted, scene
    from crmgov.cli.workspace import Workspace
    from crmgov.plan.proposals import Options
    from crmgov.plan.selection import selected
    from crmgov.report.drift import render

    workspace = Workspace(app)
    here = scene(workspace, environment)
    result = drafted(workspace, here, Options())
    found = [
        deviation
        for deviation in result.deviations
        if deviation.sort != "absent" and selected(deviation.address, only, excluded)
    ]
    app.write(render(found, format_, environment=environment, known=here.inputs.baseline.exists, full=full), output)
    say([diagnostic for diagnostic in result.diagnostics if diagnostic.code == "PLAN013"])
    return PENDING if exit_code and found else CLEAN
