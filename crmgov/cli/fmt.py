"""``crmgov fmt``: the one tidy layout."""

from pathlib import Path

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.paths import leads_to
from crmgov.cli.trouble import CLEAN, FINDINGS, stop
from crmgov.model.diagnostics import brief


@click.command("fmt", epilog="Example: crmgov fmt --check")
@click.option("--check", is_flag=True, help="Change nothing; exit with status 1 if a file is not tidy.")
@options.format_of("human", "json")
@options.output
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.pass_obj
def command(app: App, paths: tuple[str, ...], format_: str, output: str | None, *, check: bool) -> int:
    """Lay out all YAML of the repository, or only PATHs, the one tidy way.

    Comments stay; lists whose order has no meaning are sorted. A file with a mistake in it is left as it is, and named.
    """
    from crmgov.load.files import find
    from crmgov.report.data import render
    from crmgov.write.atomic import replace_all
    from crmgov.write.fmt import Unformatted, format_text

    chosen = [_there(app.root, path) for path in paths]
    untidy: dict[str, bytes] = {}
    found = find(app.root)
    left = [one.message for one in found.problems if one.code == "FILE001"]
    for file in found.files:
        if paths and not any((app.root / file).is_relative_to(path) for path in chosen):
            continue
        before = (app.root / file).read_bytes()
        try:
            after = format_text(before.decode("utf-8")).encode()
        except (Unformatted, UnicodeDecodeError) as error:
            left.append(f"{file}: {error}")
            continue
        if after != before:
            untidy[file] = after
    if not check:
        replace_all(app.root, untidy)
    if format_ == "json":
        app.write(render("crmgov-fmt/1", {"untidy": list(untidy), "left": left, "written": not check}), output)
    else:
        app.write("".join(f"{file}\n" for file in untidy), output)
    for line in left:
        app.note(f"left as it is: {line} (crmgov validate tells more)")
    app.note(f"{len(untidy)} {'not tidy' if check else 'laid out anew'}")
    return FINDINGS if left or (check and untidy) else CLEAN


def _there(root: Path, typed: str) -> Path:
    """A path as typed. Ends the verb where nothing is there."""
    path = root / typed
    if not leads_to(str(path)):
        raise stop("CLI005", f"{brief(typed)} does not exist", mend="Name a file or folder of this repository.")
    return path.resolve()
