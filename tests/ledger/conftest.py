"""Every place a ledger can be kept in, as one fixture."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crmgov.ledger.open import open_ledger
from crmgov.ledger.protocol import Ledger

PLACES = ("sqlite", "repository", "remote", "postgresql")

Opener = Callable[[], Ledger]


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder in memory where there is such a thing: whether the disk is quick is not what is tested here."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def no_git_identity(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing may depend on who git thinks the user is."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(tmp_path / "none"))


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """The key ``ledger`` and the repository's folder."""
    folder = tmp_path / "repository"
    folder.mkdir()
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url")), folder
    if request.param == "sqlite":
        return "sqlite:///.crmgov/ledger.db", folder
    git(folder, "init", "--quiet")
    if request.param == "remote":
        git(tmp_path, "init", "--quiet", "--bare", "origin.git")
        git(folder, "remote", "add", "origin", str(tmp_path / "origin.git"))
    return "repository", folder


@pytest.fixture
def opener(place: tuple[str, Path]) -> Iterator[Opener]:
    """Opens the same ledger anew each time, as another process would."""
    spec, folder = place
    opened: list[Ledger] = []

    def one_more() -> Ledger:
        opened.append(open_ledger(spec, "production", folder))
        return opened[-1]

    yield one_more
    for ledger in opened:
        ledger.close()


@pytest.fixture
def ledger(opener: Opener) -> Ledger:
    return opener()
