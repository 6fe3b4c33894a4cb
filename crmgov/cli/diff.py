"""``crmgov diff``: two states side by side."""

from typing import TYPE_CHECKING

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, PENDING, say, stop
from crmgov.model.changes import Change
from crmgov.model.diagnostics import Diagnostic, has_errors

if TYPE_CHECKING:
    from crmgov.report.diff import Beside


@click.command("diff", epilog="Example: crmgov diff sandbox production; crmgov diff --base main")
@click.argument("before", metavar="[BEFORE]", required=False)
@click.argument("after", metavar="[AFTER]", required=False)
@click.option("--base", metavar="REV", help="Compare revisions in git: what came after this one.")
@click.option("--head", metavar="REV", help="The later revision, instead of the work tree.")
@click.option("--source", metavar="ENV|PATH", help="The second state; with --base, the project compared.")
@options.only
@options.format_of("human", "json", "markdown")
@options.full
@options.exit_code
@options.output
@click.pass_obj
def command(
    app: App, before: str | None, after: str | None, base: str | None, head: str | None, source: str | None,
    only: tuple[str, ...], excluded: tuple[str, ...], format_: str, *, full: bool, exit_code: bool, output: str | None,
) -> int:  # fmt: skip
    """Show what AFTER has that BEFORE has not, and the other way round.

    Each is an environment, a recorded snapshot, or a Salesforce project that was never converted. Without AFTER, the
    configuration of this repository is compared: only what it says is looked at.

    With --base two revisions in git are compared, and no environment is asked.
    """
    from crmgov.plan.selection import selected
    from crmgov.report.diff import render

    if base is not None and before is None:
        left, right, changes, problems, beside = _revisions(app, base, head, source)
    elif base is None and head is None and before is not None:
        left, right, changes, problems, beside = *_states(app, before, after or source), None
    else:
        raise stop("CLI004", "diff compares two states, or with --base REV two revisions of --source PATH")
    kept = [change for change in changes if selected(change.address, only, excluded)]
    app.write(render(kept, format_, left=left, right=right, full=full, beside=beside), output)
    say([problem for problem in problems if problem.severity == "error" or problem.code == UNCLAIMED])
    if has_errors(problems):
        return 1
    return PENDING if exit_code and kept else CLEAN


UNCLAIMED = "REVISION005"
"""The one warning that belongs to the result: it says what the result leaves out."""
_Found = tuple[str, str, list[Change], list[Diagnostic]]
"""The names of both sides, what differs, and what was wrong."""


def _states(app: App, before: str, other: str | None) -> _Found:
    from crmgov.cli.sources import open_source
    from crmgov.cli.workspace import Workspace
    from crmgov.diff.two_way import compare

    workspace = Workspace(app)
    if other is None:
        from crmgov.cli.comparing import stated_changes

        return before, "config", *stated_changes(workspace, before)
    one, two = open_source(workspace, before), open_source(workspace, other)
    return before, other, compare(one.snapshot, two.snapshot), [*one.problems, *two.problems]


def _revisions(app: App, base: str, head: str | None, source: str | None) -> "tuple[*_Found, Beside]":
    from crmgov.report.diff import Beside
    from crmgov.report.text import count

    if source is None:
        from crmgov.cli.revisions import yaml_changes

        found = yaml_changes(app.root, base, head)
    else:
        from crmgov.cli.revised_project import project_changes, project_path

        found = project_changes(app.root, base, head, project_path(app, source))
    if found.alike:
        app.note(f"also changed, in form or in what crmgov does not hold of them: {count(found.alike, 'file')}")
    if found.left:
        named = ", ".join(f"{name} {files:,}" for name, files in found.left.items())
        app.note(f"also changed, of types that crmgov does not govern: {named}")
    beside = Beside(ungoverned=found.left, alike=found.alike)
    return found.before, found.after, found.changes, found.problems, beside
