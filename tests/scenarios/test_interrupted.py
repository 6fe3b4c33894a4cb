"""A run cut off anywhere is finished by ``--resume``; two at once never both proceed."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.running import ENVIRONMENT
from tests.scenarios.crasher import crashing
from tests.scenarios.test_pull import files, org
from tests.scenarios.world import World, with_records

__all__ = ["org"]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are struck by signals of POSIX systems")
ALLOW = ("--allow", "data-loss", "--allow", "access-widened")
BOUNDARIES = 60
"""More than any run here has; reaching one that is not there is how a loop ends."""


def changed(world: World) -> World:
    """A change of several sorts: a field goes, one comes, a value comes, access widens."""
    with_records(world)
    (world.root / "config/Note.yaml").unlink()
    world.write("config/One.yaml", "kind: Field\nobject: Lead\nname: One\nlabel: One\ntype: text\n")
    world.edit("config/Region.yaml", "South}", "South}\n  - {name: East, label: East}")
    world.edit("config/Sales.yaml", "create: true", "create: true, delete: true")
    world.commit("Several things")
    return world


def struck(world: World, number: int, *words: str) -> bool:
    """Run a command in a child that is killed at a boundary; whether it was (else it ended by itself)."""
    child = os.fork()
    if not child:
        os.chdir(world.root)
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        try:
            crashing(list(words), number)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def configuration(world: World, environment: str = "sandbox") -> Any:
    """What is live, and what the ledger says of it."""
    records = world.sql('SELECT "Company", "Score", "Region" FROM "Lead" ORDER BY id')
    return world.resources(environment), records, world.plan(environment)["core"]["records"]


def test_killed_at_boundaries_and_resumed_it_ends_as_if_undisturbed(world: World, tmp_path: Path) -> None:
    changed(world)
    undisturbed = world.copy(tmp_path / "undisturbed")
    undisturbed.apply("sandbox", *ALLOW)
    expected = configuration(undisturbed)
    for number in range(0, BOUNDARIES, 3):
        hurt = world.copy(tmp_path / f"at-{number}")
        if not struck(hurt, number, "apply", "sandbox", "--yes", *ALLOW):
            break
        told = hurt("apply", "sandbox", "--resume").out
        if "nothing to resume" in told.lower():
            hurt("apply", "sandbox", "--yes", *ALLOW)
        hurt.settled()
        assert configuration(hurt) == expected, number
        assert list((hurt.root / ".crmgov/exports").rglob("*.parquet")), number
        hurt("history", "verify", "sandbox")
        assert "nothing to resume" in hurt("apply", "sandbox", "--resume").out.lower()
    assert 5 < number < BOUNDARIES - 3


def test_killed_while_resuming_too(world: World, tmp_path: Path) -> None:
    changed(world)
    undisturbed = world.copy(tmp_path / "undisturbed")
    undisturbed.apply("sandbox", *ALLOW)
    assert struck(world, 6, "apply", "sandbox", "--yes", *ALLOW)
    world.write("config/Two.yaml", "kind: Field\nobject: Lead\nname: Two\nlabel: Two\ntype: text\n")
    world("apply", "sandbox", "--yes", *ALLOW, status=2)
    (world.root / "config/Two.yaml").unlink()
    world("apply", "sandbox", "--resume")
    world.settled()
    assert configuration(world) == configuration(undisturbed)


def test_files_killed_at_boundaries_and_resumed(org: World, tmp_path: Path) -> None:
    for name in ("Remarks__c", "Tide__c", "Weight__c"):
        field = next((org.root / "config").rglob(f"{name}.yaml"))
        field.write_text(field.read_text().replace("label: ", "label: New ", 1))
    org.commit("New labels")
    allow = ("--allow", "overwrites-live")
    undisturbed = org.copy(tmp_path / "undisturbed")
    undisturbed.apply("org", *allow)
    expected = files(undisturbed)
    for number in range(1, BOUNDARIES, 5):
        hurt = org.copy(tmp_path / f"at-{number}")
        if not struck(hurt, number, "apply", "org", "--yes", *allow):
            break
        if "nothing to resume" in hurt("apply", "org", "--resume").out.lower():
            hurt("apply", "org", "--yes", *allow)
        hurt.settled("org")
        assert files(hurt) == expected, number
    assert 5 < number < BOUNDARIES - 3


@pytest.fixture
def stopped(world: World) -> Iterator[tuple[World, subprocess.Popen[str]]]:
    """An apply that holds the lock and stands still, in a process of its own."""
    changed(world)
    script = str(Path(__file__).with_name("crasher.py"))
    command = [sys.executable, script, "SIGSTOP", "2", "apply", "sandbox", "--yes", *ALLOW]
    with subprocess.Popen(
        command, cwd=world.root, text=True, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        yield world, process
        process.kill()


def test_of_two_applies_one_proceeds_and_the_other_names_it(stopped: tuple[World, subprocess.Popen[str]]) -> None:
    world, process = stopped
    before = world.resources()
    other = world("apply", "sandbox", "--yes", *ALLOW, status=2)
    assert str(process.pid) in other.out + other.err
    told = world("apply", "sandbox", "--resume", status=2).err
    assert "--take-lock" in told
    assert world.resources() == before
    process.send_signal(signal.SIGCONT)
    process.communicate()
    assert process.returncode == 0
    world.settled()


def test_a_lock_taken_by_name_leaves_the_old_holder_powerless(stopped: tuple[World, subprocess.Popen[str]]) -> None:
    world, process = stopped
    told = world("apply", "sandbox", "--resume", status=2).err
    run = re.search(r"--take-lock (\S+)", told)
    assert run is not None
    world("apply", "sandbox", "--resume", "--take-lock", "another", status=2)
    world("apply", "sandbox", "--resume", "--take-lock", run.group(1))
    after = world.state()
    process.send_signal(signal.SIGCONT)
    out, err = process.communicate()
    assert process.returncode not in (0, None), out + err
    assert "Traceback" not in err
    assert world.state() == after
    world("apply", "sandbox", "--yes", *ALLOW)
    world.settled()


def test_processes_killed_from_outside(world: World, tmp_path: Path) -> None:
    """The same by processes of their own that are killed when the ledger has moved so many times."""
    changed(world)
    undisturbed = world.copy(tmp_path / "undisturbed")
    undisturbed.apply("sandbox", *ALLOW)
    for moves in (3,):
        hurt = world.copy(tmp_path / f"after-{moves}")
        command = [sys.executable, "-m", "crmgov", "apply", "sandbox", "--yes", *ALLOW]
        with subprocess.Popen(
            command, cwd=hurt.root, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            seen = {_tip(hurt)}
            while len(seen) <= moves and process.poll() is None:
                seen.add(_tip(hurt))
            process.kill()
        hurt("apply", "sandbox", "--resume")
        hurt("apply", "sandbox", "--yes", *ALLOW)
        hurt.settled()
        assert configuration(hurt) == configuration(undisturbed)


def _tip(world: World) -> bytes:
    try:
        return (world.root / ".git/refs/crmgov/ledger/sandbox").read_bytes()
    except FileNotFoundError:
        return b""
