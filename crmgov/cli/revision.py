"""What git knows of the repository: the planned commit, its author, and where earlier commits stand to it."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from crmgov.model.baseline import Descent, History

_GOVERNED = ("config", "environments")


def _start(root: Path, *arguments: str) -> "subprocess.Popen[str] | None":
    """A git command at work; None without git. Variables that would redirect git are left out."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        return subprocess.Popen(  # noqa: S603 - a fixed program with arguments of our own
            ["git", "-C", str(root), *arguments],  # noqa: S607
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment,
        )  # fmt: skip
    except OSError:
        return None


def _answer(process: "subprocess.Popen[str] | None") -> str | None:
    """What a git command printed, or None where it failed."""
    if process is None:
        return None
    output, _ = process.communicate()
    return output if process.returncode == 0 else None


def _git(root: Path, *arguments: str) -> str | None:
    return _answer(_start(root, *arguments))


class Asking:
    """Questions that git answers while other work goes on."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._head = _start(root, "log", "-1", "--format=%H%x00%an")
        self._status = _start(root, "status", "--porcelain", "--", *_GOVERNED)

    def history(self, commits: Iterable[str]) -> History:
        """The planned commit, and how it stands to each of the commits a baseline names."""
        head, status = _answer(self._head), _answer(self._status)
        if head is None:
            found = shutil.which("git") is not None
            return History(remedy="commit the configuration to git first" if found else "git was not found: install it")
        commit, _, author = head.strip().partition("\0")
        descent = _descents(self._root, commit, {name for name in commits if name})
        remedy = ""
        if "unknown" in descent.values():
            shallow = (_git(self._root, "rev-parse", "--is-shallow-repository") or "").strip() == "true"
            way = "the whole history: git fetch --unshallow" if shallow else "the branch it came from: git fetch"
            remedy = f"fetch {way}"
        return History(
            commit=commit, author=author, uncommitted=bool((status or "").strip()), descent=descent, remedy=remedy
        )

    def close(self) -> None:
        """End what nobody waits for any more."""
        for process in (self._head, self._status):
            if process is not None and process.stdout is not None and not process.stdout.closed:
                process.kill()
                process.communicate()


def history(root: Path, commits: Iterable[str]) -> History:
    """The planned commit, and how it stands to each of the commits a baseline names."""
    with closing(Asking(root)) as git:
        return git.history(commits)


def _descents(root: Path, head: str, wanted: set[str]) -> dict[str, Descent]:
    found: dict[str, Descent] = {}
    for name in sorted(wanted):
        if name == head:
            found[name] = "descends"
        elif _git(root, "cat-file", "-e", f"{name}^{{commit}}") is None:
            found[name] = "unknown"
        else:
            ancestor = _git(root, "merge-base", "--is-ancestor", name, head)
            found[name] = "descends" if ancestor is not None else "unrelated"
    return found
