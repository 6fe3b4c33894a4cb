"""``crmgov diff``: two states side by side."""

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, PENDING, say
from crmgov.model.diagnostics import has_errors


@click.command("diff", epilog="Example: crmgov diff sandbox production")
@click.argument("before", metavar="ENV|PATH")
@click.argument("after", metavar="[ENV|PATH]", required=False)
@click.option("--source", metavar="ENV|PATH", help="The same as the second argument.")
@options.only
@options.format_of("human", "json", "markdown")
@options.full
@options.exit_code
@options.output
@click.pass_obj
def command(
    app: App, before: str, after: str | None, source: str | None, only: tuple[str, ...], excluded: tuple[str, ...],
    format_: str, *, full: bool, exit_code: bool, output: str | None,
) -> int:  # fmt: skip
    """Show what AFTER has that BEFORE has not, and the other way round.

    Each is an environment, a recorded snapshot, or a Salesforce project that was never converted. Without AFTER, the
    configuration of this repository is compared: only what it says is looked at.
    """
    from crmgov.cli.sources import open_source
    from crmgov.cli.workspace import Workspace
    from crmgov.diff.two_way import compare
    from crmgov.plan.selection import selected
    from crmgov.report.diff import render

    workspace = Workspace(app)
    other = after or source
    if other is None:
        from crmgov.cli.comparing import stated_changes

        left, right = before, "config"
        changes, problems = stated_changes(workspace, before)
    else:
        one, two = open_source(workspace, before), open_source(workspace, other)
        left, right = before, other
        changes, problems = compare(one.snapshot, two.snapshot), [*one.problems, *two.problems]
    kept = [change for change in changes if selected(change.address, only, excluded)]
    app.write(render(kept, format_, left=left, right=right, full=full), output)
    say([problem for problem in problems if problem.severity == "error"])
    if has_errors(problems):
        return 1
    return PENDING if exit_code and kept else CLEAN
