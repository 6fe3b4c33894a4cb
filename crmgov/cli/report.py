"""``crmgov report``: what a host shows: the comment on a pull request, issues for owners, CODEOWNERS."""

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN


@click.group("report", epilog="Example: crmgov report comment --plan sandbox.plan --output comment.md")
def command() -> None:
    """Write what the host of the repository shows to people."""


@click.command("comment", epilog="Example: crmgov report comment --plan sandbox.plan --findings findings.json")
@click.option("--plan", "plans", metavar="FILE", multiple=True, help="A saved plan; once for each environment.")
@click.option("--unplanned", metavar="ENV", multiple=True, help="An environment that no plan could be made for.")
@click.option("--findings", metavar="FILE", help="What validate --format json wrote.")
@click.option("--link", metavar="URL", default="", help="The page at the host that has the plans and the log.")
@options.output
@click.pass_obj
def comment(
    app: App, plans: tuple[str, ...], unplanned: tuple[str, ...], findings: str | None, link: str, output: str | None
) -> int:
    """Write one Markdown comment that says what merging does to every environment.

    It begins with a hidden mark, by which the earlier one is found and replaced, and stays within the 65,536
    characters a host takes, whatever the plans hold.
    """
    from crmgov.cli.commenting import given
    from crmgov.cli.workspace import Workspace
    from crmgov.report.comment.render import render

    app.write(render(given(Workspace(app), plans, unplanned, findings, link)), output)
    return CLEAN


for _command in (comment,):
    command.add_command(options.spoken(_command))
