"""``crmgov schema``: what an editor completes from."""

from pathlib import Path

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, stop


@click.command("schema", epilog="Example: crmgov schema --project --out .crmgov/schemas")
@click.argument("kind", required=False)
@click.option("--project", is_flag=True, help="Also complete the names in this repository.")
@click.option("--out", metavar="DIR", help="Write one file for each kind into DIR.")
@options.output
@click.pass_obj
def command(app: App, kind: str | None, out: str | None, output: str | None, *, project: bool) -> int:
    """Print the JSON Schema of KIND, or list all kinds; with --out write them all."""
    import msgspec

    from crmgov.cli.workspace import Workspace
    from crmgov.schema.build import schemas as all_schemas
    from crmgov.schema.project import project_schemas
    from crmgov.write.atomic import replace_files

    schemas = project_schemas(Workspace(app).loaded.snapshot) if project else all_schemas()
    if out is not None:
        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        replace_files(folder, {f"{name}.json": _json(schema) for name, schema in schemas.items()})
        app.note(f"{len(schemas)} schemas in {out}")
        return CLEAN
    if kind is None:
        app.write("\n".join(schemas), output)
        return CLEAN
    found = next((name for name in schemas if name.lower() == kind.lower()), None)
    if found is None:
        raise stop("CLI006", f"{kind} is not a kind; kinds: {', '.join(schemas)}")
    app.write(msgspec.json.format(msgspec.json.encode(schemas[found]), indent=2).decode(), output)
    return CLEAN


def _json(schema: object) -> bytes:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"
