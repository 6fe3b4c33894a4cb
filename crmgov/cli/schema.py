"""``crmgov schema``: what an editor completes from."""

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.paths import made_folder
from crmgov.cli.trouble import CLEAN, stop


@click.command("schema", epilog="Example: crmgov schema --project --out .crmgov/schemas")
@click.argument("kind", required=False)
@click.option("--project", is_flag=True, help="Also complete the names in this repository.")
@click.option("--out", metavar="DIR", help="Write one file for each kind into DIR.")
@options.format_of("human", "json")
@options.output
@click.pass_obj
def command(
    app: App, kind: str | None, out: str | None, format_: str, output: str | None, *, project: bool
) -> int:  # fmt: skip
    """Print the JSON Schema of KIND, or list all kinds; with --out write them all. A schema is JSON in any format."""
    from crmgov.cli.workspace import Workspace
    from crmgov.report.data import render
    from crmgov.schema.build import schemas as shipped
    from crmgov.schema.build import text_of
    from crmgov.schema.index import INDEX, index
    from crmgov.schema.project import project_schemas
    from crmgov.write.atomic import replace_all

    every = project_schemas(Workspace(app).loaded.snapshot) if project else shipped()
    if out is not None:
        folder = made_folder(out)
        texts = {INDEX: text_of(index())} | {name: text_of(schema) for name, schema in every.items()}
        replace_all(folder, {name: text.encode() for name, text in texts.items()})
        app.note(f"{len(texts)} schemas in {out}")
        return CLEAN
    if kind is None:
        kinds = [name.removesuffix(".json") for name in every]
        app.write(render("crmgov-kinds/1", {"kinds": kinds}) if format_ == "json" else "\n".join(kinds), output)
        return CLEAN
    found = next((name for name in every if name.lower() == f"{kind.lower()}.json"), None)
    if found is None:
        raise stop("CLI006", f"{kind} is not a kind", mend="crmgov schema lists them.")
    app.write(text_of(every[found]), output)
    return CLEAN
