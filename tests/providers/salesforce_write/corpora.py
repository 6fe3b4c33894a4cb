"""Where the shared real projects are, if they are here."""

import os
import tarfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[3]


def shared() -> Path:
    """The folder of shared material; skips the test where there is none."""
    named = os.environ.get("CRMGOV_SHARED")
    for folder in [Path(named)] if named else [_ROOT.parent / "shared", _ROOT.parent.parent / "shared"]:
        if (folder / "corpora").is_dir():
            return folder
    pytest.skip("the shared corpora are neither in CRMGOV_SHARED nor in ../shared")


def unpack(name: str, into: Path) -> Path:
    """A writable copy of one real project."""
    with tarfile.open(shared() / "corpora" / f"{name}.tar.gz") as archive:
        archive.extractall(into, filter="data")
    return into / name


def documents(name: str) -> list[bytes]:
    """The XML files of one real project."""
    with tarfile.open(shared() / "corpora" / f"{name}.tar.gz") as archive:
        members = [archive.extractfile(member) for member in archive if member.isfile()]
        contents = [member.read() for member in members if member is not None]
    return [data for data in contents if b"<?xml" in data[:100]]
