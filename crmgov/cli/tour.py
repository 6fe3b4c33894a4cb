"""The tour of ``init --demo``: the main job on two embedded environments, from validate to the change report.

Every step is a command as a person would type it; what it prints is shown.
"""

import datetime as dt
import shlex
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import click

from crmgov.cli.app import App
from crmgov.cli.demo.breakage import break_by_hand
from crmgov.cli.demo.fill import fill
from crmgov.cli.demo.history import read, shipped, states, with_identity
from crmgov.cli.demo.scenario import Commit
from crmgov.cli.trouble import FINDINGS, Stop

ENVIRONMENTS: tuple[Literal["sandbox", "production"], ...] = ("sandbox", "production")
_FILES = ("release.plan", "change-report.md", "change-report.html")
Identities = dict[str, tuple[str, str]]
"""For each environment, its instance and what it is."""


def tour(target: Path) -> None:
    """Make the demonstration repository in ``target`` and show the main job on it."""
    guide = _Guide(target)
    commits = list(states(read(shipped())))
    guide.say("A repository with the configuration of an invented company, as production has it.")
    identities = _first_commit(target, commits[0], guide)
    guide.say("Both environments get that configuration, and the records of a few years.")
    _fill_environments(target, guide)
    guide.say(f"Since then {len(commits) - 1} changes were committed; sandbox has them all.")
    for commit in commits[1:]:
        _commit(target, commit[0], commit[1], identities)
        guide.tell(f"  {commit[0].author.name}: {commit[0].message.partition(chr(10))[0]}")
    guide.run("validate")
    guide.quietly("apply sandbox --yes", *_accept(guide, "sandbox"))
    guide.say("What sandbox has that production has not:")
    guide.run("diff production sandbox")
    guide.say("What bringing production up to date would do, and what it may harm:")
    guide.run("plan production --out release.plan")
    guide.say("The hazards are accepted one by one, and exactly this plan is carried out:")
    reports = "--report change-report.md --report change-report.html"
    guide.run(f"apply release.plan {reports}", *_accept(guide, "production"))
    guide.say("A second plan is empty:")
    guide.run("plan production")
    _audit(guide)
    guide.say("Now somebody changes production by hand:")
    for told in break_by_hand(target / ".crmgov" / "production.db"):
        guide.tell(f"  {told}")
    guide.run("drift production")
    guide.run("history production")
    guide.say(f"The change report: {target / 'change-report.html'} and {target / 'change-report.md'}")
    guide.tell(f"Go on in {target}: crmgov show Lead.Region, crmgov plan production --revert '*',")
    guide.tell("  crmgov audit production --format html --output audit.html, crmgov --help")


def _audit(guide: "_Guide") -> None:
    """What production's records say; it takes libraries that not everybody installs."""
    guide.say("What its records say of leads: what nobody fills, whom automations pass by, where records are stuck:")
    if any(find_spec(name) is None for name in ("ibis", "duckdb")):
        guide.tell("  (crmgov audit production: it needs pip install 'crmgov[records]')")
        return
    guide.run("audit production --only Lead")


class _Guide:
    """Runs commands in the demonstration repository and says what is going on."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def say(self, text: str) -> None:
        """Begin a part of the tour."""
        click.echo(f"\n# {text}")

    def tell(self, text: str) -> None:
        """One more line."""
        click.echo(text)

    def run(self, line: str, *more: str) -> None:
        """Run a command and show it with all it prints."""
        words = [*shlex.split(line), *more]
        click.echo(f"\n$ crmgov {shlex.join(words)}")
        self._call(words)

    def quietly(self, line: str, *more: str) -> None:
        """Run a command and show only that it was run."""
        words = [*shlex.split(line), *more]
        click.echo(f"$ crmgov {shlex.join(words)}")
        self._call(words, quiet=True)

    def _call(self, words: list[str], *, quiet: bool = False) -> None:
        from crmgov.cli import cli

        if words[0] in ("plan", "apply"):
            words = [_at(self.target, word) for word in words]
        if quiet:
            words += ["--output", str(self.target / ".crmgov" / "last.txt")]
        status = cli.main(["-C", str(self.target), *(["-q"] if quiet else []), *words], standalone_mode=False)
        if status:
            raise Stop(FINDINGS)


def _at(target: Path, word: str) -> str:
    """Paths typed on a command line are relative to where it is typed: in the tour, the demonstration's folder."""
    return str(target / word) if word in _FILES else word


def _first_commit(target: Path, first: tuple[Commit, dict[str, str]], guide: _Guide) -> Identities:
    """Files, databases with identities, and the commit that says so."""
    from crmgov.cli.starter import editor_files
    from crmgov.providers.sql.provider import SqlProvider
    from crmgov.write.atomic import replace_all

    target.mkdir(parents=True, exist_ok=True)
    commit, tree = first
    ignore = b".crmgov/\n*.plan\nchange-report.*\n"
    replace_all(target, {path: text.encode() for path, text in tree.items()} | editor_files() | {".gitignore": ignore})
    identities: Identities = {}
    for name in ENVIRONMENTS:
        provider = SqlProvider(f"sqlite:///.crmgov/{name}.db", root=target, kind=name)
        identity = provider.initialise(name, name)
        provider.close()
        identities[name] = (identity.instance, identity.kind)
        guide.tell(f"  {name}: an embedded database, instance {identity.instance}")
    _commit(target, commit, tree, identities)
    return identities


def _commit(target: Path, commit: Commit, tree: dict[str, str], identities: Identities) -> None:
    """Write a tree and commit it under its own author, whatever git knows of this machine."""
    from git import Actor, Repo

    from crmgov.write.atomic import replace_all

    with_names = dict(tree)
    for name, (instance, kind) in identities.items():
        path = f"environments/{name}.yaml"
        with_names[path] = with_identity(with_names[path], instance, kind)
    there = {path for folder in ("config", "environments") for path in _below(target, folder)}
    gone: dict[str, bytes | None] = dict.fromkeys(there - with_names.keys())
    replace_all(target, gone | {path: text.encode() for path, text in with_names.items()})
    with Repo.init(target, initial_branch="main") as repository:
        repository.git.add("--all")
        author = Actor(commit.author.name, commit.author.email)
        repository.index.commit(
            commit.message, author=author, committer=author, author_date=commit.time, commit_date=commit.time,
            skip_hooks=True,
        )  # fmt: skip


def _below(target: Path, folder: str) -> set[str]:
    return {path.relative_to(target).as_posix() for path in (target / folder).rglob("*") if path.is_file()}


def _fill_environments(target: Path, guide: _Guide) -> None:
    for name in ENVIRONMENTS:
        guide.quietly(f"apply {name} --yes", *_accept(guide, name))
        count = fill(target / ".crmgov" / f"{name}.db", dt.datetime.now(dt.UTC).date())
        guide.tell(f"  {name}: {count:,} records")


def _accept(guide: _Guide, environment: str) -> list[str]:
    """Options that accept all hazards of the plan an environment has now."""
    from crmgov.cli.planning import drafted, finished, scene
    from crmgov.cli.workspace import Workspace
    from crmgov.plan.proposals import Options

    workspace = Workspace(App(root=guide.target, quiet=True))
    here = scene(workspace, environment)
    plan = finished(workspace, here, drafted(workspace, here, Options()))
    hazards = sorted({hazard for step in plan.core.steps for hazard in step.hazards})
    return [word for hazard in hazards for word in ("--allow", hazard)]
