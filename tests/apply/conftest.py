"""A CRM in a file and a ledger beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crmgov.ledger.protocol import Ledger
from tests.apply.crm import FileCrm
from tests.apply.world import sqlite
from tests.ledger.conftest import no_git_identity, tmp_path

__all__ = ["no_git_identity", "tmp_path"]


@pytest.fixture
def crm(tmp_path: Path) -> FileCrm:
    return FileCrm(tmp_path / "crm.json")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = sqlite(tmp_path)
    yield ledger
    ledger.close()
