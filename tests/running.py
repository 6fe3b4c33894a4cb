"""The command line as a process of its own, always this checkout's."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"}


def run(words: list[str], cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run any program with this checkout on Python's path."""
    environment = {**ENVIRONMENT, **variables}
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False, env=environment)


def crmgov(*words: str, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run crmgov; no traceback ever reaches a user."""
    done = run([sys.executable, "-m", "crmgov", *words], cwd, **variables)
    assert "Traceback" not in done.stderr, done.stderr
    assert "CLI001" not in done.stderr, done.stderr
    return done
