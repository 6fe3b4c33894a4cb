"""People who work with pull requests."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from tests.ci.host import REPOSITORY, Host, Ran, git
from tests.scenarios.world import World, with_records

GOVERNANCE = """\
kind: Governance
name: governance
crm_owner: Ana Ribeiro
areas:
  access: {owner: Access team, handle: "@acme/access", kinds: [PermissionSet]}
  sales: {owner: Sales team, handle: "@acme/sales", objects: [Lead, Deal]}
"""


class Company:
    """Ana's clone of the repository, and the host."""

    def __init__(self, host: Host, ana: World) -> None:
        self.host = host
        self.ana = ana

    @classmethod
    def begin(cls, host: Host, ana: World) -> None:
        """The workflows are written and committed, both environments applied, the ledger at the host."""
        ana.write("config/governance.yaml", GOVERNANCE)
        ana("init", "--ci", "github")
        ana.git("remote", "add", "origin", host.origin.as_uri())
        ana.commit("Workflows")
        ana.git("push", "--quiet", "origin", "main")
        for name in ("sandbox", "production"):
            ana.apply(name)
            with_records(ana, name, 3 if name == "sandbox" else 5)
            shutil.move(ana.database(name), host.crm / f"{name}.db")

    @classmethod
    def copied(cls, begun: Path, to: Path) -> "Company":
        """The same company elsewhere."""
        shutil.copytree(begun, to, symlinks=True)
        host = Host.__new__(Host)
        host.__dict__ = {"folder": to, "disks": 0, "runs": 0, **{name: to / name for name in ("crm", "bin")}}
        host.origin, host.state = to / "origin.git", to / "host"
        ana = World(to / "ana")
        ana.git("remote", "set-url", "origin", host.origin.as_uri())
        return cls(host, ana)

    def push(self, branch: str, number: int = 1, repository: str = REPOSITORY) -> dict[str, Any]:
        """Push Ana's commit as a pull request; the event the host makes of it."""
        self.ana.commit()
        self.ana.git(
            "push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}", f"HEAD:refs/pull/{number}/head"
        )
        head = self.ana.git("rev-parse", "HEAD")
        merged = self.host.clone("merge", databases=False)
        git(merged, "fetch", "--quiet", "origin", f"refs/pull/{number}/head")
        git(merged, "merge", "--quiet", "--no-ff", "--no-verify", "-m", f"Merge {number}", "FETCH_HEAD")
        git(merged, "push", "--quiet", "--force", "origin", f"HEAD:refs/pull/{number}/merge")
        pulls = self.host.load("pulls", {})
        pulls[str(number)] = {"number": number, "head": {"sha": head}, "merged_at": None}
        self.host.save("pulls", pulls)
        return {"pull_request": {"number": number, "head": {"sha": head, "repo": {"full_name": repository}}}}

    def checked(self, event: dict[str, Any], only: Collection[str] = ()) -> dict[str, Ran]:
        """What the host runs on a pull request."""
        number = event["pull_request"]["number"]
        return self.host.workflow("pull-request", event, f"refs/pull/{number}/merge", only)

    def straight_to_main(self, edit: Callable[[World], object]) -> None:
        """A commit without a pull request."""
        look = self.look()
        edit(look)
        look.commit("Straight to main")
        look.git("push", "--quiet", "origin", "HEAD:refs/heads/main")

    def squash(self, number: int = 1) -> str:
        """Squash-merge a pull request; the commit main has now."""
        disk = self.host.clone("squash", databases=False)
        git(disk, "fetch", "--quiet", "origin", f"refs/pull/{number}/head")
        git(disk, "merge", "--quiet", "--squash", "FETCH_HEAD")
        git(disk, "commit", "--quiet", "--no-verify", "-m", f"Squashed (#{number})")
        git(disk, "push", "--quiet", "origin", "HEAD:refs/heads/main")
        commit = git(disk, "rev-parse", "HEAD")
        pulls = self.host.load("pulls", {})
        pulls[str(number)] |= {"merged_at": "2026-01-01T00:00:00Z", "merge_commit_sha": commit}
        self.host.save("pulls", pulls)
        return commit

    def release(self, number: int = 1, allow: str = "") -> dict[str, Ran]:
        """Start the release of a pull request by hand."""
        return self.host.workflow("production", {}, inputs={"pull_request": str(number), "allow": allow})

    def sql(self, environment: str, statement: str) -> list[tuple[Any, ...]]:
        """Work in a database of the CRM by hand."""
        with contextlib.closing(sqlite3.connect(self.host.crm / f"{environment}.db")) as connection, connection:
            return connection.execute(statement).fetchall()

    def columns(self, environment: str) -> set[str]:
        """The columns of the table of leads."""
        return {row[1] for row in self.sql(environment, 'PRAGMA table_info("Lead")')}

    def look(self) -> World:
        """A fresh clone of main with the CRM, for somebody who only looks."""
        return World(self.host.clone("look"))
