"""The command line: one file per verb, imported only when its verb is called."""

import sys
from importlib import import_module

import click

from crmgov import __version__

VERBS: dict[str, tuple[str, str]] = {
    "init": ("Edit", "Make a repository to govern a CRM from (--demo: one with two environments)."),
    "pull": ("Edit", "Write the live configuration of an environment as YAML."),
    "fmt": ("Edit", "Lay YAML out the one tidy way, keeping comments."),
    "schema": ("Edit", "Print or write the JSON Schemas an editor completes from."),
    "validate": ("Check", "Find every mistake in the configuration, with its place and its remedy."),
    "audit": ("Check", "Judge fields, values and automations by the records themselves."),
    "policy": ("Check", "Try the repository's own policies on their examples."),
    "explain": ("Check", "Explain a code, a hazard, or a word of a vendor."),
    "show": ("Look", "Show an environment, one thing in it, or a saved plan."),
    "diff": ("Look", "Compare two environments, or the configuration with one."),
    "drift": ("Look", "Show what was changed by hand since the last apply."),
    "history": ("Look", "Show what was applied, when and by whom."),
    "report": ("Look", "Write the comment on a pull request, issues for owners, or CODEOWNERS."),
    "env": ("Look", "List environments, or make a new database ready."),
    "plan": ("Release", "Show, and save, what an apply would do."),
    "apply": ("Release", "Carry out a saved plan."),
}
"""Every verb: the part of the work it belongs to, and one line of help."""


class Verbs(click.Group):
    """Lists verbs from the table and imports a verb's module only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All verbs, in the order of the table."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the verb's module and take its command."""
        if cmd_name not in VERBS:
            return None
        from crmgov.cli.options import spoken

        module = import_module(f"crmgov.cli.{cmd_name}")
        return spoken(module.command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Verbs under the part of the work they belong to, without importing any."""
        for part in dict.fromkeys(part for part, _ in VERBS.values()):
            with formatter.section(part):
                formatter.write_dl([(verb, text) for verb, (of, text) in VERBS.items() if of == part])


@click.command(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Example: crmgov plan production --out release.plan",
)
@click.option("-C", "directory", metavar="DIR", default=".", help="The repository root (default: here).")
@click.option("-q", "--quiet", is_flag=True, help="Print results only, no progress and no advice.")
@click.option("-v", "--verbose", is_flag=True, help="Say more on standard error.")
@click.version_option(version=__version__, prog_name="crmgov")
@click.pass_context
def cli(ctx: click.Context, directory: str, *, quiet: bool, verbose: bool) -> None:
    """CRM configuration as versioned YAML: validated, planned, applied."""
    from crmgov.cli.app import App

    ctx.obj = App.of(directory, quiet=quiet, verbose=verbose)


def main() -> None:
    """Run the command line; the process ends with the status of the verb."""
    from crmgov.cli.streams import steady

    steady()
    try:
        status = cli.main(prog_name="crmgov", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        status = 130
    except click.ClickException as error:
        error.show()
        status = error.exit_code if error.exit_code != 1 else 2
    except BrokenPipeError:
        sys.stderr.close()
        status = 0
    except Exception as error:
        from crmgov.cli.trouble import tell

        status = tell(error)
    sys.exit(status if isinstance(status, int) else 0)
