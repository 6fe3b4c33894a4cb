"""A git host with runners: jobs of the real workflow files, each on a disk of its own, their commands run by bash.

Actions of others are played (a checkout is a clone, an artifact a folder at the host); everything in ``run:`` is executed
as it stands in the file, actions of the repository's own included.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml

from tests.running import ROOT
from tests.scenarios.world import AUTHOR

REPOSITORY = "acme/crm"
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


class Ran(msgspec.Struct, kw_only=True):
    """How a job ended."""

    status: int = 0
    text: str = ""
    outputs: dict[str, Any] = {}
    summary: str = ""


class Host:
    """One repository at a host. ``crm`` holds the databases, which every runner reaches."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.origin = folder / "origin.git"
        self.crm = folder / "crm"
        self.state = folder / "host"
        self.bin = folder / "bin"
        self.disks = 0
        self.runs = 0
        for path in (self.crm, self.state, self.bin):
            path.mkdir(parents=True)
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.origin))
        shutil.copy(Path(__file__).parent / "gh", self.bin / "gh")
        shim = self.bin / "crmgov"
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m crmgov "$@"\n')
        shim.chmod(0o755)

    def load(self, name: str, default: Any) -> Any:
        """What the host remembers."""
        path = self.state / f"{name}.json"
        return json.loads(path.read_text()) if path.exists() else default

    def save(self, name: str, value: Any) -> None:
        """Let the host remember something."""
        (self.state / f"{name}.json").write_text(json.dumps(value))

    def clone(self, name: str, ref: str = "refs/heads/main", *, databases: bool = True) -> Path:
        """A new disk with the repository as it is at a ref; nothing but the CRM is shared with other disks."""
        self.disks += 1
        disk = self.folder / f"disk-{self.disks}-{name}"
        git(self.folder, "clone", "--quiet", "--no-checkout", self.origin.as_uri(), str(disk))
        git(disk, "fetch", "--quiet", "origin", f"{ref}:refs/remotes/pull")
        git(disk, "checkout", "--quiet", "--detach", "refs/remotes/pull")
        if databases:
            (disk / ".crmgov").mkdir()
            for file in self.crm.iterdir():
                shutil.copy(file, disk / ".crmgov" / file.name)
        return disk

    def bring_back(self, disk: Path) -> None:
        """What a runner did to the CRM, which is the same for all."""
        for file in (disk / ".crmgov").glob("*.db"):
            shutil.copy(file, self.crm / file.name)

    def workflow(
        self, name: str, event: Mapping[str, Any], ref: str = "refs/heads/main", only: Collection[str] = (), **more: Any
    ) -> dict[str, Ran]:
        """Run the jobs of a workflow (``only`` these) in the order in which they stand; each on a runner of its own."""
        self.runs += 1
        contexts: dict[str, Any] = {
            "github": {"repository": REPOSITORY, "token": "t", "run_id": str(self.runs), "server_url": "https://host.example",
                       "actor": "jonas", "actor_id": "7", "ref_name": "main", "event": event},
            "secrets": {}, "inputs": {}, "needs": {}, **more,
        }  # fmt: skip
        if "pull_request" in event:
            head = event["pull_request"]["head"]
            run = {
                "id": self.runs,
                "head_sha": head["sha"],
                "head_repository": {"full_name": head["repo"]["full_name"]},
            }
            self.save("runs", [*self.load("runs", []), run])
        what = yaml.safe_load(git(self.origin, "show", f"{ref}:.github/workflows/crmgov-{name}.yml"))
        ended: dict[str, Ran] = {}
        for job, spec in what["jobs"].items():
            needs = [spec["needs"]] if isinstance(spec.get("needs"), str) else spec.get("needs", [])
            ready = all(not ended[one].status if one in ended else only and one not in only for one in needs)
            if ready and _true(spec.get("if", "true"), contexts) and (not only or job in only):
                ended[job] = Runner(self, job, spec, {**contexts, "env": what.get("env", {})}, ref).carry_out()
                contexts["needs"][job] = {"outputs": ended[job].outputs}
        return ended


