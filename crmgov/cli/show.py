"""``crmgov show``: an environment, one thing in it, or a saved plan."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.paths import leads_to
from crmgov.cli.trouble import CLEAN, stop

if TYPE_CHECKING:
    from crmgov.cli.sources import Source
    from crmgov.cli.workspace import Workspace
    from crmgov.model.diagnostics import Place


@click.command("show", epilog="Example: crmgov show Lead.Region --source production")
@click.argument("what", required=False)
@click.option("--source", metavar="ENV|PATH", help="Look the address up here instead of in config/.")
@options.format_of("human", "json", "markdown", "html")
@options.full
@options.output
@click.pass_obj
def command(app: App, what: str | None, source: str | None, format_: str, output: str | None, *, full: bool) -> int:
    """Show WHAT: a saved plan, an environment, or the passport of one thing by its address.

    With --output FILE.snapshot an environment's state is recorded; any reading command takes it in place of live.
    Without WHAT the configuration, or --source, is counted.
    """
    from crmgov.cli.workspace import Workspace

    workspace = Workspace(app)
    if what is not None and _is_plan(what):
        return _show_plan(app, Path(what), format_, output, full=full)
    if what is not None and not _is_source(workspace, what):
        return _show_address(app, workspace, what, source, format_, output)
    return _show_source(app, workspace, what or source, format_, output)


def _is_plan(what: str) -> bool:
    if leads_to(what) != "file":
        return False
    if what.endswith(".plan"):
        return True
    try:
        with Path(what).open("rb") as file:
            return b'"crmgov-plan/' in file.read(65536)
    except OSError:
        return False


def _is_source(workspace: "Workspace", what: str) -> bool:
    if (workspace.root / "environments").is_dir() and what.lower() in (n.lower() for n in workspace.environments):
        return True
    return leads_to(what) != ""


def _show_plan(app: App, path: Path, format_: str, output: str | None, *, full: bool) -> int:
    from crmgov.cli.workspace import Workspace
    from crmgov.report.plan import render
    from crmgov.report.plan_file import NotAPlan, read_plan

    try:
        plan = read_plan(path)
    except NotAPlan as error:
        raise stop("CLI005", f"{path}: {error}") from error
    if not plan.intact():
        app.note(f"{path} was edited after it was made; apply refuses it")
    words = {} if format_ == "json" else Workspace(app).words(plan.core.environment)
    app.write(render(plan, format_, full=full, file=str(path), words=words), output)
    return CLEAN


def _show_source(app: App, workspace: "Workspace", name: str | None, format_: str, output: str | None) -> int:
    from datetime import UTC, datetime

    from crmgov.cli.sources import open_source
    from crmgov.report.overview import render

    source = open_source(workspace, name)
    identity = source.provider.identity() if source.provider is not None else None
    if output is not None and output.endswith(".snapshot"):
        from crmgov.load.recorded import recording
        from crmgov.write.atomic import replace_file

        if identity is None:
            raise stop("CLI004", "Only an environment's state can be recorded", mend="Name an environment.")
        taken = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        replace_file(Path(output), recording(source.name, identity, taken, source.snapshot))
        app.note(f"{len(source.snapshot):,} resources recorded in {output}")
        return CLEAN
    app.write(render(source.name, source.snapshot, identity, format_), output)
    return CLEAN


def _show_address(
    app: App, workspace: "Workspace", what: str, source: str | None, format_: str, output: str | None
) -> int:
    from crmgov.cli.finding import find_address
    from crmgov.cli.sources import open_source
    from crmgov.report.passport import passport, render

    opened = open_source(workspace, source)
    address = find_address(opened.snapshot, what)
    where = opened.snapshot.places.get(address)
    place = opened.locate(where) if where is not None else None
    same = opened.provider.same if opened.provider is not None else str
    catalogues = [opened.catalogue] if opened.catalogue is not None else []
    card = passport(opened.snapshot, address, place, same, catalogues, mentions=_mentions(opened, address))
    app.write(render(card, format_), output)
    return CLEAN


def _mentions(opened: "Source", address: str) -> dict[str, "Place | None"]:
    """What names a thing and is no resource, with its place."""
    from crmgov.check.mentioned import mentioned
    from crmgov.cli.providers import case_of
    from crmgov.model.address import parse

    if opened.provider is None or opened.catalogue is None:
        return {}
    case, field = case_of([opened.provider.name]), parse(address).name
    found = mentioned(opened.snapshot, [opened.catalogue], case=case, of=[address]).get(address, ())
    return {one: opened.provider.locate(one, (field,)) for one in found}
