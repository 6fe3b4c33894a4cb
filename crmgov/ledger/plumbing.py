"""Git as a store of objects and refs: the few plumbing commands the ledger needs."""

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from crmgov.ledger import codes
from crmgov.ledger.errors import LedgerError, failed

_ELSEWHERE = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_PREFIX",
)  # fmt: skip
"""Environment variables that would lead git to another repository than the one in the folder; a hook sets some."""
_NOTHING_FOUND = 1
"""The exit status by which git says that what was asked for does not exist."""
_PASSWORD = re.compile(r"://[^/@\s]*@")


class Git:
    """One repository. Commands that fail give their exit status; those that must not fail raise a ``LedgerError``."""

    def __init__(self, root: Path) -> None:
        try:
            import git
            import git.exc
        except ImportError as error:
            raise failed(codes.BAD_ADDRESS, "The ledger is kept in git, and git is not installed") from error
        try:
            repo = git.Repo(root, search_parent_directories=True, expand_vars=False)
        except (git.exc.GitError, OSError) as error:
            raise failed(
                codes.BAD_ADDRESS,
                "The ledger is kept in the repository, and this folder is in none",
                mend="Run git init, or name another place with ledger: sqlite:///PATH in the environment.",
            ) from error
        self._git = git.Git(str(root))
        self._git.update_environment(GIT_TERMINAL_PROMPT="0", **_here(Path(repo.git_dir)))
        repo.close()

    def run(self, *arguments: str, data: bytes = b"") -> tuple[int, bytes, str]:
        """Run a command: exit status, output, and what it said, freed from passwords in addresses."""
        command = ["git", "-c", "core.fsync=all", "-c", "core.quotePath=false", *arguments]
        with tempfile.TemporaryFile() as stream:
            stream.write(data)
            stream.seek(0)
            result: Any = self._git.execute(
                command, istream=stream, with_extended_output=True, with_exceptions=False, stdout_as_string=False,
                strip_newline_in_stdout=False,
            )  # fmt: skip
        status, output, said = result
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return int(status), bytes(output), _PASSWORD.sub("://", text.strip())

    def must(self, *arguments: str, data: bytes = b"") -> bytes:
        """Run a command that has no reason to fail; its output."""
        status, output, said = self.run(*arguments, data=data)
        if status:
            raise broken(f"git {arguments[0]} failed", said)
        return output

    def ask(self, *arguments: str) -> str | None:
        """What a command finds; None where it says that there is nothing, which is not the same as failing."""
        status, output, said = self.run(*arguments)
        if status not in (0, _NOTHING_FOUND):
            raise broken(f"git {arguments[0]} failed", said)
        return output.decode().strip() if status == 0 else None

    def ref(self, name: str) -> str | None:
        """The object a ref points at; None where there is no such ref, which one that is damaged does not pass for."""
        found = self.ask("rev-parse", "--verify", "--quiet", name)
        if found is None and name.startswith("refs/"):
            _, _, said = self.run("for-each-ref", "--format=%(objectname)", name)
            if "broken ref" in said:
                raise failed(codes.DAMAGED, f"{name} is damaged: git cannot read what it points at")
        return found

    def blob(self, name: str) -> bytes | None:
        """One blob by ``commit:path``, from a process that stays open."""
        try:
            return bytes(self._git.get_object_data(name)[3])
        except ValueError:
            return None

    def blobs(self, names: Sequence[str]) -> list[bytes | None]:
        """Blobs by object name or ``commit:path``, in order; None where there is none."""
        output = self.must("cat-file", "--batch", data="".join(f"{name}\n" for name in names).encode())
        found: list[bytes | None] = []
        at = 0
        for _ in names:
            end = output.index(b"\n", at)
            header = output[at:end].split(b" ")
            at = end + 1
            if header[-1] == b"missing":
                found.append(None)
                continue
            size = int(header[-1])
            found.append(output[at : at + size])
            at += size + 1
        return found

    def tree(self, commit: str, folder: str) -> dict[str, str]:
        """All blobs below a folder: path to object name."""
        output = self.must("ls-tree", "-r", "-z", commit, folder)
        rows = (row.partition("\t") for row in output.decode().split("\0") if row)
        return {path: head.split(" ")[2] for head, _, path in rows}

    def commit(self, ref: str, parent: str | None, message: str, when: int, files: Mapping[str, bytes]) -> str:
        """Commit files on top of a parent's and let a new ref point there; the commit's name."""
        parts = [f"commit {ref}\nmark :1\ncommitter crmgov <crmgov@localhost> {when} +0000\n".encode()]
        parts.append(f"data {len(message.encode())}\n{message}\n".encode())
        if parent:
            parts.append(f"from {parent}\n".encode())
        for path, data in files.items():
            parts += [f"M 100644 inline {path}\ndata {len(data)}\n".encode(), data, b"\n"]
        parts.append(b"\nget-mark :1\ndone\n")
        # Reading all heads is what every plan waits for; uncompressed they are read four times as fast.
        return (
            self.must("-c", "core.compression=0", "fast-import", "--quiet", "--done", data=b"".join(parts))
            .decode()
            .strip()
        )

    def close(self) -> None:
        """End the process that stays open."""
        self._git.clear_cache()


def broken(what: str, said: str) -> LedgerError:
    """An error with the last line git said."""
    lines = [line for line in said.splitlines() if line.strip()]
    cause = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1] if lines else "")
    return failed(codes.UNREACHABLE, f"{what}: {cause}" if cause else what)


def _here(git_dir: Path) -> dict[str, str]:
    """Values for the variables that are set and would lead elsewhere. Unset ones are left to git's own search."""
    if not any(name in os.environ for name in _ELSEWHERE):
        return {}
    pointer = git_dir / "commondir"
    common = (git_dir / pointer.read_text().strip()).resolve() if pointer.exists() else git_dir
    right = {"GIT_DIR": str(git_dir), "GIT_COMMON_DIR": str(common), "GIT_OBJECT_DIRECTORY": str(common / "objects"),
             "GIT_SHALLOW_FILE": str(common / "shallow"), "GIT_GRAFT_FILE": str(common / "info" / "grafts"),
             "GIT_INDEX_FILE": str(git_dir / "index"), "GIT_WORK_TREE": str(git_dir.parent),
             "GIT_REPLACE_REF_BASE": "refs/replace/"}  # fmt: skip
    present = {name: right.get(name, "") for name in _ELSEWHERE if name in os.environ}
    return {"GIT_DIR": str(git_dir)} | present
