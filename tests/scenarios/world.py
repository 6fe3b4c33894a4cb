"""A company's repository with two embedded databases, driven through the command line as its people would."""

import contextlib
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from crmgov.cli import main

FILES = {
    ".gitignore": ".crmgov/\n*.plan\n*.snapshot\n",
    "config/Lead.yaml": """\
# People who may buy.
kind: Object
name: Lead
label: Lead
label_plural: Leads
fields:
  Company: {type: text, label: Company, length: 80}
  Score: {type: integer, label: Score}
  # The sales territory.
  Region: {type: picklist, label: Region, picklist: Region}
""",
    "config/Note.yaml": "kind: Field\nobject: Lead\nname: Note\nlabel: Note\ntype: text\nlength: 200\n",
    "config/Deal.yaml": """\
kind: Object
name: Deal
label: Deal
label_plural: Deals
fields:
  Lead: {type: lookup, label: Lead, references: [Lead], on_delete: set_null}
  Amount: {type: decimal, label: Amount, precision: 12, scale: 2}
""",
    "config/Region.yaml": """\
kind: Picklist
name: Region
label: Region
values:
  - {name: North, label: North}
  - {name: South, label: South}
""",
    "config/Sales.yaml": """\
kind: PermissionSet
name: Sales
label: Sales
objects:
  Lead: {read: true, create: true}
""",
}
"""The repository at its beginning; environments are added by :func:`founded`."""

ENVIRONMENT = "kind: Environment\nname: {name}\nprovider: sql\nconnection: {{url: 'sqlite:///.crmgov/{name}.db'}}\n"
NAMES = ("sandbox", "production")
AUTHOR = ["-c", "user.name=Ana Ribeiro", "-c", "user.email=ana@example.com"]


class Ended(msgspec.Struct, frozen=True):
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, as JSON."""
        return msgspec.json.decode(self.out)


class World:
    """One repository. Commands run in this process, through the same ``main`` a shell calls."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, *words: object, status: int | None = 0, typed: str = "") -> Ended:
        """Run ``crmgov WORDS`` at the root and check how it ended (None: any status)."""
        ended = run([str(word) for word in words], self.root, typed)
        assert status is None or ended.status == status, (words, ended.status, ended.out[-3000:], ended.err[-3000:])
        return ended

    def write(self, path: str, text: str) -> None:
        """Write a file of the repository."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        """The text of a file of the repository."""
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace text that occurs in a file."""
        text = self.read(path)
        assert old in text, (path, old)
        self.write(path, text.replace(old, new))

    def git(self, *words: str) -> str:
        """Run git with an author of its own."""
        done = subprocess.run(
            ["git", *AUTHOR, *words], cwd=self.root, capture_output=True, text=True, check=False, env=_environment()
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, message: str = "Change") -> str:
        """Commit everything; returns the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "-m", message)
        return self.git("rev-parse", "HEAD")

    def database(self, environment: str = "sandbox") -> Path:
        """The database of an environment."""
        return self.root / ".crmgov" / f"{environment}.db"

    def sql(self, statement: str, *values: object, environment: str = "sandbox") -> list[tuple[Any, ...]]:
        """Work in a database by hand."""
        with contextlib.closing(sqlite3.connect(self.database(environment))) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def state(self, environment: str = "sandbox") -> tuple[list[str], str]:
        """All that a refused command must leave as it was: what the database holds and what the ledger says."""
        with contextlib.closing(sqlite3.connect(self.database(environment))) as connection:
            dump = list(connection.iterdump())
        return dump, self("history", environment, "--format", "json").out

    def resources(self, environment: str = "sandbox") -> Any:
        """What an environment holds, as a recording tells it (without the time it was taken)."""
        path = self.root / "state.snapshot"
        self("show", environment, "--output", path)
        return msgspec.json.decode(path.read_bytes())["resources"]

    def plan(self, environment: str = "sandbox", *words: object, status: int = 0) -> Any:
        """A plan as data."""
        return self("plan", environment, "--format", "json", *words, status=status).json

    def steps(self, environment: str = "sandbox", *words: object, status: int = 0) -> list[str]:
        """What a plan would do: ``action address`` of each step."""
        return [
            f"{step['action']} {step['address']}"
            for step in self.plan(environment, *words, status=status)["core"]["steps"]
        ]

    def apply(self, environment: str = "sandbox", *words: object, status: int = 0) -> Ended:
        """Apply the configuration as it stands, and after a success show that nothing is left to do."""
        ended = self("apply", environment, "--yes", *words, status=status)
        if status == 0:
            self.settled(environment)
        return ended

    def settled(self, environment: str = "sandbox") -> None:
        """A second plan is empty."""
        again = self("plan", environment, "--exit-code", status=None)
        assert again.status == 0, again.out + again.err

    def saved(self, environment: str = "sandbox", *words: object, name: str = "release.plan", status: int = 0) -> Path:
        """A saved plan."""
        path = self.root / name
        self("plan", environment, "--out", path, *words, status=status)
        return path

    def copy(self, to: Path) -> "World":
        """The same repository elsewhere, its databases and ledgers with it."""
        shutil.copytree(self.root, to, symlinks=True)
        return World(to)


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def run(words: list[str], root: Path, typed: str = "") -> Ended:
    """Run the command line in this process at a folder. No traceback and no fault of crmgov's own may show."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    status: Any = 0
    with _at(root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        before = sys.argv, sys.stdin
        sys.argv, sys.stdin = ["crmgov", *words], io.StringIO(typed)
        try:
            main()
        except SystemExit as ending:
            status = ending.code or 0
        finally:
            sys.argv, sys.stdin = before
    texts = [stream.buffer.getvalue().decode() for stream in (out, err) if stream.flush() is None]  # type: ignore[attr-defined]
    assert "Traceback" not in texts[1], texts[1]
    assert "CLI001" not in texts[1], texts[1]
    return Ended(status, *texts)


@contextlib.contextmanager
def _at(root: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(root)
    try:
        yield
    finally:
        os.chdir(before)


def founded(root: Path) -> World:
    """A repository whose two databases are ready and expected, everything committed, nothing applied."""
    world = World(root)
    root.mkdir(parents=True)
    world.git("init", "--quiet", "--initial-branch=main")
    for path, text in FILES.items():
        world.write(path, text)
    for name in NAMES:
        add_environment(world, name)
    world.commit("Begin")
    return world


def add_environment(world: World, name: str, more: str = "", *, kind: str | None = None) -> None:
    """One more environment, ready and expected."""
    text = ENVIRONMENT.format(name=name) + more
    world.write(f"environments/{name}.yaml", text)
    told = world("env", "init", name, "--kind", kind or ("production" if name == "production" else "sandbox")).out
    line = re.search(r"^expects: .*$", told, re.MULTILINE)
    assert line is not None, told
    world.write(f"environments/{name}.yaml", text + line.group() + "\n")


def with_records(world: World, environment: str = "sandbox", count: int = 5) -> None:
    """Leads with every field filled."""
    statement = 'INSERT INTO "Lead" ("Company", "Score", "Region", "Note") VALUES (?, ?, ?, ?)'
    for number in range(count):
        world.sql(statement, f"Company {number}", number, "North", f"note {number}", environment=environment)
