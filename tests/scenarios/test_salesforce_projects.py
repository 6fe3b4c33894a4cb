"""Real Salesforce projects through the command line: pulled, planned without a change, then changed in every way."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from crmgov.model.address import parse
from crmgov.model.plans import HAZARDS
from crmgov.model.provider import Scope
from crmgov.model.snapshot import Snapshot
from crmgov.providers.salesforce.provider import SalesforceFiles
from tests.providers.salesforce_write.corpora import checker, findings, unpack
from tests.scenarios.salesforce_edits import Edits
from tests.scenarios.world import World

PROJECTS = ["northstar", "ust-easy", "nav-arbeidsgiver", "ebikes"]
ENVIRONMENT = """\
kind: Environment
name: org
provider: salesforce
connection: {project: project}
expects: {instance: project}
"""


def files(world: World) -> dict[str, bytes]:
    """All files of the project."""
    folder = world.root / "project"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def live(world: World) -> Snapshot:
    """What the project holds."""
    return SalesforceFiles(world.root, Path("project")).read(Scope())


class Pulled(NamedTuple):
    """A repository with a project that was pulled into it, and the project's files before that."""

    world: World
    before: dict[str, bytes]


@pytest.fixture(scope="module", params=PROJECTS)
def pulled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pulled:
    """A fresh repository into which a real project was pulled."""
    root = tmp_path_factory.mktemp("salesforce") / "repository"
    root.mkdir()
    unpack(request.param, root).rename(root / "project")
    world = World(root)
    before = files(world)
    world.git("init", "--quiet", "--initial-branch=main")
    world.write(".gitignore", ".crmgov/\nproject/\n")
    world.write("environments/org.yaml", ENVIRONMENT)
    world("pull", "org")
    world.commit("Pull")
    return Pulled(world, before)


def test_a_pulled_project_needs_no_change(pulled: Pulled) -> None:
    plan = pulled.world.plan("org", "--exit-code")
    assert plan["core"]["steps"] == []
    assert {record["action"] for record in plan["core"]["records"]} == {"adopt"}
    assert files(pulled.world) == pulled.before


def test_a_change_of_each_kind(pulled: Pulled, tmp_path: Path) -> None:
    world = pulled.world.copy(tmp_path / "repository")
    world.apply("org")
    assert files(world) == pulled.before
    old = live(world)
    wanted = Edits(world, old).all()
    world.commit()
    plan = world.plan("org", "--exit-code", status=3)
    steps = plan["core"]["steps"]
    assert {f"{step['action']} {step['address']}" for step in steps} == wanted, plan
    hazards = sorted({hazard for step in steps for hazard in step["hazards"]})
    told = world.apply("org", *(word for hazard in hazards for word in ("--allow", hazard)))
    assert world("drift", "org", "--exit-code").status == 0
    assert world.plan("org", "--exit-code")["core"]["steps"] == []
    now, new = files(world), live(world)
    changed = {path for path in {*now, *pulled.before} if now.get(path) != pulled.before.get(path)}
    natives = {native for step in steps for native in (step["native"], step.get("renamed_from"))}
    names = [parse(step["renamed_from"]).name.encode() for step in steps if step.get("renamed_from")]
    concerned = {
        side.places[native].file.removeprefix("project/") for side in (old, new) for native in natives if native in side
    }
    concerned |= {path for path, data in pulled.before.items() if any(name in data for name in names)}
    assert changed <= concerned
    still = {path for path, data in now.items() for name in names if re.search(rb"\b" + name + rb"\b", data)}
    assert {path for path in still if path not in told.out} == set()
    assert _new_findings(changed, pulled.before, now) == []


@pytest.mark.skipif(shutil.which("sf") is None, reason="the vendor's command line sf is not installed")
def test_the_vendors_own_tool_takes_a_changed_project(pulled: Pulled, tmp_path: Path) -> None:
    world = pulled.world.copy(tmp_path / "repository")
    world.apply("org")
    Edits(world, live(world)).all()
    world.commit()
    world.apply("org", *(word for hazard in HAZARDS for word in ("--allow", hazard)))
    project = world.root / "project"
    settings = json.loads((project / "sfdx-project.json").read_text())
    folders = dict.fromkeys(package["path"] for package in settings["packageDirectories"])
    command = ["sf", "project", "convert", "source", "--output-dir", str(tmp_path / "out"), "--json"]
    for folder in folders:
        command += ["--source-dir", folder]
    done = subprocess.run(
        command, cwd=project, check=False, capture_output=True, text=True, env={**os.environ, "CI": "true"}
    )
    assert (done.returncode, json.loads(done.stdout)["status"]) == (0, 0), done.stdout


def _new_findings(changed: set[str], before: dict[str, bytes], now: dict[str, bytes]) -> list[str]:
    """What the vendor's schema has against a changed file now and had not before."""
    module, schema = checker()
    found = []
    for path in sorted(changed):
        known = findings(module, schema, before.get(path))
        found += [f"{path}: {item}" for item in findings(module, schema, now.get(path)) if item not in known]
    return found
