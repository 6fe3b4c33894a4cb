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
