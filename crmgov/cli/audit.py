"""``crmgov audit``: what nobody fills, what never fires, what records say against the configuration."""

from collections.abc import Mapping
from contextlib import closing

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.exports import Memory
from crmgov.cli.trouble import CLEAN, FINDINGS, say
from crmgov.cli.validate import FAIL_ON, LEVELS


@click.command("audit", epilog="Example: crmgov audit production --only Lead")
@click.argument("environment", required=False)
@click.option("--source", metavar="ENV|PATH", help="Judge this environment, project folder or zip instead of config/.")
@click.option("--records", metavar="PATH|URL", help="Count these records: an export, or a database by its URL.")
@click.option("--memory", type=Memory(), metavar="SIZE", help="Take no more memory, such as 512MB, to count files.")
@click.option("--code", multiple=True, metavar="PATH", help="Look for uses of fields in these programs too.")
@click.option("--fix", is_flag=True, help="Write what verdicts ask for into the YAML; comments and order stay.")
@click.option("--decisions", metavar="FILE", help="Take over what was decided in a workbook of --format xlsx.")
@click.option("--against", metavar="DATE|RUN", help="Compare with the last audit up to that day, or before that run.")
@click.option("--store/--no-store", default=True, show_default=True, help="Keep the figures in the ledger, for later.")
@click.option("--fail-on", type=LEVELS, default="error", show_default=True, help="What makes the status 1.")
@click.option("--known", metavar="FILE", help="Leave out the findings in FILE; written with all of them if missing.")
@click.option("--accept-new", is_flag=True, help="Take today's new findings into the file of known ones.")
@click.option("--show-values", is_flag=True, help="Tell the most frequent values; never of personal or guarded data.")
@options.only
@options.format_of("human", "json", "csv", "markdown", "html", "xlsx")
@options.full
@options.output
@click.pass_obj
def command(
    app: App, environment: str | None, source: str | None, records: str | None, code: tuple[str, ...], fail_on: str,
    decisions: str | None, known: str | None, only: tuple[str, ...], excluded: tuple[str, ...], format_: str,
    against: str | None, output: str | None, memory: int | None, *, store: bool, fix: bool, accept_new: bool,
    show_values: bool, full: bool,
) -> int:  # fmt: skip
    """Count the records of ENVIRONMENT and judge by them which fields, values and automations earn their place.

    No record is changed, and no value of one is shown unless --show-values asks for it. Every figure says whether it
    is exact, whence and of when it is; what was not looked at is named, and no verdict goes further than what is known.
    With --fix, fields that nobody needs get a lifecycle in their YAML (deprecated, with the day from which they may be
    removed, or hidden) and go off the layouts. With --known FILE --fail-on new only errors and warnings that are not in
    FILE fail.
    """
    from crmgov.cli.announcing import Announced
    from crmgov.cli.auditing import audited, opened_records
    from crmgov.cli.auditing_kept import keep, kept
    from crmgov.cli.auditing_mended import mend, take_over
    from crmgov.cli.auditing_told import Telling, told
    from crmgov.cli.auditing_whole import whole
    from crmgov.cli.ending import ending_tidily
    from crmgov.cli.workspace import Workspace

    narrowed = bool(only or excluded)
    _combined(environment or records or decisions, known, narrowed=narrowed, accept_new=accept_new, fail_on=fail_on)
    if against is not None and environment is None:
        raise click.UsageError("--against compares with what an environment's ledger holds: name the environment")
    if format_ == "xlsx" and output is None:
        raise click.UsageError("name the file of the workbook with --output FILE")
    workspace = Workspace(app)
    if decisions is not None:
        _alone({
            "--source": source, "--records": records, "--code": code, "--fix": fix, "--against": against,
            "--known": known, "--only": only, "--except": excluded, "--show-values": show_values, "--memory": memory,
        })  # fmt: skip
        problems = take_over(app, workspace, environment, decisions)
        say(problems)
        return FINDINGS if problems else CLEAN
    whole(app, workspace, environment, source, show_values=show_values)
    before = kept(workspace, environment, against)
    with ending_tidily(), closing(opened_records(workspace, environment, source, records, memory)) as opened:
        asked = Announced(opened, app.note) if app.verbose else opened
        found = audited(
            workspace, environment, source, asked, only, excluded, code, before.last, show_values=show_values
        )
    telling = Telling(
        environment=environment or "", source=source, records=records or "", held_in=opened.name, only=only,
        excluded=excluded, known=known, accept=accept_new, form=format_, full=full, to_file=output is not None,
        kept=before,
    )  # fmt: skip
    text, counted = told(app, workspace, found, telling)
    app.write(text, output)
    if store and environment is not None and source is None and not narrowed:
        keep(app, workspace, environment, found, counted, opened.name)
    if fix:
        mend(app, workspace, counted, source)
    failing = any(finding.severity in FAIL_ON[fail_on] for finding in counted)
    return FINDINGS if failing else CLEAN


def _combined(where: str | None, known: str | None, *, narrowed: bool, accept_new: bool, fail_on: str) -> None:
    """End the verb where options ask for what cannot be had together."""
    if where is None:
        raise click.UsageError("name an environment, or where the records are with --records")
    if known is None and (accept_new or fail_on == "new"):
        raise click.UsageError("name the file of known findings with --known FILE")
    if known is not None and narrowed:
        raise click.UsageError("--known compares whole audits: leave out --only and --except")


def _alone(options: Mapping[str, object]) -> None:
    """End the verb where options are given that a workbook of decisions has no use for."""
    idle = [name for name, given in options.items() if given]
    if idle:
        raise click.UsageError(f"--decisions counts no records: leave out {', '.join(idle)}")
