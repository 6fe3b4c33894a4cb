"""``crmgov validate``: every mistake, with its place and its remedy."""

import time

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, FINDINGS, say

FAIL_ON = {"error": ("error",), "warning": ("error", "warning"), "new": ("error", "warning")}
LEVELS = click.Choice(list(FAIL_ON))


@click.command("validate", epilog="Example: crmgov validate --fix")
@click.option("--source", metavar="ENV|PATH", help="Judge this environment, project folder or zip instead of config/.")
@click.option("--fix", is_flag=True, help="Apply the fixes that are safe; comments and order stay.")
@click.option("--fail-on", type=LEVELS, default="error", show_default=True, help="What makes the status 1.")
@click.option("--known", metavar="FILE", help="Leave out the findings in FILE; written with all of them if missing.")
@click.option("--accept-new", is_flag=True, help="Take today's new findings into the file of known ones.")
@options.format_of("human", "concise", "json", "sarif", "github", "junit", "markdown")
@options.full
@options.output
@click.pass_obj
def command(
    app: App, source: str | None, known: str | None, format_: str, fail_on: str, output: str | None, *, fix: bool,
    accept_new: bool, full: bool,
) -> int:  # fmt: skip
    """Check the whole configuration offline: form, references, vendor limits, governance rules and policies.

    All problems are told in one run. Warnings alone are clean. With --known FILE --fail-on new only errors and warnings
    that are not in FILE fail; what is no longer found is taken out of it, and nothing new gets in by itself.
    """
    from crmgov.cli.checking import fix_all, judge
    from crmgov.cli.known import Compared, compared, name_of, without_known
    from crmgov.cli.workspace import Workspace
    from crmgov.report.findings import render

    if known is None and (accept_new or fail_on == "new"):
        raise click.UsageError("name the file of known findings with --known FILE")
    start = time.monotonic()
    workspace = Workspace(app)
    verdict = judge(workspace, source)
    if fix and source is not None:
        app.note("Fixes are made in YAML only; nothing was changed")
    elif fix:
        done, left = fix_all(workspace, verdict.findings)
        app.note(f"{done} fixed")
        say(left)
        verdict = judge(Workspace(app), source) if done or left else verdict
    found = verdict.found
    if known is None:
        shown = Compared(findings=found.findings, beside=without_known(found))
    else:
        shown = compared(app, found, known, name_of(app, source), accept=accept_new)
    summary = f"{found.counted}, {time.monotonic() - start:.1f} s"
    color = app.color and output is None
    text = render(
        format_, shown.findings, excerpt=verdict.excerpt, summary=summary, color=color, full=full, beside=shown.beside
    )
    app.write(text, output)
    failing = any(finding.severity in FAIL_ON[fail_on] for finding in shown.findings)
    return FINDINGS if failing else CLEAN
