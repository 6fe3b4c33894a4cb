"""A ledger in the repository itself: a ref of its own, shared by the remote named origin where there is one."""

import re
import time
import uuid
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from crmgov.ledger import codes
from crmgov.ledger.errors import LedgerError, failed
from crmgov.ledger.plumbing import Git, broken
from crmgov.ledger.protocol import Seen

REMOTE = "origin"
_ROOT = "root"
_PASSING = "refs/crmgov/new/"
"""Where a new commit hangs until the ledger's ref points at it."""
_LONG_AGO = 3600.0
_ATTEMPTS = 3
_PATIENCE = 3.0
"""Seconds for which another process may hold git's own lock on the ref, which takes it milliseconds; and the attempts
that are made however long each takes."""
_PAUSE = 0.05
_STALE = 60.0
"""Seconds after which a lock is not waited for: whoever made it is no more."""


def ref_of(environment: str) -> str:
    """The ref of an environment's ledger; what a ref's name cannot hold is written as %XX."""
    safe = re.sub(rb"[^A-Za-z0-9_-]", lambda match: b"%%%02X" % match.group()[0], environment.encode())
    return f"refs/crmgov/ledger/{safe.decode()}"


class RepositoryStore:
    """A store whose versions are commits, each on top of the one before.

    With a remote, the remote's ref is the ledger and the local one remembers what was seen of it.
    """

    def __init__(self, root: Path, environment: str) -> None:
        self._root = root
        self._ref = ref_of(environment)
        self._tip: str | None = None
        self._tidied = False

    @cached_property
    def _git(self) -> Git:
        return Git(self._root)

    @cached_property
    def _remote(self) -> bool:
        return self._git.ask("config", "--get", f"remote.{REMOTE}.url") is not None

    def read(self, names: Sequence[str] = (), at: str | None = None) -> Seen:
        """The current state with these files, or the one of the version ``at``."""
        tip = at or (self._fetched() if self._remote else self._git.ref(self._ref))
        self._tip = tip
        if tip is None:
            return Seen(None, None, {})
        paths = {_ROOT: f"{tip}:{_ROOT}"}
        for name in names:
            paths |= self._git.tree(tip, name) if name.endswith("/") else {name: f"{tip}:{name}"}
        found = dict(zip(paths, self._git.blobs(list(paths.values())), strict=True))
        root = found.pop(_ROOT)
        if root is None:
            raise failed(codes.DAMAGED, f"{self._ref} holds no ledger")
        return Seen(tip, root, {name: data for name, data in found.items() if data is not None})

    def get(self, name: str) -> bytes | None:
        """One file that never changes once written."""
        if self._tip is None:
            self.read()
        return self._git.blob(f"{self._tip}:{name}") if self._tip else None

    def write(self, expected: str | None, root: bytes, files: Mapping[str, bytes]) -> str | None:
        """Commit the root and the files; the ref moves only if nobody else moved it."""
        self._tidy()
        own = f"{_PASSING}{uuid.uuid4().hex}"
        new = self._git.commit(own, expected, "crmgov ledger", int(time.time()), {_ROOT: root, **files})
        if self._remote:
            moved = self._push(expected, new)
            # The local ref only remembers what was seen of the remote's; it may have moved on meanwhile.
            if not moved or not self._move(expected, new, own):
                self._git.run("update-ref", "-d", own)
        else:
            moved = self._moved(expected, new, own)
        if not moved:
            return None
        self._tip = new
        return new

    def close(self) -> None:
        """Let go of the open process."""
        if "_git" in self.__dict__:
            self._git.close()

    def _tidy(self) -> None:
        """Once, drop the passing refs of processes that died long ago."""
        if self._tidied:
            return
        self._tidied = True
        rows = (
            self._git.must("for-each-ref", "--format=%(refname) %(committerdate:unix)", _PASSING).decode().splitlines()
        )
        for name, _, when in (row.rpartition(" ") for row in rows):
            if int(when) < time.time() - _LONG_AGO:
                self._git.run("update-ref", "-d", name)

    def _move(self, expected: str | None, new: str, own: str) -> bool:
        """Move the local ref and drop the passing one, both or none."""
        commands = f"update {self._ref} {new} {expected or '0' * len(new)}\ndelete {own} {new}\n"
        return self._git.run("update-ref", "--stdin", data=commands.encode())[0] == 0

    def _moved(self, expected: str | None, new: str, own: str) -> bool:
        """Move the local ref if it is where it was; False, the passing ref dropped, where it is not."""
        until, attempts = time.monotonic() + _PATIENCE, 0
        while True:
            if self._move(expected, new, own):
                return True
            if self._git.ref(self._ref) != expected:
                self._git.run("update-ref", "-d", own)
                return False
            attempts += 1
            path, age = self._git_lock()
            if age > _STALE or (attempts >= _ATTEMPTS and time.monotonic() > until):
                self._git.run("update-ref", "-d", own)
                raise _locked(self._ref, path, age)
            time.sleep(_PAUSE)

    def _git_lock(self) -> tuple[str, float]:
        """The file by which git locks the ref, or all packed ones, and for how many seconds it has stood there; empty
        where there is none by now.
        """
        for name in (f"{self._ref}.lock", "packed-refs.lock"):
            path = self._root / self._git.must("rev-parse", "--git-path", name).decode().strip()
            try:
                return str(path), max(0.0, time.time() - path.stat().st_mtime)
            except OSError:
                continue
        return "", 0.0

    def _push(self, expected: str | None, new: str) -> bool:
        """Move the remote's ref if it is where it was; False where it is not."""
        status, _, said = self._git.run(
            "push", "--quiet", "--no-verify", "--no-follow-tags", "--no-signed", "--recurse-submodules=no",
            f"--force-with-lease={self._ref}:{expected or ''}", REMOTE, f"{new}:{self._ref}",
        )  # fmt: skip
        if status == 0:
            return True
        # The answer may have been lost on its way: only the ref itself says whether it moved.
        now = self._remote_tip()
        if now == expected:
            raise broken(f"The ledger could not be pushed to {REMOTE}", said)
        return now == new

    def _remote_tip(self) -> str | None:
        status, output, said = self._git.run("ls-remote", "--quiet", REMOTE, self._ref)
        if status:
            raise broken(f"The ledger at {REMOTE} cannot be reached", said)
        rows = [line.split("\t") for line in output.decode().splitlines()]
        return next((row[0] for row in rows if row[1] == self._ref), None)

    def _fetched(self) -> str | None:
        """The remote's ref, its objects fetched. What was seen before must lie below it."""
        here, there = self._git.ref(self._ref), self._remote_tip()
        if there == here:
            return there
        if there is None:
            raise failed(
                codes.OLDER,
                f"{REMOTE} has no ledger {self._ref}, and this clone has one",
                mend=f"If {REMOTE} is new, publish it: git push {REMOTE} {self._ref}",
            )
        status, _, said = self._git.run(
            "-c", "gc.auto=0", "-c", "maintenance.auto=false", "fetch", "--quiet", "--no-tags",
            "--no-write-fetch-head", "--recurse-submodules=no", REMOTE, self._ref,
        )  # fmt: skip
        if status or self._git.run("cat-file", "-e", there)[0]:
            raise broken(f"The ledger could not be fetched from {REMOTE}", said)
        if here and self._git.run("merge-base", "--is-ancestor", here, there)[0]:
            raise failed(codes.OLDER, f"The ledger at {REMOTE} is older than the one this clone has seen")
        self._git.run("update-ref", self._ref, there, here or "0" * len(there))
        return there


def _locked(ref: str, path: str, age: float) -> LedgerError:
    """A ref that could not be moved, with the lock file that stands in its way."""
    if not path:
        return broken(f"{ref} could not be moved", "git's lock on it was always taken by another process")
    units = (("day", 86_400.0), ("hour", 3_600.0), ("minute", 60.0), ("second", 1.0))
    word, size = next(((word, size) for word, size in units if age >= size), units[-1])
    old = f"{int(age / size)} {word}{'' if int(age / size) == 1 else 's'}"
    return failed(
        codes.UNREACHABLE, f"{ref} could not be moved: git's lock file {path} has been there for {old}",
        mend="If no git or crmgov is at work in this repository, one was killed and left it behind: delete that file"
        " by hand, then run the command again.",
    )  # fmt: skip
