"""``crmgov init``: a repository to govern a CRM from."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from crmgov.cli.app import App
from crmgov.cli.paths import made_folder
from crmgov.cli.trouble import CLEAN, stop


@click.command("init", epilog="Example: crmgov init --demo demo")
@click.argument("directory", required=False, metavar="[DIR]")
@click.option("--demo", is_flag=True, help="Two embedded environments with records, and a tour of the main job.")
@click.option("--ci", "host", type=click.Choice(["github", "gitlab"]), help="Also what this host runs on every change.")
@click.pass_obj
def command(app: App, directory: str | None, host: str | None, *, demo: bool) -> int:
    """Make DIR (default: here) a repository with a first environment and editor settings.

    Files that are already there are left as they are. With --ci the host's workflows are written too: checks and one
    comment on every pull request, releases, drift. In a repository that has a configuration --ci adds nothing else.
    With --demo, DIR is a new folder with a repository of its own:
    two databases with generated records, on which the main job is shown from validate to the change report.
    """
    if demo and host is not None:
        raise stop("CLI004", "--demo and --ci do not go together", mend="Write the workflows afterwards, with --ci.")
    if demo:
        from crmgov.cli.tour import tour

        if shutil.which("git") is None:
            raise stop("CLI004", "git was not found", mend="Install git: the demonstration is a repository of its own.")
        target = made_folder(directory or "demo")
        if any(target.iterdir()):
            raise stop("CLI004", f"{target} is not empty", mend="Name a folder that is empty or does not exist yet.")
        tour(target)
        return CLEAN
    from crmgov.cli.starter import starter_files
    from crmgov.write.atomic import replace_all

    root = made_folder(directory, app.root) if directory is not None else app.root
    begun = host is not None and ((root / "config").is_dir() or (root / "environments").is_dir())
    wanted = {} if begun else starter_files(datetime.now(UTC).date())
    if host is not None:
        from crmgov.cli.ci import files

        wanted |= files(host)
    missing = {path: data for path, data in wanted.items() if not (root / path).exists()}
    replace_all(root, missing)
    _make_git(root, app)
    for path in missing:
        app.note(f"wrote {path}")
    for path in sorted(wanted.keys() - missing.keys()):
        app.note(f"left as it is: {path}")
    if host is not None:
        app.note(f"see {HELP[host]}")
    app.write(
        "Ready. Next:\n"
        "  crmgov env init sandbox --kind sandbox   make its database, and print the line that names it\n"
        "  crmgov validate                          check the configuration\n"
        "  crmgov plan sandbox                      see what an apply would do"
    )
    return CLEAN


HELP = {
    "github": "the head of each file in .github/workflows for what the host's settings must hold",
    "gitlab": "the head of .gitlab/crmgov.yml for what the project's settings must hold",
}
"""What is to be done at the host after ``--ci``, and where it is written."""


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
