"""Example projects, unpacked once for all tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.providers.salesforce_write.corpora import unpack


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives the folder of an example project by name."""
    folder = tmp_path_factory.mktemp("corpora")
    known: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in known:
            known[name] = unpack(name, folder)
        return known[name]

    return get
