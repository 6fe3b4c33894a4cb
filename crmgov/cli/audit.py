"""``crmgov audit``: what nobody fills, what never fires, what records say against the configuration."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.auditing_one import Wish, audit_one
from crmgov.cli.exports import Memory
from crmgov.cli.trouble import CLEAN, FINDINGS, UNABLE, Stop, say, tell
from crmgov.cli.validate import LEVELS

ENDINGS = {"human": "txt", "json": "json", "csv": "csv", "markdown": "md", "html": "html", "xlsx": "xlsx"}
"""What the file of a format is called after its dot."""


@click.command("audit", epilog="Example: crmgov audit production --only Lead")
@click.argument("environments", metavar="[ENVIRONMENT]...", nargs=-1)
@click.option("--source", metavar="ENV|PATH", help="Judge this environment, project folder or zip instead of config/.")
@click.option("--records", metavar="PATH|URL", help="Count these records: an export, or a database by its URL.")
@click.option("--memory", type=Memory(), metavar="SIZE", help="Take no more memory, such as 512MB, to count files.")
@click.option(
    "--calls", type=click.IntRange(min=1), metavar="N", help="Ask no more than N statements, or calls of a CRM."
)
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
    app: App, environments: tuple[str, ...], source: str | None, records: str | None, code: tuple[str, ...],
    fail_on: str, decisions: str | None, known: str | None, only: tuple[str, ...], excluded: tuple[str, ...],
    format_: str, against: str | None, output: str | None, memory: int | None,
    calls: int | None, *, store: bool, fix: bool,
    accept_new: bool, show_values: bool, full: bool,
) -> int:  # fmt: skip
    """Count the records of ENVIRONMENT and judge by them which fields, values and automations earn their place.

    No record is changed, and no value of one is shown unless --show-values asks for it. Every figure says whether it
    is exact, whence and of when it is; what was not looked at is named, and no verdict goes further than what is known.
    With --fix, fields that nobody needs get a lifecycle in their YAML (deprecated, with the day from which they may be
    removed, or hidden) and go off the layouts. With --known FILE --fail-on new only errors and warnings that are not in
    FILE fail. Of several environments each has a report of its own; --output then names a folder for them.
    """
    wish = Wish(
        source=source, records=records, memory=memory, calls=calls, code=code, against=against, only=only,
        excluded=excluded, known=known, accept_new=accept_new, fail_on=fail_on, form=format_, full=full,
        show_values=show_values, store=store, fix=fix,
    )  # fmt: skip
    environments = tuple(dict.fromkeys(environments))
    _combined(environments, wish, decisions, output)
    if decisions is not None:
        from crmgov.cli.auditing_mended import take_over
        from crmgov.cli.workspace import Workspace

        problems = take_over(app, Workspace(app), environments[0] if environments else None, decisions)
        say(problems)
        return FINDINGS if problems else CLEAN
    if len(environments) > 1:
        return _each(app, environments, wish, output)
    return audit_one(app, environments[0] if environments else None, output, wish)


def _each(app: App, environments: Sequence[str], wish: Wish, output: str | None) -> int:
    """An audit of each; one that cannot be made keeps none of the others from being made."""
    found: list[int] = []
    if output is not None:
        Path(output).mkdir(parents=True, exist_ok=True)
    for name in environments:
        to = None if output is None else str(Path(output) / f"{name}.{ENDINGS[wish.form]}")
        if output is None and {CLEAN, FINDINGS} & set(found):
            app.write("\n")
        try:
            found.append(audit_one(app, name, to, wish))
        except Stop as refused:
            found.append(tell(refused))
    return next((status for status in (UNABLE, FINDINGS) if status in found), CLEAN)


def _combined(environments: Sequence[str], wish: Wish, decisions: str | None, output: str | None) -> None:
    """End the verb where options ask for what cannot be had together."""
    if not (environments or wish.records or decisions):
        raise click.UsageError("name an environment, or where the records are with --records")
    if wish.known is None and (wish.accept_new or wish.fail_on == "new"):
        raise click.UsageError("name the file of known findings with --known FILE")
    if wish.known is not None and wish.narrowed:
        raise click.UsageError("--known compares whole audits: leave out --only and --except")
    if wish.against is not None and not environments:
        raise click.UsageError("--against compares with what an environment's ledger holds: name the environment")
    if wish.form == "xlsx" and output is None:
        raise click.UsageError("name the file of the workbook with --output FILE")
    if len(environments) > 1:
        _of_several(wish, decisions, output)
    if decisions is not None:
        _alone({
            "--source": wish.source, "--records": wish.records, "--code": wish.code, "--fix": wish.fix,
            "--against": wish.against, "--known": wish.known, "--only": wish.only, "--except": wish.excluded,
            "--show-values": wish.show_values, "--memory": wish.memory,
            "--calls": wish.calls,
        })  # fmt: skip


def _of_several(wish: Wish, decisions: str | None, output: str | None) -> None:
    """End the verb where an option is of one environment alone, or several results would run into one."""
    alone = {
        "--source": wish.source, "--records": wish.records, "--decisions": decisions, "--known": wish.known,
        "--fix": wish.fix,
    }  # fmt: skip
    given = [name for name, value in alone.items() if value]
    if given:
        raise click.UsageError(f"{', '.join(given)}: name one environment")
    if output is None and wish.form not in ("human", "markdown"):
        raise click.UsageError("name a folder for the results of several environments with --output")


def _alone(options: Mapping[str, object]) -> None:
    """End the verb where options are given that a workbook of decisions has no use for."""
    idle = [name for name, given in options.items() if given]
    if idle:
        raise click.UsageError(f"--decisions counts no records: leave out {', '.join(idle)}")
