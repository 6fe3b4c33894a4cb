"""``crmgov audit``: what nobody fills, what never fires, what records say against the configuration."""

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, FINDINGS
from crmgov.cli.validate import FAIL_ON


@click.command("audit", epilog="Example: crmgov audit production --only Lead")
@click.argument("environment", required=False)
@click.option("--source", metavar="ENV|PATH", help="Judge this environment, project folder or zip instead of config/.")
@click.option("--records", metavar="PATH|URL", help="Count these records: an export, or a database by its URL.")
@click.option("--fail-on", type=click.Choice(["error", "warning"]), default="error", show_default=True,
              help="What makes the status 1.")  # fmt: skip
@options.only
@options.format_of("human", "json")
@options.full
@options.output
@click.pass_obj
def command(
    app: App, environment: str | None, source: str | None, records: str | None, fail_on: str, only: tuple[str, ...],
    excluded: tuple[str, ...], format_: str, output: str | None, *, full: bool,
) -> int:  # fmt: skip
    """Count the records of ENVIRONMENT and judge by them which fields, values and automations earn their place.

    Nothing is changed, and no value of a record is shown. Every figure says whether it is exact, whence and of when it
    is; what was not looked at is named, and no verdict goes further than what is known.
    """
    from crmgov.cli.announcing import Announced
    from crmgov.cli.auditing import audited, opened_records
    from crmgov.cli.workspace import Workspace
    from crmgov.report.audit import render

    workspace = Workspace(app)
    if environment is None and records is None:
        raise click.UsageError("name an environment, or where the records are with --records")
    opened = opened_records(workspace, environment, source, records)
    asked = Announced(opened, app.note) if app.verbose else opened
    try:
        found = audited(workspace, environment, source, asked, only, excluded)
    finally:
        opened.close()
    app.write(render(found, format_, full=full), output)
    failing = any(finding.severity in FAIL_ON[fail_on] for finding in found.findings)
    return FINDINGS if failing else CLEAN
