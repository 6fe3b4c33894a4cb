"""Whole processes timed: wall time and peak memory, the median of several runs."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Figure(NamedTuple):
    """The median wall time in seconds, and the largest peak memory of one process in MiB."""

    seconds: float
    memory: float
    output: str = ""


def timed(command: Sequence[str], *, runs: int = 5, cwd: Path | None = None, before: object = None) -> Figure:
    """Run a command several times after one run that is not counted. ``before`` is called ahead of each run."""
    walls, peak, text = [], 0.0, ""
    for number in range(runs + 1):
        if callable(before):
            before()
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        )
        text = process.stdout.read().decode() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 3):
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {text[-500:]}")
        if number:
            walls.append(wall)
            peak = max(peak, usage.ru_maxrss / 1024)
    return Figure(statistics.median(walls), peak, text)


def _environment() -> dict[str, str]:
    return {**os.environ, "SF_DISABLE_TELEMETRY": "true"}


def python(code: str, *arguments: str) -> list[str]:
    """A command that runs a piece of Python."""
    return [sys.executable, "-c", code, *arguments]


def own_memory() -> float:
    """This process's peak memory in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