class Runner:
    """A machine with a disk of its own, for one job."""

    def __init__(self, host: Host, name: str, job: dict[str, Any], contexts: dict[str, Any], ref: str) -> None:
        self.host, self.job = host, job
        self.contexts = {**contexts, "steps": {}}
        self.ran = Ran()
        self.bare = not any("checkout" in step.get("uses", "") for step in job["steps"])
        self.disk = host.folder / f"bare-{host.runs}-{name}" if self.bare else host.clone(name, ref)
        self.temporary = host.folder / f"{self.disk.name}-temp"
        for path in (self.disk, self.temporary):
            path.mkdir(exist_ok=True)

    def carry_out(self) -> Ran:
        """All steps, until one fails."""
        for step in self.job["steps"]:
            condition = str(step.get("if", "true"))
            if (self.ran.status and condition != "always()") or not _true(condition, self.contexts):
                continue
            status = self._step(step)
            self.ran.status = self.ran.status or (0 if step.get("continue-on-error") else status)
        summary = self.temporary / "summary"
        self.ran.summary = summary.read_text() if summary.exists() else ""
        self.ran.outputs = {key: _text(value, self.contexts) for key, value in self.job.get("outputs", {}).items()}
        if not self.bare:
            self.host.bring_back(self.disk)
        return self.ran

    def _step(self, step: dict[str, Any]) -> int:
        uses = step.get("uses", "")
        given = {key: _text(value, self.contexts) for key, value in step.get("with", {}).items()}
        if not uses:
            return self._run(step, self.contexts)
        if uses.startswith("./"):
            action = yaml.safe_load((self.disk / uses / "action.yml").read_text())
            defaults = {key: value.get("default", "") for key, value in action["inputs"].items()}
            inner = {**self.contexts, "inputs": {**defaults, **given}}
            own = [one for one in action["runs"]["steps"] if "run" in one and one["name"] != "Install"]
            return next((status for one in own if (status := self._run(one, inner))), 0)
        store = self.host.state / "artifacts" / self.contexts["github"]["run_id"] / given.get("name", "")
        if uses.startswith("actions/upload-artifact@"):
            shutil.copytree(self.disk / given["path"], store)
        elif uses.startswith("actions/download-artifact@"):
            shutil.copytree(store, self.disk / given["path"])
        elif uses.startswith("github/codeql-action/upload-sarif@"):
            assert json.loads((self.disk / given["sarif_file"]).read_text())["version"] == "2.1.0"
        else:
            assert uses.startswith("actions/checkout@"), uses
        return 0

    def _run(self, step: dict[str, Any], contexts: dict[str, Any]) -> int:
        assert "${{" not in step["run"], "text of an event would become a command"
        own = {key: _text(value, contexts) for key, value in {**contexts["env"], **step.get("env", {})}.items()}
        output = self.temporary / "output"
        output.write_text("")
        variables = {
            "PATH": f"{self.host.bin}:{os.environ['PATH']}", "HOME": str(self.temporary), "PYTHONPATH": str(ROOT),
            "HOST": str(self.host.state), "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_SHA": "" if self.bare else git(self.disk, "rev-parse", "HEAD"),
            "GITHUB_RUN_ID": contexts["github"]["run_id"], "GITHUB_OUTPUT": str(output),
            "RUNNER_TEMP": str(self.temporary), "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
            "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1", "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(
            words, cwd=self.disk, env={**variables, **own}, capture_output=True, text=True, check=False
        )
        self.ran.text += done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        found = dict(line.split("=", 1) for line in output.read_text().splitlines())
        if "id" in step:
            contexts["steps"][step["id"]] = {"outputs": found}
        return done.returncode


def git(folder: Path, *words: str) -> str:
    """Run git with an author of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    variables = {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *AUTHOR, *words], cwd=folder, capture_output=True, text=True, check=False, env=variables
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _value(expression: str, contexts: Mapping[str, Any]) -> Any:
    found: Any = contexts
    for part in expression.split("."):
        found = found.get(part, "") if isinstance(found, dict) else ""
    return found


def _text(given: Any, contexts: Mapping[str, Any]) -> str:
    return _EXPRESSION.sub(lambda match: str(_value(match[1], contexts)), str(given))


def _true(condition: str, contexts: Mapping[str, Any]) -> bool:
    if condition in ("true", "always()"):
        return True
    left, sign, right = condition.split()
    equal = _value(left, contexts) == _value(right, contexts)
    return equal if sign == "==" else not equal
