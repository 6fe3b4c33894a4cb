"""Several processes at one ledger, and processes that die while they write."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from crmgov.ledger.entries import BatchIntent
from crmgov.ledger.holder import this_process
from crmgov.ledger.plumbing import Git
from crmgov.ledger.protocol import Ledger
from crmgov.ledger.repository import RepositoryStore
from crmgov.ledger.sqlstore import SqlStore
from tests.ledger.acts import AT, IDENTITY, applied, set_heads, started
from tests.ledger.conftest import Opener

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to make a process that can be killed")


def test_of_processes_that_lock_at_once_exactly_one_gets_it(place: tuple[str, Path], opener: Opener) -> None:
    spec, folder = place
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.racer", spec, str(folder), str(number)],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
            text=True,
        )
        for number in range(3)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    told = [racer.communicate(timeout=60)[0].strip() for racer in racers]
    winners = [number for number, words in enumerate(told) if words == "locked"]
    assert len(winners) == 1, told
    assert sorted(words for words in told if words != "locked") == [f"held by r{winners[0]}"] * 2
    holder = opener().holder()
    assert holder is not None
    assert holder.run == f"r{winners[0]}"
    assert holder.dead()


@needs_fork
def test_a_living_process_is_not_dead_and_a_gone_one_is(ledger: Ledger) -> None:
    holder = started(ledger)
    assert not holder.dead()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, this_process("r2").started.encode() + b" ")
        os._exit(0)
    mark = os.read(read, 100).decode().strip()
    os.close(read)
    os.close(write)
    other = msgspec.structs.replace(holder, pid=child, started=mark)
    os.waitpid(child, 0)
    assert other.dead()
    assert msgspec.structs.replace(holder, started="another start").dead()
    assert not msgspec.structs.replace(other, host="elsewhere").dead()
    assert not msgspec.structs.replace(other, space="another boot or container").dead()


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _before_git(command: str) -> Callable[[], None]:
    """Die when git is about to run this command."""

    def arm() -> None:
        original = Git.run

        def run(self: Git, *arguments: str, data: bytes = b"") -> tuple[int, bytes, str]:
            if arguments[0] == command:
                _die()
            return original(self, *arguments, data=data)

        Git.run = run  # type: ignore[method-assign]

    return arm


def _before(owner: type, name: str) -> Callable[[], None]:
    return lambda: setattr(owner, name, _die)


DEATHS = {
    "sqlite": {"before the root": _before(SqlStore, "_replace"), "before the files": _before(SqlStore, "_save")},
    "postgresql": {"before the root": _before(SqlStore, "_replace"), "before the files": _before(SqlStore, "_save")},
    "repository": {"before the ref": _before_git("update-ref")},
    "remote": {"before the push": _before_git("push"), "after the push": _before(RepositoryStore, "_move")},
}


@needs_fork
def test_a_process_killed_in_the_middle_of_an_append_leaves_all_of_it_or_nothing(
    request: pytest.FixtureRequest, opener: Opener
) -> None:
    place = request.node.callspec.params["place"]
    applied(opener(), "r0", "Object/A")
    before = dict(opener().baseline().heads)
    for number, (when, arm) in enumerate(DEATHS[place].items()):
        child = os.fork()
        if child == 0:
            ledger = opener()
            holder = started(ledger, f"r{number + 1}")
            arm()
            ledger.append([BatchIntent(batch=0), set_heads("Object/B")], {}, holder=holder, at=AT)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), when
        after = opener()
        whole = when == "after the push"
        assert set(after.baseline().heads) == ({*before, "Object/B"} if whole else set(before)), when
        entries = [entry for entry in after.entries() if entry.run == f"r{number + 1}"]
        assert len(entries) == (2 if whole else 0)
        faults = [fault.message for fault in after.verify()]
        assert [fault for fault in faults if "body" not in fault] == []
        holder = after.holder()
        assert holder is not None
        assert holder.dead()
        after.bind(IDENTITY)
        mine = this_process(holder.run)
        after.take(holder.run, mine, AT)
        after.release(mine)
