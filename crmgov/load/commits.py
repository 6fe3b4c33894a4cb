"""Two states of a repository in git: which files differ, and their bytes, from git's own objects without a checkout."""

import os
import stat
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from crmgov.load import codes  # noqa: F401 - declares the codes used here
from crmgov.load.files import open_flags
from crmgov.model.diagnostics import brief, of
from crmgov.model.provider import ProviderError

FILE, LINK, SUBMODULE = "file", "link", "submodule"
_KINDS = {"100644": FILE, "100755": FILE, "100664": FILE, "120000": LINK, "160000": SUBMODULE}
_AT_ONCE = 200
"""Paths in one command line."""
_HERE = "0" * 40
"""Stands for the object of a file whose bytes are in the work tree only."""


class Entry(NamedTuple):
    """One side of a file: ``file``, ``link`` or ``submodule``, and the object that holds its bytes."""

    kind: str
    oid: str

    @property
    def here(self) -> bool:
        """Whether its bytes are in the work tree and in no object."""
        return not self.oid.strip("0")


class Changed(NamedTuple):
    """A path (from the top of the repository) that differs; None on the side where it is not."""

    path: str
    before: Entry | None
    after: Entry | None


class Revision(NamedTuple):
    """A commit under the name that was typed; an empty one stands for the work tree."""

    name: str
    commit: str

    @property
    def title(self) -> str:
        """For people: ``main (1a2b3c4d5e6f)``."""
        if not self.commit:
            return "work tree"
        return self.name if self.commit.startswith(self.name) else f"{self.name} ({self.commit[:12]})"


