"""``crmgov init``: a repository to govern a CRM from."""

import shutil
from pathlib import Path

import click

from crmgov.cli.app import App
from crmgov.cli.paths import leads_to
from crmgov.cli.trouble import CLEAN, stop
from crmgov.model.diagnostics import brief


@click.command("init", epilog="Example: crmgov init --demo demo")
@click.argument("directory", required=False, metavar="[DIR]")
@click.option("--demo", is_flag=True, help="Two embedded environments with records, and a tour of the main job.")
@click.pass_obj
def command(app: App, directory: str | None, *, demo: bool) -> int:
    """Make DIR (default: here) a repository with a first environment and editor settings.

    Files that are already there are left as they are. With --demo, DIR is a new folder with a repository of its own:
    two databases with generated records, on which the main job is shown from validate to the change report.
    """
    if demo:
        from crmgov.cli.tour import tour

        if shutil.which("git") is None:
            raise stop("CLI004", "git was not found", mend="Install git: the demonstration is a repository of its own.")
        target = _place(Path(), directory or "demo")
        if target.exists() and any(target.iterdir()):
            raise stop("CLI004", f"{target} is not empty", mend="Name a folder that does not exist yet.")
        tour(target)
        return CLEAN
    from crmgov.cli.starter import starter_files
    from crmgov.write.atomic import replace_all

    root = _place(app.root, directory) if directory is not None else app.root
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise stop("CLI004", f"{root} cannot be made: {error.strerror}", mend="Name another folder.") from error
    missing = {path: data for path, data in starter_files().items() if not (root / path).exists()}
    replace_all(root, missing)
    _make_git(root, app)
    for path in missing:
        app.note(f"wrote {path}")
    app.write(
        "Ready. Next:\n"
        "  crmgov env init sandbox       make its database, and print the line that names it\n"
        "  crmgov validate               check the configuration\n"
        "  crmgov plan sandbox           see what an apply would do"
    )
    return CLEAN


def _place(base: Path, typed: str) -> Path:
    """The folder a typed path names, there or not. Ends the verb where it can be none."""
    leads = leads_to(str(base / typed))
    if leads in ("file", "other") or "\0" in typed or not typed:
        raise stop("CLI004", f"{brief(typed) or 'An empty path'} is no folder", mend="Name a folder.")
    return (base / typed).resolve()


def _make_git(root: Path, app: App) -> None:
    """Make it a git repository where it is not in one."""
    if shutil.which("git") is None:
        app.note("git was not found; the ledger needs it unless `ledger` names another place")
        return
    from git import InvalidGitRepositoryError, Repo

    try:
        Repo(root, search_parent_directories=True).close()
    except InvalidGitRepositoryError:
        Repo.init(root, initial_branch="main").close()
