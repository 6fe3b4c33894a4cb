"""``crmgov validate``: every mistake, with its place and its remedy."""

import time

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, FINDINGS

FAIL_ON = {"error": ("error",), "warning": ("error", "warning")}
_LEVELS = click.Choice(list(FAIL_ON))


@click.command("validate", epilog="Example: crmgov validate --fix")
@click.option("--source", metavar="ENV|PATH", help="Judge this environment, project folder or zip instead of config/.")
@click.option("--fix", is_flag=True, help="Apply the fixes that are safe; comments and order stay.")
@click.option("--fail-on", type=_LEVELS, default="error", show_default=True, help="What makes the status 1.")
@options.format_of("human", "concise", "json", "sarif", "github", "junit", "markdown")
@options.full
@options.output
@click.pass_obj
def command(
    app: App, source: str | None, format_: str, fail_on: str, output: str | None, *, fix: bool, full: bool
) -> int:
    """Check the whole configuration offline: form, names, references, types, vendor limits.

    All problems are told in one run. Warnings alone are clean.
    """
    from crmgov.cli.checking import fix_all, judge
    from crmgov.cli.workspace import Workspace
    from crmgov.report.findings import render

    start = time.monotonic()
    verdict = judge(Workspace(app), source)
    if fix:
        done = fix_all(app.root, verdict.findings) if source is None else 0
        app.note(f"{done} fixed" if source is None else "Fixes are made in YAML only; nothing was changed")
        verdict = judge(Workspace(app), source) if done else verdict
    summary = f"{verdict.counted}, {time.monotonic() - start:.1f} s"
    color = app.color and output is None
    text = render(format_, verdict.findings, excerpt=verdict.excerpt, summary=summary, color=color, full=full)
    app.write(text, output)
    failing = any(finding.severity in FAIL_ON[fail_on] for finding in verdict.findings)
    return FINDINGS if failing else CLEAN
