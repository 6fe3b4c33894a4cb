"""The same answers wherever and however a command is started: exit statuses, formats, streams, locales, paths."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ENVIRONMENT
from tests.scenarios.world import World, add_environment, founded, run

FIELD = 'kind: Field\nobject: Lead\nname: {0}\nlabel: "{0} ✓"\ntype: text\n'


def process(world: World, *words: str, shell: str = "", **variables: str) -> subprocess.CompletedProcess[bytes]:
    """A process of its own; ``shell`` redirects its streams."""
    environment = {key: value for key, value in {**ENVIRONMENT, **variables}.items() if value}
    command = [sys.executable, "-m", "crmgov", *words]
    if shell:
        command = ["/bin/sh", "-c", f'exec "$@" {shell}', "sh", *command]
    done = subprocess.run(command, cwd=world.root, capture_output=True, check=False, env=environment)
    assert b"Traceback" not in done.stderr, done.stderr
    assert b"CLI001" not in done.stderr, done.stderr
    return done


@pytest.fixture
def pending(world: World) -> World:
    """Something to add, and something changed by hand."""
    world.write("config/One.yaml", FIELD.format("One"))
    world.sql("UPDATE crmgov_picklist_Region SET label = 'Up' WHERE name = 'North'")
    return world


def test_statuses_of_reading_and_planning(pending: World) -> None:
    assert pending("plan", "sandbox").status == 0
    pending("plan", "sandbox", "--exit-code", status=3)
    pending("drift", "sandbox", "--exit-code", status=3)
    pending("drift", "sandbox", "--exit-code", "--only", "Lead", status=0)
    pending("diff", "sandbox", "--exit-code", status=3)
    pending("diff", "sandbox", "production", "--exit-code", status=3)
    pending("diff", "sandbox", "sandbox", "--exit-code", status=0)
    pending("plan", "sandbox", "--only", "Nope", status=1)
    pending("fmt", "--check", status=1)
    for words in (["plan", "nowhere"], ["apply", "nowhere"], ["drift", "nowhere"], ["show", "Nothing"], ["history", "x"],
                  ["explain", "NOPE001"], ["diff", "sandbox", "x"], ["validate", "--source", "x"], ["pull", "x"],
                  ["schema", "Nope"], ["env", "init", "x"], ["plan"], ["apply", "sandbox", "--allow", "fire"],
                  ["apply", "sandbox", "--take-lock", "x"], ["-C", "/nowhere/at/all", "plan", "sandbox"],
                  ["apply", "sandbox"], ["fmt", "--nonsense"], ["init", "--nonsense"]):  # fmt: skip
        pending(*words, status=2)
    pending.write("config/Bad.yaml", "kind: Field\nobject: Lead\nname: Bad\ntype: txet\n")
    for words in (["validate"], ["plan", "sandbox"], ["plan", "sandbox", "--exit-code"], ["apply", "sandbox", "--yes"]):
        pending(*words, status=1)
    assert pending("validate", "--source", "sandbox").status == 0


def test_a_refusal_counts_for_more_than_a_finding_and_that_for_more_than_a_change(pending: World) -> None:
    add_environment(pending, "guarded", "protection: {approvals: {count: 1}}\n")
    pending("plan", "guarded", "--exit-code", status=4)
    pending.commit()
    pending("plan", "guarded", "--exit-code", status=3)
    pending("plan", "guarded", "--exit-code", "--only", "Nope", status=1)
    pending.write("config/Bad.yaml", "kind: [")
    pending("plan", "guarded", "--exit-code", status=1)
    pending.database("guarded").write_bytes(b"none")
    (pending.root / "config/Bad.yaml").unlink()
    pending("plan", "guarded", "--exit-code", status=2)


VERBS = [
    ["plan", "sandbox"], ["drift", "sandbox"], ["diff", "sandbox"], ["diff", "sandbox", "production"], ["show"],
    ["show", "sandbox"], ["show", "Lead.Note"], ["history", "sandbox"], ["env"], ["explain", "PLAN001"],
    ["explain", "Flow"], ["validate"], ["schema"], ["schema", "Field"], ["fmt", "--check"],
    ["pull", "sandbox", "--dry-run"],
]  # fmt: skip


def test_every_verb_speaks_json_and_writes_files_and_can_be_quiet(pending: World, tmp_path: Path) -> None:
    for words in VERBS:
        out = pending(*words, "--format", "json", status=None).out
        assert isinstance(json.loads(out), dict), words
        path = tmp_path / "result"
        ended = pending(*words, "--output", path, status=None)
        assert ended.out == ""
        assert path.read_text()
        assert "\x1b" not in path.read_text()
        for where in (["-q", *words], [*words, "-q"]):
            quiet = pending(*where, "--format", "json", status=None)
            assert quiet.err == "", where
        path.unlink()
    told = pending("apply", "sandbox", "--yes", "--format", "json").json
    assert told["result"]["status"] == "done"


def test_without_colour_nothing_is_coloured(pending: World) -> None:
    pending.write("config/Bad.yaml", "kind: Field\nobject: Lead\nname: Bad\ntype: txet\n")
    done = process(pending, "validate", NO_COLOR="1")
    assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.skipif(os.name != "posix", reason="locales and descriptors as POSIX systems have them")
def test_started_in_odd_ways(tmp_path: Path) -> None:
    world = founded(tmp_path / "größe und raum")
    world.write("config/One.yaml", FIELD.format("Grösse"))
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = process(world, "plan", "sandbox", "--out", "a plan.plan", **poor)
    assert done.returncode == 0, done.stderr
    assert b"Gr\\xf6sse" in done.stdout
    assert b"crmgov apply 'a plan.plan'" in done.stdout
    done = process(world, "apply", "a plan.plan", HOME="", shell="<&- >&- 2>&-")
    assert done.returncode == 0
    world.settled()
    world.write("config/Two.yaml", FIELD.format("Two"))
    done = process(world, "apply", "sandbox", shell="<&-")
    assert done.returncode == 2
    assert b"Nothing was done" in done.stderr
    assert process(world, "plan", "sandbox", shell="> /dev/full").returncode == 2


def test_without_a_git_program_the_message_says_so(world: World, tmp_path: Path) -> None:
    empty = str(tmp_path / "empty")
    for words in (["plan", "sandbox"], ["init", str(tmp_path / "new")]):
        assert b"git" in process(world, *words, PATH=empty).stderr


def test_from_another_folder(pending: World, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    at = ["-C", str(pending.root)]
    assert run([*at, "plan", "sandbox", "--out", "here.plan", "--exit-code"], elsewhere).status == 3
    assert (elsewhere / "here.plan").is_file()
    assert run([*at, "apply", "here.plan"], elsewhere).status == 0
    assert run([*at, "plan", "sandbox", "--exit-code"], elsewhere).status == 0
    assert run(["plan", "sandbox"], elsewhere).status == 2


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_that_may_not_be_written(pending: World) -> None:
    for folder in (pending.root, pending.root / "config", pending.root / ".crmgov"):
        folder.chmod(0o555)
    try:
        assert pending("validate", status=0).out
        assert "WRITE002" in pending("plan", "sandbox", "--out", "x.plan", status=2).err
    finally:
        for folder in (pending.root, pending.root / "config", pending.root / ".crmgov"):
            folder.chmod(0o755)
