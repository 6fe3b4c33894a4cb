"""A company at a host: a repository with workflows, two databases, both as configured."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.ci.company import Company
from tests.ci.host import Host
from tests.scenarios.world import founded


@pytest.fixture(scope="session")
def _begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if sys.platform != "linux" or shutil.which("jq") is None:
        pytest.skip("the shipped jobs run on Linux, with jq")
    folder = tmp_path_factory.mktemp("ci") / "company"
    folder.mkdir()
    Company.begin(Host(folder), founded(folder / "ana"))
    return folder


@pytest.fixture
def company(_begun: Path, tmp_path: Path) -> Company:
    """A company of its own for each test."""
    return Company.copied(_begun, tmp_path / "company")
