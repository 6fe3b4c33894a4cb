"""Judging a real Salesforce project that was never converted: every rule, from nothing and again without a change."""

import shutil
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import git

from benchmarks import floors
from benchmarks.jobs import Row
from benchmarks.timing import python, timed


def judging(folder: Path, corpora: Path) -> Iterator[Row]:
    """``validate --source`` on northstar, as a whole process."""
    with tarfile.open(corpora / "northstar.tar.gz") as archive:
        archive.extractall(folder / "judged", filter="data")
    project, root = folder / "judged/northstar", folder / "repository"
    git.Repo.init(root).close()
    command = [sys.executable, "-m", "crmgov", "-C", str(root), "validate", "--source", str(project), "--output"]
    command += [str(folder / "findings.txt")]
    floor = timed(python(floors.READ_AND_HASH, str(project)), runs=5)
    cold = timed(command, runs=5, before=lambda: shutil.rmtree(root / ".crmgov", ignore_errors=True), good=(0, 1))
    yield Row("validate northstar", cold, floor, 10, 2.0)
    yield Row("validate northstar, nothing changed", timed(command, runs=5, good=(0, 1)), floor, 3, 0.6)
