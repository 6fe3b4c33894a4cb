"""Repositories with a history, made by the tests that need one."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ana"), ("EMAIL", "ana@example.com"), ("DATE", "2026-01-01T00:00:00Z"))
}
OBJECT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<{tag} xmlns="http://soap.sforce.com/2006/04/metadata">{inner}</{tag}>\n'
)
PROJECT = '{"packageDirectories": [{"path": "force-app", "default": true}]}\n'
BASE = "force-app/main/default/objects"


class History:
    """A git repository; commits are named by tags."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, data: str | None = None) -> str:
        """Run git and give what it prints."""
        settings = ["-c", "core.autocrlf=false", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"]
        environment = {**{k: v for k, v in os.environ.items() if not k.startswith("GIT_")}, **WHO}
        done = subprocess.run(
            ["git", *settings, *words], cwd=self.root, input=data, capture_output=True, text=True, check=True,
            env=environment,
        )  # fmt: skip
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files into the work tree; None removes one."""
        for name, content in files.items():
            path = self.root / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, tag: str, files: Mapping[str, str | bytes | None]) -> None:
        """Write files, commit everything, and name the commit."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", tag)
        self.git("tag", tag)


def xml(tag: str, **inner: str) -> str:
    """A metadata file with plain elements."""
    return OBJECT.format(tag=tag, inner="".join(f"<{name}>{value}</{name}>" for name, value in inner.items()))


def field(name: str, owner: str = "Lead", folder: str = BASE, **more: str) -> dict[str, str]:
    """A field's file."""
    content = {"fullName": name, "label": name.removesuffix("__c"), "type": "Text", "length": "80", **more}
    return {f"{folder}/{owner}/fields/{name}.field-meta.xml": xml("CustomField", **content)}