class Repository:
    """The repository a folder lies in. Raises ProviderError, here and below, where git cannot answer."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        said = self._ask("rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-cdup")
        answers = said.decode("utf-8", "surrogateescape").split("\n")
        self.shallow = answers[1] == "true"
        self.top: Path | None = None
        """The top of the work tree; None where there is none."""
        if answers[0] == "true":
            self.top = (self.root / answers[2]).resolve()

    @property
    def prefix(self) -> str:
        """The way from the top down to the folder, with a slash behind; empty at the top."""
        inner = self.root.relative_to(self.top).as_posix() if self.top is not None else "."
        return "" if inner == "." else f"{inner}/"

    def revision(self, name: str | None) -> Revision:
        """The commit of that name; the work tree for None."""
        if name is None:
            if self.top is None:
                message = "This repository has no work tree"
                raise ProviderError(of("REVISION001", message, mend="Name the later revision too, with --head."))
            return Revision("", "")
        # Git would take such a name for an option, a range or a search in messages.
        plain = name and not name.startswith(("-", "^", ":")) and ".." not in name and name.isprintable()
        status, said, _ = self._run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") if plain else (1, b"", "")
        if status:
            message = f"{brief(name)!r} is no commit of this repository"
            if self.shallow:
                message += ", whose history is shallow"
            raise ProviderError(of("REVISION002", message, mend=_fetch(shallow=self.shallow)))
        return Revision(name, said.decode().strip())

    def before(self, day: str) -> Revision | None:
        """The newest commit made before a day, YYYY-MM-DD, on the way to the current one; None where there is none."""
        said = self._ask("rev-list", "-1", f"--before={day}T00:00:00Z", "HEAD").decode().strip()
        return Revision(f"before {day}", said) if said else None

    def changed(self, base: Revision, head: Revision, paths: Sequence[str]) -> list[Changed]:
        """The files below these paths that differ, by path. A renamed file is one that went and one that came."""
        within = ["--", *(f":(top,literal){path}" for path in paths)]
        fixed = ["-z", "--raw", "--no-abbrev", "--no-renames", "--ignore-submodules=dirty"]
        if head.commit:
            raw = self._ask("diff-tree", "-r", *fixed, base.commit, head.commit, *within)
            return sorted(_raw(raw))
        found = {one.path: one for one in self._differing(_raw(self._ask("diff-index", *fixed, base.commit, *within)))}
        others = self._ask("ls-files", "-z", "--others", "--full-name", *within)
        for path in filter(None, others.decode("utf-8", "surrogateescape").split("\0")):
            before = found[path].before if path in found else None
            # A folder with a repository of its own ends in a slash.
            kind = SUBMODULE if path.endswith("/") else self._kind(path)
            found[path] = Changed(path.rstrip("/"), before, Entry(kind, _HERE))
        return sorted(found.values())

    def _differing(self, found: Iterable[Changed]) -> Iterator[Changed]:
        """Without files of the work tree that were only written again: git tells these by their times alone."""
        told = list(found)
        both = ((one, one.before, one.after) for one in told)
        written = [one for one, old, new in both if old and new and new.here and old.kind == new.kind == FILE]
        paths = [one.path for one in written if "\n" not in one.path]
        data = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
        # As git would store them, whatever it does with line ends; all are kept where one cannot be read.
        status, said, _ = self._run("hash-object", "--stdin-paths", data=data, root=self.top) if paths else (1, b"", "")
        hashes = dict(zip(paths, said.decode("ascii").split(), strict=True)) if status == 0 else {}
        return (one for one in told if one.before is None or hashes.get(one.path) != one.before.oid)

    def listing(self, revision: Revision) -> dict[str, Entry]:
        """All files of a commit, by path from the top."""
        return self._listed(revision, [])

    def entries(self, revision: Revision, paths: Sequence[str]) -> dict[str, Entry]:
        """The files of a commit at these paths."""
        found: dict[str, Entry] = {}
        for start in range(0, len(paths), _AT_ONCE):
            found |= self._listed(revision, paths[start : start + _AT_ONCE])
        return found

    def _listed(self, revision: Revision, paths: Sequence[str]) -> dict[str, Entry]:
        raw = self._ask("ls-tree", "-r", "-z", "--full-tree", revision.commit, "--", *paths)
        found = {}
        for line in filter(None, raw.decode("utf-8", "surrogateescape").split("\0")):
            head, _, name = line.partition("\t")
            mode, _, oid = head.split(" ")
            found[name] = Entry(_KINDS.get(mode, FILE), oid)
        return found

    def naming(self, revision: Revision, texts: Sequence[str], paths: Sequence[str]) -> list[str]:
        """Files of a commit below these paths that hold one of these texts anywhere."""
        within = [f":(top,literal){path}" for path in paths]
        status, said, told = self._run(
            "grep", "-l", "-z", "-F", "--no-color", "--full-name", "-f", "-", revision.commit, "--", *within,
            data="\n".join(texts).encode("utf-8", "surrogateescape"),
        )  # fmt: skip
        if status > 1:
            raise _failed(told)
        names = said.decode("utf-8", "surrogateescape").split("\0")
        return [name.partition(":")[2] for name in names if name]

    def holds(self, revision: Revision, paths: Sequence[str]) -> bool:
        """Whether a revision has anything at one of these paths."""
        if not revision.commit:
            return self.top is not None and any((self.top / path).exists() for path in paths)
        return bool(self._ask("ls-tree", "--full-tree", revision.commit, "--", *paths))

    def data(self, path: str, entry: Entry, blobs: "Blobs", most: int) -> bytes:
        """The bytes of one side of a file, one more than ``most`` at most. Raises OSError."""
        try:
            path.encode()
        except UnicodeEncodeError:
            raise OSError("its name is not UTF-8") from None
        if not entry.here:
            return blobs[entry.oid]
        assert self.top is not None
        descriptor = os.open(self.top / path, open_flags())
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError("it is not a regular file")
            return file.read(most + 1)

    def blobs(self, oids: Sequence[str], most: int) -> "Blobs":
        """The bytes of objects, which are best asked for in this order; at most one byte more than ``most`` of each."""
        return Blobs(self.root, oids, most)

    def _kind(self, path: str) -> str:
        assert self.top is not None
        return LINK if (self.top / path).is_symlink() else FILE

    def _ask(self, *arguments: str) -> bytes:
        status, said, told = self._run(*arguments)
        if status:
            raise _failed(told)
        return said

    def _run(self, *arguments: str, data: bytes = b"", root: Path | None = None) -> tuple[int, bytes, str]:
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program; names from outside are checked or stand behind --
                _command(root or self.root, *arguments),
                input=data,
                capture_output=True,
                env=_environment(),
                check=False,
            )
        except OSError as error:
            message = "Git was not found" if isinstance(error, FileNotFoundError) else f"Git: {error.strerror}"
            raise ProviderError(of("REVISION001", message, mend="Install git.")) from error
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


class Blobs:
    """Objects out of one git process. What is read ahead is kept until it was asked for as often as it was named."""

    def __init__(self, root: Path, oids: Sequence[str], most: int) -> None:
        self._most = most
        self._ahead: dict[str, list[bytes | None]] = {}
        # From a file rather than a pipe: neither side ever waits for the other to read.
        with tempfile.TemporaryFile() as wanted:
            wanted.write("".join(f"{oid}\n" for oid in oids).encode())
            wanted.seek(0)
            self._git = subprocess.Popen(  # noqa: S603 - a fixed program
                _command(root, "cat-file", "--batch", "--buffer"), stdin=wanted, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, env=_environment(),
            )  # fmt: skip

    def __getitem__(self, oid: str) -> bytes:
        """The bytes of an object. Raises OSError where git has it not."""
        while not self._ahead.get(oid):
            name, data = self._next()
            self._ahead.setdefault(name, []).append(data)
        found = self._ahead[oid].pop()
        if found is None:
            raise OSError("git does not have its bytes")
        return found

    def _next(self) -> tuple[str, bytes | None]:
        assert self._git.stdout is not None
        words = self._git.stdout.readline().decode("ascii", "replace").split()
        if len(words) == 2 and words[1] == "missing":
            return words[0], None
        if len(words) != 3:
            raise OSError("git ended before it gave its bytes")
        size = int(words[2])
        data = self._git.stdout.read(min(size, self._most + 1))
        left = size - len(data) + 1
        while left > 0 and (more := self._git.stdout.read(min(left, 1 << 20))):
            left -= len(more)
        return words[0], data

    def close(self) -> None:
        """End the process."""
        if self._git.stdout is not None:
            self._git.stdout.close()
        self._git.kill()
        self._git.wait()


def _raw(raw: bytes) -> Iterator[Changed]:
    """What ``--raw -z`` tells: pairs of a line of modes and objects, and a path."""
    parts = raw.decode("utf-8", "surrogateescape").split("\0")
    unmerged: dict[str, Changed] = {}
    seen = set()
    for head, path in zip(parts[::2], parts[1::2], strict=False):
        old, new, old_oid, new_oid, status = head.lstrip(":").split(" ")
        before = Entry(_KINDS.get(old, FILE), old_oid) if old.strip("0") else None
        after = Entry(_KINDS.get(new, FILE), new_oid) if new.strip("0") else None
        if status == "U":
            unmerged[path] = Changed(path, before, after or Entry(FILE, _HERE))
            continue
        seen.add(path)
        yield Changed(path, before, after)
    yield from (one for path, one in unmerged.items() if path not in seen)


def _command(root: Path, *arguments: str) -> list[str]:
    return ["git", "-C", str(root), "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments]


def _environment() -> dict[str, str]:
    """Without the variables that would lead git to another repository; a hook sets some."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def _failed(told: str) -> ProviderError:
    """Git's own first word, as far as it names no more than people need."""
    line = next(iter(told.strip().splitlines()), "git failed")
    if "not a git repository" in line:
        return ProviderError(of("REVISION001", "This folder lies in no git repository"))
    return ProviderError(of("REVISION001", f"Git cannot answer: {brief(line.removeprefix('fatal: '))}"))


def _fetch(*, shallow: bool) -> str:
    if shallow:
        return "Fetch the whole history with: git fetch --unshallow (in CI: a checkout with fetch-depth: 0)."
    return "Name a branch, tag or commit that git log knows; git fetch brings those of the remote."
