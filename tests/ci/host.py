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
from collections.abc import Mapping
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
        self, name: str, event: Mapping[str, Any], ref: str = "refs/heads/main", **more: Any
    ) -> dict[str, Ran]:
        """Run the jobs of a workflow in the order in which they stand; each on a runner of its own."""
        self.runs += 1
        contexts: dict[str, Any] = {
            "github": {"repository": REPOSITORY, "token": "t", "run_id": str(self.runs), "server_url": "https://host.example",
                       "actor": "jonas", "actor_id": "7", "ref_name": "main", "event": event},
            "secrets": {}, "inputs": {}, "needs": {}, **more,
        }  # fmt: skip
        if "pull_request" in event:
            run = {"id": self.runs, "head_sha": event["pull_request"]["head"]["sha"]}
            run["head_repository"] = {"full_name": event["pull_request"]["head"]["repo"]["full_name"]}
            self.save("runs", [*self.load("runs", []), run])
        text = git(self.folder, f"--git-dir={self.origin}", "show", f"{ref}:.github/workflows/crmgov-{name}.yml")
        ended: dict[str, Ran] = {}
        for job, what in yaml.safe_load(text)["jobs"].items():
            needs = [what["needs"]] if isinstance(what.get("needs"), str) else what.get("needs", [])
            if any(one not in ended or ended[one].status for one in needs) or not _true(
                what.get("if", "true"), contexts
            ):
                continue
            ended[job] = self._job(job, what, yaml.safe_load(text).get("env", {}), contexts, ref)
            contexts["needs"][job] = {"outputs": ended[job].outputs}
        return ended

    def _job(self, name: str, job: dict[str, Any], env: dict[str, str], contexts: dict[str, Any], ref: str) -> Ran:
        ran = Ran()
        bare = not any("checkout" in step.get("uses", "") for step in job["steps"])
        disk = self.clone(name, ref, databases=not bare)
        if bare:
            for path in disk.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        temporary = self.folder / f"{disk.name}-temp"
        temporary.mkdir()
        inner = {**contexts, "steps": {}}
        for step in job["steps"]:
            if ran.status and "always()" not in str(step.get("if", "")):
                continue
            if not _true(step.get("if", "true"), inner):
                continue
            status = self._step(step, disk, temporary, env, inner, ran)
            ran.status = ran.status or (0 if step.get("continue-on-error") else status)
        summary = temporary / "summary"
        ran.summary = summary.read_text() if summary.exists() else ""
        ran.outputs = {key: _text(value, inner) for key, value in job.get("outputs", {}).items()}
        if not bare:
            self.bring_back(disk)
        return ran

    def _step(self, step: dict[str, Any], disk: Path, temporary: Path, env: dict[str, str], contexts: dict[str, Any], ran: Ran) -> int:  # fmt: skip
        uses, given = step.get("uses", ""), {key: _text(value, contexts) for key, value in step.get("with", {}).items()}
        if not uses:
            return self._run(step, disk, temporary, env, contexts, ran)
        if uses.startswith("./"):
            action = yaml.safe_load((disk / uses / "action.yml").read_text())
            defaults = {key: value.get("default", "") for key, value in action["inputs"].items()}
            inner = {**contexts, "inputs": {**defaults, **given}}
            own = [one for one in action["runs"]["steps"] if "run" in one and one["name"] != "Install"]
            return next((status for one in own if (status := self._run(one, disk, temporary, env, inner, ran))), 0)
        store = self.state / "artifacts" / contexts["github"]["run_id"] / given.get("name", "")
        if uses.startswith("actions/upload-artifact@"):
            shutil.copytree(disk / given["path"], store)
        elif uses.startswith("actions/download-artifact@"):
            shutil.copytree(store, disk / given["path"])
        elif uses.startswith("github/codeql-action/upload-sarif@"):
            assert json.loads((disk / given["sarif_file"]).read_text())["version"] == "2.1.0"
        else:
            assert uses.startswith("actions/checkout@"), uses
        return 0

    def _run(self, step: dict[str, Any], disk: Path, temporary: Path, env: dict[str, str], contexts: dict[str, Any], ran: Ran) -> int:  # fmt: skip
        assert "${{" not in step["run"], "text of an event would become a command"
        own = {key: _text(value, contexts) for key, value in {**env, **step.get("env", {})}.items()}
        output = temporary / "output"
        output.write_text("")
        variables = {
            "PATH": f"{self.bin}:{os.environ['PATH']}", "HOME": str(temporary), "PYTHONPATH": str(ROOT), "HOST": str(self.state),
            "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_SHA": git(disk, "rev-parse", "HEAD") if (disk / ".git").exists() else "",
            "GITHUB_RUN_ID": contexts["github"]["run_id"], "GITHUB_OUTPUT": str(output), "RUNNER_TEMP": str(temporary),
            "GITHUB_STEP_SUMMARY": str(temporary / "summary"), "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1", "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(words, cwd=disk, env={**variables, **own}, capture_output=True, text=True, check=False)
        ran.text += done.stdout + done.stderr
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
