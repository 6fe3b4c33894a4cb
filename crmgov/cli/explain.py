"""``crmgov explain``: what a code, a hazard or a word means."""

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, stop
from crmgov.model.diagnostics import CATALOGUE, brief

DECLARING = (
    "crmgov.schema.codes", "crmgov.load.codes", "crmgov.write.codes", "crmgov.check.codes",
    "crmgov.check.judgement.codes", "crmgov.check.policy.codes", "crmgov.check.governance.run", "crmgov.ledger.codes",
    "crmgov.plan.codes", "crmgov.apply.codes", "crmgov.audit.codes", "crmgov.audit.process.codes",
    "crmgov.audit.quality.codes", "crmgov.audit.silence.codes",
    "crmgov.report.codes", "crmgov.providers.sql.codes", "crmgov.providers.salesforce.codes",
    "crmgov.providers.salesforce.writing.codes",
    "crmgov.providers.salesforce.live.codes", "crmgov.cli.trouble",
)  # fmt: skip
"""Modules that add codes to the catalogue when imported."""
_LONGEST = 60


def declare_all() -> None:
    """Have every code in the catalogue."""
    from importlib import import_module

    for module in DECLARING:
        import_module(module)


@click.command("explain", epilog="Example: crmgov explain FIELD004")
@click.argument("word")
@options.format_of("human", "json")
@options.output
@click.pass_obj
def command(app: App, word: str, format_: str, output: str | None) -> int:
    """Explain WORD: a code such as FIELD004, a hazard such as data-loss, or a vendor's word such as Flow."""
    from difflib import get_close_matches

    from crmgov.report.data import render
    from crmgov.report.explain import explain

    declare_all()
    text = explain(word)
    if text is None:
        near = get_close_matches(word[:_LONGEST].upper(), CATALOGUE, n=1)
        message = f"{brief(word)} is neither a code, a hazard nor a word known here"
        mend = f"Did you mean {near[0]}?" if near else "Check the spelling."
        raise stop("CLI006", message, mend=mend)
    app.write(render("crmgov-explain/1", {"word": word, "text": text}) if format_ == "json" else text, output)
    return CLEAN
