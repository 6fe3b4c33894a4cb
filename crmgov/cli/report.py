"""``crmgov report``: what a host shows: the comment on a pull request, issues for owners, CODEOWNERS."""

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN
from crmgov.cli.validate import FAIL_ON


@click.group("report", epilog="Example: crmgov report comment --plan sandbox.plan --output comment.md")
def command() -> None:
    """Write what the host of the repository shows to people."""


@click.command(
    "comment",
    short_help="Write the comment on a pull request.",
    epilog="Example: crmgov report comment --plan sandbox.plan --findings findings.json",
)
@click.option("--plan", "plans", metavar="FILE", multiple=True, help="A saved plan; once for each environment.")
@click.option("--unplanned", metavar="ENV", multiple=True, help="An environment that no plan could be made for.")
@click.option("--findings", metavar="FILE", help="What validate --format json wrote.")
@click.option(
    "--fail-on", type=click.Choice(list(FAIL_ON)), default="error", show_default=True, help="As for validate."
)
@click.option("--link", metavar="URL", default="", help="The page at the host that has the plans and the log.")
@options.output
@click.pass_obj
def comment(
    app: App, plans: tuple[str, ...], unplanned: tuple[str, ...], findings: str | None, fail_on: str, link: str,
    output: str | None,
) -> int:  # fmt: skip
    """Write one Markdown comment that says what merging does to every environment.

    It begins with a hidden mark, by which the earlier one is found and replaced, and stays within the 65,536
    characters a host takes, whatever the plans hold.
    """
    from crmgov.cli.commenting import findings_from, given
    from crmgov.cli.workspace import Workspace
    from crmgov.report.comment.render import render

    checked = findings_from(findings, FAIL_ON[fail_on]) if findings is not None else None
    app.write(render(given(Workspace(app), plans, unplanned, checked, link)), output)
    return CLEAN


@click.command(
    "codeowners",
    short_help="Write CODEOWNERS from areas.",
    epilog="Example: crmgov report codeowners --output .github/CODEOWNERS",
)
@options.output
@click.pass_obj
def codeowners(app: App, output: str | None) -> int:
    """Write CODEOWNERS from the areas of the Governance document.

    Objects and kinds become the folders and files that hold them; paths come last, because the last line that matches
    counts. Areas without a handle, and what CODEOWNERS cannot say, are told.
    """
    from crmgov.cli.trouble import FINDINGS, say
    from crmgov.cli.workspace import Workspace
    from crmgov.model.diagnostics import has_errors
    from crmgov.report.codeowners import codeowners as written

    text, problems = written(Workspace(app).loaded.snapshot)
    say(problems)
    if has_errors(problems):
        return FINDINGS
    app.write(text, output)
    return CLEAN


@click.command(
    "issues",
    short_help="Write one issue for each owner, as JSON.",
    epilog="Example: crmgov report issues --drift drift.json --findings findings.json",
)
@click.option("--drift", "drifts", metavar="FILE", multiple=True, help="What drift --format json wrote.")
@click.option("--findings", metavar="FILE", multiple=True, help="What validate or audit --format json wrote.")
@options.output
@click.pass_obj
def issues(app: App, drifts: tuple[str, ...], findings: tuple[str, ...], output: str | None) -> int:
    """Write, as JSON, one issue for each owner of what was changed by hand or found.

    Each begins with a hidden mark, by which the host's earlier issue is found and brought up to date.
    """
    from crmgov.cli.commenting import drift_of, findings_from
    from crmgov.cli.workspace import Workspace
    from crmgov.report.issues import issues as written

    drifted, checked = [drift_of(file) for file in drifts], [findings_from(file) for file in findings]
    app.write(written(Workspace(app).loaded.snapshot, drifted, checked), output)
    return CLEAN


for _command in (comment, codeowners, issues):
    command.add_command(options.spoken(_command))
