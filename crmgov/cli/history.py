"""``crmgov history``: what was applied, when and by whom."""

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, FINDINGS, say


@click.command("history", epilog="Example: crmgov history verify production")
@click.argument("words", nargs=-1, required=True, metavar="[verify] ENVIRONMENT")
@options.format_of("human", "json")
@options.full
@options.output
@click.pass_obj
def command(app: App, words: tuple[str, ...], format_: str, output: str | None, *, full: bool) -> int:
    """Show the runs of ENVIRONMENT, newest first.

    With verify, recompute the whole chain of entries and tell the first that is not what was written.
    """
    from crmgov.cli.workspace import Workspace
    from crmgov.report.history import render

    verifying = len(words) == 2 and words[0] == "verify"
    if len(words) != (2 if verifying else 1):
        raise click.UsageError("name one environment, after verify or alone")
    workspace = Workspace(app)
    name = workspace.called(words[-1])
    ledger = workspace.ledger(name)
    try:
        if verifying:
            problems = list(ledger.verify())
            say(problems)
            entries = sum(1 for _ in ledger.entries()) if not problems else 0
            app.write(f"{name}: the ledger is whole, {entries:,} entries" if not problems else "", output)
            return FINDINGS if problems else CLEAN
        app.write(render(name, list(ledger.entries()), format_, full=full), output)
    finally:
        ledger.close()
    return CLEAN
