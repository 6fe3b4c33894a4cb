"""The commits of the demonstration repository, made from the configuration that crmgov ships. Pure but for ``read``."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from crmgov.cli.demo.edits import Tree, undo
from crmgov.cli.demo.scenario import FIRST, WAITING, Commit
from crmgov.write.scalars import text as scalar

FOLDERS = ("config", "environments")
ELSEWHERE = frozenset({"environments/staging.yaml"})
"""What stands for machines that do not exist, and would only be told of as not answering."""


def shipped() -> Path:
    """The folder that holds ``config`` and ``environments``: in the installed package, or in a checkout."""
    package = Path(__file__).resolve().parents[2]
    installed = package / "_data" / "demo"
    return installed if installed.is_dir() else package.parent


def read(folder: Path) -> Tree:
    """The files of the demonstration below a folder: the configuration, and the environments that can be made here."""
    found = sorted(path for name in FOLDERS for path in (folder / name).rglob("*") if path.is_file())
    texts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}
    return {path: text for path, text in texts.items() if path not in ELSEWHERE}


def states(tree: Mapping[str, str]) -> Iterator[tuple[Commit, Tree]]:
    """Each commit with the whole tree after it, oldest first. ``tree`` is the last of them."""
    trees = [dict(tree)]
    for commit in reversed(WAITING):
        trees.append(undo(trees[-1], commit.edits))
    yield from zip((FIRST, *WAITING), reversed(trees), strict=True)


def with_identity(text: str, instance: str, kind: str) -> str:
    """An environment's document that also says which database it expects.

    A fresh database gets a random instance id, so this can only be written once the database is there. It goes below
    ``connection``, where the tidy layout has it.
    """
    lines = text.splitlines(keepends=True)
    below = lines.index("connection:\n") + 1
    while below < len(lines) and lines[below].startswith(" "):
        below += 1
    lines.insert(below, f"expects:\n  provider: sql\n  instance: {scalar(instance)}\n  kind: {kind}\n")
    return "".join(lines)
