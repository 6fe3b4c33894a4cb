"""Who holds a lock, and when such a process is known to be gone."""

import getpass
import os
import socket
from pathlib import Path

import msgspec


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """A run and the process that carries it out.

    ``started`` is the process's start time as its system counts it, ``space`` names the boot and the process namespace
    in which ``pid`` has meaning; both are empty where the system does not tell.
    """

    run: str
    host: str
    pid: int
    started: str = ""
    space: str = ""
    user: str = ""

    def __str__(self) -> str:
        who = f" by {self.user}" if self.user else ""
        return f"run {self.run}{who} (process {self.pid} on {self.host})"

    def dead(self) -> bool:
        """Whether the process is known to be gone. Where that cannot be known the answer is no."""
        if not self.space or self.host != socket.gethostname() or self.space != _space():
            return False
        return _started(self.pid) != self.started


def this_process(run: str) -> Holder:
    """This process as the holder of a run's lock."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    pid = os.getpid()
    started = _started(pid)
    space = _space() if started else ""
    return Holder(run=run, host=socket.gethostname(), pid=pid, started=started, space=space, user=user)


def _space() -> str:
    """Two machines, boots or containers of one host name must not take each other's process numbers for their own."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _started(pid: int) -> str:
    """A process's start in clock ticks since boot; empty where there is no such process or no way to know."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    # The command name stands in parentheses and may itself hold spaces and parentheses.
    fields = status.rpartition(")")[2].split()
    return "" if fields[0] in ("Z", "X") else fields[19]
