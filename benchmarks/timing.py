"""Whole processes timed: wall time and peak memory, the median of several runs."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Figure(NamedTuple):
    """The median wall time in seconds, and the largest peak memory of one process in MiB."""

    seconds: float
    memory: float
    output: str = ""


def timed(
    command: Sequence[str],
    *,
    runs: int = 5,
    cwd: Path | None = None,
    before: object = None,
    warm: bool = True,
    good: tuple[int, ...] = (0, 3),
) -> Figure:
    """Run a command several times; ``before`` is called ahead of each run. ``warm``: after one that is not counted.

    ``good`` are the statuses with which it may end.
    """
    walls, peak, text = [], 0.0, ""
    for number in range(0 if warm else 1, runs + 1):
        if callable(before):
            before()
        with tempfile.TemporaryFile() as errors:
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=errors, env=_environment())
            text = process.stdout.read().decode() if process.stdout else ""
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            said = text[-500:] + errors.read().decode(errors="replace")[-1500:]
        if process.returncode not in good:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said}")
        if number:
            walls.append(wall)
            peak = max(peak, usage.ru_maxrss / 1024)
    return Figure(statistics.median(walls), peak, text)


def paired(
    one: Sequence[str], two: Sequence[str], *, runs: int = 5, cwd: Path | None = None, before: object = None
) -> tuple[Figure, Figure]:
    """Two commands in turn, so that a machine whose speed drifts is the same for both; medians of each."""
    figures = [
        (timed(one, runs=1, cwd=cwd, before=before, warm=not number), timed(two, runs=1, cwd=cwd, warm=not number))
        for number in range(runs)
    ]
    return _median([a for a, _ in figures]), _median([b for _, b in figures])


def _median(figures: list[Figure]) -> Figure:
    ordered = sorted(figures)
    return Figure(ordered[len(ordered) // 2].seconds, max(f.memory for f in figures), ordered[-1].output)


def _environment() -> dict[str, str]:
    return {**os.environ, "SF_DISABLE_TELEMETRY": "true"}


def python(code: str, *arguments: str) -> list[str]:
    """A command that runs a piece of Python."""
    return [sys.executable, "-c", code, *arguments]
