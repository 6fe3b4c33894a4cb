"""Trees of configuration of any size, always the same for the same numbers."""

from pathlib import Path

import git

_FIELD = """\
    label: Field number {n} of {o}
    type: {type}
    description: What somebody once wanted to know, number {n}; reviewed and kept.
    owner: Revenue Operations
    required: {required}
    tags: [generated, group_{g}]
"""
_TYPES = ("text\n    length: 80", "integer", "date", "boolean", "email", "decimal\n    precision: 12\n    scale: 2")


def object_files(root: Path, objects: int, fields: int) -> None:
    """Objects with their fields inline, one file each."""
    folder = root / "config" / "objects"
    folder.mkdir(parents=True)
    for o in range(objects):
        name = f"Object{o:04}"
        lines = [f"kind: Object\nname: {name}\nlabel: {name}\ndescription: Generated.\nfields:\n"]
        lines += [f"  Field{n:03}:\n{_field(name, n)}" for n in range(fields)]
        (folder / f"{name}.yaml").write_text("".join(lines), encoding="utf-8")
    _environment(root)


def field_files(root: Path, objects: int, fields: int) -> None:
    """The same with one file for each field."""
    for o in range(objects):
        name = f"Object{o:04}"
        folder = root / "config" / "objects" / name / "fields"
        folder.mkdir(parents=True)
        (folder.parent / "object.yaml").write_text(
            f"kind: Object\nname: {name}\nlabel: {name}\ndescription: Generated.\n", encoding="utf-8"
        )
        for n in range(fields):
            body = "".join(line[4:] for line in _field(name, n).splitlines(keepends=True))
            text = f"kind: Field\nobject: {name}\nname: Field{n:03}\n{body}"
            (folder / f"Field{n:03}.yaml").write_text(text, encoding="utf-8")
    _environment(root)


def _field(owner: str, n: int) -> str:
    required = "true" if n % 7 == 0 else "false"
    return _FIELD.format(n=n, o=owner, type=_TYPES[n % len(_TYPES)], required=required, g=n % 10)


def _environment(root: Path) -> None:
    folder = root / "environments"
    folder.mkdir()
    (folder / "bench.yaml").write_text(
        "kind: Environment\nname: bench\nprovider: sql\nconnection: {url: 'sqlite:///.crmgov/bench.db'}\n",
        encoding="utf-8",
    )
    (root / ".gitignore").write_text(".crmgov/\n", encoding="utf-8")
    repository = git.Repo.init(root, initial_branch="main")
    repository.git.add("--all")
    author = git.Actor("Bench", "bench@example.com")
    repository.index.commit("A tree", author=author, committer=author)
    repository.close()
