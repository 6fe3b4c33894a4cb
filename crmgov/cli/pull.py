"""``crmgov pull``: live configuration as YAML."""

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, FINDINGS, say, stop
from crmgov.model.diagnostics import has_errors


@click.command("pull", epilog="Example: crmgov pull production --only Lead")
@click.argument("source", metavar="ENVIRONMENT|PATH")
@options.only
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@options.format_of("human", "json")
@options.output
@click.pass_obj
def command(
    app: App, source: str, only: tuple[str, ...], excluded: tuple[str, ...], format_: str, output: str | None, *,
    dry_run: bool,
) -> int:  # fmt: skip
    """Write the configuration of an environment, or of a Salesforce project at a path, as tidy YAML.

    In a tree that is there already only what differs is changed; comments and order stay. The ledger is not touched:
    governance begins with the first apply.
    """
    from crmgov.cli.pulling import pull
    from crmgov.cli.workspace import Workspace
    from crmgov.report.data import render
    from crmgov.write.atomic import replace_all

    workspace = Workspace(app)
    app.progress(f"Reading {source} ...")
    pulled = pull(workspace, source, only, excluded)
    say(pulled.diagnostics)
    if any(d.code.startswith("SECRET") for d in pulled.diagnostics):
        raise stop("CLI004", "Nothing was written: credentials were found", mend="Take them out at the source.")
    files = {path: text.encode() for path, text in pulled.texts.items()} | pulled.body_files
    if not dry_run:
        replace_all(app.root, files)
    for path in sorted(files) if app.verbose or dry_run else ():
        app.note(path)
    if format_ == "json":
        told = {"added": pulled.added, "changed": pulled.changed, "only_here": pulled.only_here,
                "files": sorted(files), "written": not dry_run}  # fmt: skip
        text = render("crmgov-pull/1", told)
    else:
        text = f"{len(pulled.added):,} resources added, {len(pulled.changed):,} changed, in {len(files):,} files"
        text += " (nothing written)" if dry_run else ""
    app.write(text, output)
    if pulled.only_here:
        app.note(f"{len(pulled.only_here):,} resources are only in the configuration; they were left as they are")
    return FINDINGS if has_errors(pulled.diagnostics) else CLEAN
