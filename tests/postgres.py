"""A PostgreSQL server of the tests' own: a fresh cluster in a temporary folder, reached over a Unix socket only.

Tests take the fixture ``postgres_url`` (an empty database each) and are skipped, with the reason, where PostgreSQL's
programs are not installed.
"""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_USER = "crmgov"
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "autovacuum=off")


def _programs() -> Path | None:
    """The folder that holds ``initdb`` and ``pg_ctl``, or None."""
    candidates = []
    if shutil.which("pg_config"):
        found = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(found.stdout.strip()))
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if which := shutil.which("initdb"):
        candidates.append(Path(which).resolve().parent)
    return next((path for path in candidates if (path / "initdb").exists() and (path / "pg_ctl").exists()), None)


def _account() -> tuple[int, int] | None:
    """The user and group to run the server as: PostgreSQL refuses to run as root. None: as who we are."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    return None


class Cluster:
    """A running server; :meth:`database` makes an empty database and gives its URL."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._data = folder / "data"
        self._numbers = itertools.count(1)
        account = _account()
        self._as: dict[str, object] = {}
        if account is not None:
            os.chown(folder, *account)
            self._as = {"user": account[0], "group": account[1], "extra_groups": []}

    def start(self) -> None:
        """Make the cluster and start the server; waits until it answers."""
        self._run("initdb", "-D", str(self._data), "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = " ".join(f"-c {item}" for item in (*_SETTINGS, f"unix_socket_directories={self._folder}"))
        self._run("pg_ctl", "-D", str(self._data), "-l", str(self._folder / "log"), "-o", options, "-w", "start")

    def stop(self) -> None:
        """Stop the server at once, and wait until it has given back its shared memory."""
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")

    def url(self, name: str) -> str:
        """The URL of a database."""
        return f"postgresql://{_USER}@/{name}?host={self._folder}"

    def database(self) -> str:
        """Make an empty database; returns its URL."""
        import psycopg

        name = f"test{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def _run(self, program: str, *arguments: str) -> None:
        log = self._folder / "programs.log"
        with log.open("ab") as out:
            done = subprocess.run(
                [str(self._programs / program), *arguments],
                stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=self._folder, check=False,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}, **self._as,  # type: ignore[call-overload]
            )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} failed: {log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """The server, started once per test session."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (extra: postgresql)")
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short path: a socket's is limited to 107 bytes
    cluster = Cluster(programs, folder)
    try:
        cluster.start()
        yield cluster
        cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: Cluster) -> str:
    """The URL of an empty database of the test's own."""
    return postgres.database()
