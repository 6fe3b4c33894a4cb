"""``crmgov env``: the environments of this repository."""

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, stop


@click.command("env", epilog="Example: crmgov env init sandbox --kind sandbox")
@click.argument("words", nargs=-1, metavar="[init ENVIRONMENT]")
@click.option("--kind", type=click.Choice(["sandbox", "production"]), help="For init: what the database is.")
@options.format_of("human", "json")
@options.output
@click.pass_obj
def command(app: App, words: tuple[str, ...], kind: str | None, format_: str, output: str | None) -> int:
    """List the environments, what they are and when they were last applied to.

    init makes the database of an environment ready: it gets an identity of its own, and the line to write under
    expects is printed. An identity is never given twice, and never by reading.
    """
    from crmgov.cli.workspace import Workspace
    from crmgov.write.scalars import text

    workspace = Workspace(app)
    if not words:
        from crmgov.cli.environments import overview
        from crmgov.report.environments import render

        app.write(render(overview(workspace), format_), output)
        return CLEAN
    if len(words) != 2 or words[0] != "init":
        raise click.UsageError("write crmgov env, or crmgov env init ENVIRONMENT")
    name = workspace.called(words[1])
    provider = workspace.provider(name)
    initialise = getattr(provider, "initialise", None)
    if initialise is None:
        raise stop("CLI004", f"{name} needs no making ready", mend="Only databases are made ready by env init.")
    expects = workspace.environment(name).expects
    known = kind or getattr(expects, "kind", None)
    if known not in ("sandbox", "production"):
        raise stop("CLI004", f"Nothing says what {name} is", mend="Add --kind sandbox or --kind production.")
    identity = initialise(known, name)
    app.write(
        f"{name} is ready. Write this in its file before the first apply:\n"
        f"expects: {{instance: {text(identity.instance, flow=True)}, kind: {identity.kind}}}",
        output,
    )
    return CLEAN
