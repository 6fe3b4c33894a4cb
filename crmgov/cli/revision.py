"""What git knows of the repository: the planned commit, its author, and where earlier commits stand to it."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from crmgov.model.baseline import Descent, History

_GOVERNED = ("config", "environments")


def _git(root: Path, *arguments: str) -> str | None:
    """What a git command prints, or None where it fails. Variables that would redirect git are left out."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with arguments of our own
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False, env=environment  # noqa: S607
        )  # fmt: skip
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def history(root: Path, commits: Iterable[str]) -> History:
    """The planned commit, and how it stands to each of the commits a baseline names."""
    head = _git(root, "log", "-1", "--format=%H%x00%an")
    if head is None:
        found = shutil.which("git") is not None
        return History(remedy="commit the configuration to git first" if found else "git was not found: install it")
    commit, _, author = head.strip().partition("\0")
    dirty = bool((_git(root, "status", "--porcelain", "--", *_GOVERNED) or "").strip())
    wanted = {name for name in commits if name}
    descent = _descents(root, commit, wanted)
    remedy = ""
    if "unknown" in descent.values():
        shallow = (_git(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true"
        remedy = (
            "fetch the whole history: git fetch --unshallow" if shallow else "fetch the branch it came from: git fetch"
        )
    return History(commit=commit, author=author, uncommitted=dirty, descent=descent, remedy=remedy)


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
